import { watched } from '../../emulator/account/region-services.ts';
import { type Account, account, allow, deny, trust } from '../../emulator/account.ts';

export const ACCOUNT = '111122223333';
export const REGIONS = ['us-east-1', 'eu-west-1'] as const;

/** A small account in two regions that makes a scan ask everything it can ask, with something right and something wrong of every kind. */
export function smallAccount(): Account {
  const small = account(ACCOUNT)
    .root({
      password: { lastUsed: 300 },
      mfa: 'virtual',
      keys: [{ age: 400 }],
      certificates: 1,
      events: [{ name: 'ConsoleLogin', at: 3, region: 'eu-west-1' }],
    })
    .passwordPolicy({ minimumLength: 8 })
    .publicAccessBlock({ blockPublicAcls: true })
    .contacts({ primary: true, security: true })
    .regionSettings('eu-west-1', { ebsEncryption: true, imageBlock: 'block-new-sharing', snapshotBlock: 'block-all-sharing' });
  people(small);
  company(small);
  buckets(small);
  for (const region of REGIONS) {
    servers(small, region);
    frontEnds(small, region);
    dataStores(small, region);
    services(small, region);
  }
  frontDoors(small);
  return small;
}

function people(small: Account): void {
  const user = { created: 300, tags: { team: 'platform' } };
  small
    .group('admins', { attached: ['AdministratorAccess'] })
    .group('readers', { attached: ['ReadOnlyAccess'] })
    .policy('everything', allow('*'))
    .policy('boundary', [allow('s3:*'), deny('iam:*')])
    .user('alice', { ...user, password: { lastUsed: 2 }, mfa: true, groups: ['readers'] })
    .user('bob', { ...user, password: { lastUsed: 200 }, groups: ['admins'] })
    .user('carol', { ...user, attached: ['everything'], boundary: 'boundary', keys: [{ age: 20, lastUsed: 1 }] })
    .user('dave', { ...user, policies: { own: allow('*') }, keys: [{ age: 200, lastUsed: 100 }, { age: 10 }] })
    .role('service', { attached: ['ReadOnlyAccess'], policies: { more: allow('sqs:SendMessage') }, boundary: 'boundary' })
    .role('open', { trust: trust({ AWS: '*' }), policies: { all: allow('*') } })
    .role('partner', { trust: trust({ AWS: 'arn:aws:iam::999988887777:root' }) });
}

/** Its organization, and who else may say who somebody is. */
function company(small: Account): void {
  const federated = `arn:aws:iam::${ACCOUNT}:saml-provider/directory`;
  small
    .organization({
      rootFeatures: ['RootSessions'],
      rootAccounts: ['222222222222'],
      units: { shop: ['333333333333', '444444444444'] },
      policies: {
        guardrail: { document: deny('organizations:LeaveOrganization'), targets: ['shop'] },
        'object-stores': { document: allow('s3:*'), targets: ['222222222222'] },
      },
      trusted: ['guardduty.amazonaws.com', 'config.amazonaws.com'],
      delegated: { '333333333333': ['guardduty.amazonaws.com'] },
      resourcePolicy: allow('organizations:AttachPolicy', '*', { principal: { AWS: 'arn:aws:iam::333333333333:root' } }),
    })
    .samlProvider('directory', { validUntil: -400 })
    .samlProvider('old-directory', { validUntil: -10, expiredCertificate: true })
    .oidcProvider('token.actions.githubusercontent.com')
    .role('support', { trust: trust({ Federated: federated }, undefined, 'sts:AssumeRoleWithSAML'), attached: ['AWSSupportAccess'] })
    .serverCertificate('expired', { expires: 10 })
    .serverCertificate('valid', { expires: -300 });
}

