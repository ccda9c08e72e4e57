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
  buckets(small);
  for (const region of REGIONS) servers(small, region);
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
    .role('service', { attached: ['ReadOnlyAccess'] })
    .role('open', { trust: trust({ AWS: '*' }), policies: { all: allow('*') } })
    .role('partner', { trust: trust({ AWS: 'arn:aws:iam::999988887777:root' }) });
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
    .trail('main', { bucket: 'logs', multiRegion: true, validation: true, lastDelivery: 0 })
    .trail('side', { bucket: 'open-logs', region: 'eu-west-1', logging: false, selectors: [{ IncludeManagementEvents: false }] });
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
      ...{ region, subnet: named('public'), public: true, groups: [named('ssh'), named('office')] },
      image: named('linux'),
      os: { name: 'Amazon Linux', version: '2023' },
      patches,
    })
    .instance(named('old'), {
      ...{ region, subnet: named('private'), groups: [named('all')], tokens: 'required', image: named('stranger') },
      os: { name: 'Ubuntu', version: '18.04' },
      patches: { ...patches, missing: 3, criticalNonCompliant: 1 },
    })
    .launchTemplate(named('fleet'), { region, versions: [named('linux'), named('golden')], defaultVersion: 1 })
    .snapshot(named('hidden'), { region, encrypted: true })
    .snapshot(named('given-away'), { region, public: true });
}