function buckets(small: Account): void {
  const toAnyone = { block: 'none', ownership: 'ObjectWriter' } as const;
  const anyone = (action: string, bucket: string, condition?: object) =>
    allow(action, `arn:aws:s3:::${bucket}/*`, { principal: '*', condition });
  const insecure = { principal: '*', condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  small
    .bucket('closed', { policy: deny('s3:*', ['arn:aws:s3:::closed', 'arn:aws:s3:::closed/*'], insecure) })
    .bucket('read-by-acl', { ...toAnyone, acl: 'public-read' })
    .bucket('write-by-acl', { ...toAnyone, acl: 'public-read-write', region: 'eu-west-1' })
    .bucket('read-by-policy', { ...toAnyone, policy: anyone('s3:GetObject', 'read-by-policy') })
    .bucket('write-by-policy', { ...toAnyone, policy: anyone('s3:PutObject', 'write-by-policy'), region: 'eu-west-1' })
    .bucket('for-the-office', {
      ...toAnyone,
      policy: anyone('s3:GetObject', 'for-the-office', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }),
    })
    .bucket('for-half-the-world', {
      ...toAnyone,
      policy: anyone('s3:PutObject', 'for-half-the-world', { IpAddress: { 'aws:SourceIp': '128.0.0.0/2' } }),
    })
    .bucket('for-an-endpoint', {
      ...toAnyone,
      policy: anyone('s3:GetObject', 'for-an-endpoint', { StringEquals: { 'aws:VpceAccount': '444455556666' } }),
    })
    .bucket('logs', { ...toAnyone })
    .bucket('open-logs', { ...toAnyone, acl: 'public-read' })
    .accessPoint('inside', { bucket: 'closed' })
    .accessPoint('outside', { bucket: 'read-by-policy', block: {}, policy: anyone('s3:GetObject', 'read-by-policy') })
    .multiRegionAccessPoint('everywhere', { buckets: ['closed'] })
    .trail('main', { bucket: 'logs', multiRegion: true, validation: true, lastDelivery: 0, logGroup: 'trail', lastLogDelivery: 0 })
    .metricFilter('root-used', { logGroup: 'trail', pattern: '{ $.userIdentity.type = "Root" }', alarm: { topics: ['closed-us-east-1'] } })
    .eventDataStore('lake', { selectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }] })
    .trail('side', { bucket: 'open-logs', region: 'eu-west-1', logging: false, selectors: [{ IncludeManagementEvents: false }] });
}

/** With what watches over the region, and what is met by who comes from outside. */
function frontEnds(small: Account, region: string): void {
  const named = (name: string) => `${name}-${region}`;
  const origins = [{ domain: `${named('site')}.s3.amazonaws.com`, bucketAccess: 'control' }] as const;
  small
    .regionServices(region, { ...watched(true), publicResources: [`arn:aws:s3:::${named('open')}`], inspectorFindings: ['HIGH'] })
    .distribution(named('E1SITE'), { log: 'delivery', origins })
    .distribution(named('E2PLAIN'), { log: 'none', viewers: 'allow-all', origins })
    .api(named('rest'), { region, rest: true, stages: { prod: `arn:aws:logs:${region}:${ACCOUNT}:log-group:rest`, test: 'none' } })
    .api(named('http'), { region, stages: { prod: 'none' } });
}

/** Queues, topics, functions and images: one that is right and one that is not. */
function services(small: Account, region: string): void {
  const named = (name: string) => `${name}-${region}`;
  const anybody = (action: string) => allow(action, '*', { principal: '*' });
  small
    .role('functions', { trust: trust({ Service: 'lambda.amazonaws.com' }) })
    .queue(named('closed'), { region })
    .queue(named('open'), { region, policy: anybody('sqs:*'), encryption: 'none' })
    .topic(named('closed'), { region, kmsKey: 'alias/topics', subscriptions: ['https://example.com/', 'ops@example.com'] })
    .topic(named('open'), { region, policy: anybody('sns:Publish'), subscriptions: ['http://example.com/'] })
    .lambda(named('closed'), { region, role: 'functions', url: 'AWS_IAM', aliases: { live: [], old: [{ principal: 's3.amazonaws.com' }] } })
    .lambda(named('open'), { region, role: 'functions', runtime: 'python3.8', url: 'NONE', permissions: [{ principal: '*' }] })
    .repository(named('closed'), { region, tags: 'IMMUTABLE', scanOnPush: true })
    .repository(named('open'), { region, policy: anybody('ecr:BatchGetImage') });
}

/** The same in each region; names are the region's own. */
function servers(small: Account, region: string): void {
  const named = (name: string) => `${name}-${region}`;
  const linux = { region, owner: 'amazon', deprecated: -100 };
  const patches = { missing: 0, failed: 0, criticalNonCompliant: 0, securityNonCompliant: 0, pendingReboot: 0, ended: 1 };
  small
    .prefixList(named('world'), ['0.0.0.0/0'], { region })
    .prefixList(named('office'), ['198.51.100.0/24'], { region })
    .securityGroup(named('ssh'), { region, ingress: ['tcp 22 0.0.0.0/0'] })
    .securityGroup(named('database'), { region, ingress: [`tcp 5432 pl:${named('world')}`] })
    .securityGroup(named('office'), { region, ingress: [`tcp 22 pl:${named('office')}`, 'tcp 443 0.0.0.0/0'] })
    .securityGroup(named('all'), { region, ingress: ['all ::/0'] })
    .subnet(named('public'), { region, public: true })
    .subnet(named('private'), { region, route: 'none' })
    .networkAcl(named('strict'), {
      region,
      ingress: ['90 deny tcp 22 0.0.0.0/0', '100 allow tcp 443 0.0.0.0/0'],
      subnets: [named('private')],
    })
    .image(named('golden'), { region, created: 20, name: 'golden-1.4.2' })
    .image(named('shared'), { region, created: 400, public: true })
    .image(named('linux'), { ...linux, created: 120, name: 'al2023-ami-2023.5.20250801.0-kernel-6.1-x86_64' })
    .image(named('newer-linux'), { ...linux, created: 60, name: 'al2023-ami-2023.6.20250901.0-kernel-6.1-x86_64' })
    .image(named('stranger'), { region, owner: '444455556666', created: 700, deprecated: 30, name: 'stranger-0.9.1' })
    .instance(named('web'), {
      ...{ region, subnet: named('public'), public: true, groups: [named('ssh'), named('office')], profile: 'service' },
      image: named('linux'),
      os: { name: 'Amazon Linux', version: '2023' },
      patches,
    })
    .instance(named('old'), {
      ...{ region, subnet: named('private'), groups: [named('all')], tokens: 'required', image: named('stranger') },
      os: { name: 'Ubuntu', version: '18.04' },
      patches: { ...patches, missing: 3, criticalNonCompliant: 1 },
    })
    .launchTemplate(named('fleet'), { region, versions: [named('linux'), named('linux'), named('golden')], defaultVersion: 2 })
    .instance(named('worker'), {
      ...{ region, subnet: named('private'), image: named('linux'), template: named('fleet'), group: named('fleet') },
      os: { name: 'Amazon Linux', version: '2023' },
      patches,
    })
    .autoScalingGroup(named('fleet'), { region, template: named('fleet'), version: '1' })
    .autoScalingGroup(named('legacy'), { region, configuration: { image: named('linux'), publicAddress: true } })
    .volume(named('spare'), { region })
    .document(named('run-book'), { region, sharedWith: ['all'] })
    .snapshot(named('hidden'), { region, encrypted: true })
    .snapshot(named('given-away'), { region, public: true });
}

function dataStores(small: Account, region: string): void {
  const named = (name: string) => `${name}-${region}`;
  const everyone = (action: string) => allow(action, '*', { principal: { AWS: '*' } });
  small
    .database(named('orders'), { region })
    .database(named('blog'), { region, encrypted: false, public: true, groups: [named('database')] })
    .databaseCluster(named('graph'), { region, deletionProtection: false })
    .databaseSnapshot(named('orders-kept'), { of: named('orders') })
    .databaseSnapshot(named('graph-given-away'), { of: named('graph'), sharedWith: ['all'] })
    .fileSystem(named('files'), { region, policy: everyone('elasticfilesystem:*') })
    .fileSystem(named('scratch'), { region, encrypted: false })
    .key(named('payments'), { region, rotation: false })
    .key(named('signing'), { region, spec: 'RSA_2048', policy: everyone('kms:*') })
    .secret(named('mail'), { region, policy: everyone('secretsmanager:GetSecretValue') })
    .secret(named('database'), { region, rotation: { days: 30, last: 3, next: -27 } });
}

/** Of each kind one that faces the internet, in the account's own region. */
function frontDoors(small: Account): void {
  const [home] = REGIONS;
  const web = { port: 8080, instances: [`web-${home}`] };
  const accelerated = { subnets: [`private-${home}`], group: 'GlobalAccelerator' };
  small
    .vpc('default', { flowLogs: 'logs', endpoints: ['s3'] })
    .endpointService('feed', { principals: ['*'] })
    .vpc('annex', { cidr: '10.9.0.0/16', peeringRoutes: ['10.9.0.0/16'] })
    .loadBalancer('front', {
      ...{ subnets: [`public-${home}`], groups: [`office-${home}`] },
      listeners: [
        { protocol: 'HTTP', port: 80, to: 'https' },
        { protocol: 'HTTPS', port: 443, policy: 'ELBSecurityPolicy-2016-08', to: web },
      ],
    })
    .loadBalancer('tunnel', {
      kind: 'network',
      subnets: [`public-${home}`],
      listeners: [{ protocol: 'TCP', port: 2222, to: { ...web, port: 22 } }],
    })
    .securityGroup('GlobalAccelerator')
    .accelerator('anycast', { ...accelerated, ports: [22, 443], to: { instances: [`old-${home}`], loadBalancers: ['tunnel'] } })
    .accelerator('lobby', { ...accelerated, ports: [1, 1024], to: 'subnets' });
}
