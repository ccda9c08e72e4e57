import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../checks/registry.ts';
import { ARCHIVE, archiveAccount, DEMO_REGIONS, SHOP, shopAccount } from '../../emulator/demo-account.ts';
import { type IdOf, type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { type AuditResult, audit } from '../../findings/audit.ts';
import { evaluate, ready } from '../../findings/evaluate.ts';
import type { Evaluation, Status } from '../../findings/finding.ts';
import { operationsFor } from '../../findings/permissions.ts';
import type { TeamException } from '../../inventory/account/team-exceptions.ts';
import type { EventDelivery } from '../../inventory/ec2/region-settings.ts';
import { planScopes } from '../../inventory/regions.ts';
import { sources } from '../../inventory/registry.ts';
import { GLOBAL, type ResourceType, type Scope } from '../../inventory/resource.ts';
import { openSession } from '../../inventory/session.ts';
import { WRONG_BUCKETS } from './wrong-buckets.ts';

/** AWS makes a default subnet in each zone; moto's regions have these many. */
function subnetsIn(regions: readonly string[]): readonly string[] {
  return regions.flatMap((region) => Array.from({ length: region === 'us-east-1' ? 6 : 3 }, () => `default of ${region}`));
}

/** What is wrong with the shop, by check: this, and nothing else. */
const WRONG: Readonly<Record<string, readonly string[]>> = {
  ...WRONG_BUCKETS,
  'accessanalyzer-region-external-access-analyzed': ['eu-central-1', 'us-east-1'],
  'accessanalyzer-region-public-access-absent': ['eu-west-1'],
  'account-contact-registered': [SHOP],
  'account-exceptions-current': [SHOP],
  'account-organization-joined': [SHOP],
  'account-people-federated': [SHOP],
  'account-root-credentials-absent': [SHOP],
  'account-root-mfa-enabled': [SHOP],
  'account-root-mfa-hardware': [SHOP],
  'account-root-unused': [SHOP],
  'account-security-contact-registered': [SHOP],
  'account-support-role-present': [SHOP],
  'apigateway-stage-access-logged': ['partners/v1', 'returns/test'],
  'cloudfront-distribution-access-logged': ['E2BRIGHTCARTPHOTOS'],
  'cloudfront-distribution-bucket-origins-signed': ['E2BRIGHTCARTPHOTOS'],
  'cloudfront-distribution-https-only': ['E2BRIGHTCARTPHOTOS'],
  'cloudfront-distribution-root-object-set': ['E2BRIGHTCARTPHOTOS'],
  'cloudfront-distribution-tls-current': ['E2BRIGHTCARTPHOTOS'],
  'cloudfront-distribution-web-acl-attached': ['E2BRIGHTCARTPHOTOS'],
  'autoscaling-group-image-current': ['catalogue'],
  'autoscaling-group-imdsv2-required': ['catalogue'],
  'autoscaling-group-launch-template-used': ['catalogue', 'thumbnails'],
  'autoscaling-group-public-address-absent': ['catalogue'],
  'autoscaling-group-secrets-absent': ['catalogue'],
  'autoscaling-group-several-zones': ['catalogue'],
  'cloudtrail-object-reads-recorded': [SHOP],
  'cloudtrail-object-writes-recorded': [SHOP],
  'cloudtrail-region-events-delivered': ['us-east-1'],
  'cloudtrail-trail-bucket-access-logged': ['first-trail'],
  'cloudtrail-trail-bucket-mfa-delete': ['first-trail', 'shop-trail'],
  'cloudtrail-trail-bucket-private': ['first-trail'],
  'cloudtrail-trail-cloudwatch-delivered': ['first-trail', 'shop-trail'],
  'cloudtrail-trail-encrypted': ['first-trail'],
  'cloudtrail-trail-log-validation': ['first-trail'],
  'cloudtrail-trail-logs-delivered': ['first-trail'],
  'cloudtrail-trail-multi-region': [SHOP],
  'cloudwatch-bucket-policy-changes-monitored': [SHOP],
  'cloudwatch-cloudtrail-changes-monitored': [SHOP],
  'cloudwatch-config-changes-monitored': [SHOP],
  'cloudwatch-console-sign-in-failures-monitored': [SHOP],
  'cloudwatch-console-sign-in-without-mfa-monitored': [SHOP],
  'cloudwatch-iam-policy-changes-monitored': [SHOP],
  'cloudwatch-kms-key-disabling-monitored': [SHOP],
  'cloudwatch-network-acl-changes-monitored': [SHOP],
  'cloudwatch-network-gateway-changes-monitored': [SHOP],
  'cloudwatch-organization-changes-monitored': [SHOP],
  'cloudwatch-root-use-monitored': [SHOP],
  'cloudwatch-route-table-changes-monitored': [SHOP],
  'cloudwatch-security-group-changes-monitored': [SHOP],
  'cloudwatch-unauthorized-calls-monitored': [SHOP],
  'cloudwatch-vpc-changes-monitored': [SHOP],
  'config-account-global-types-recorded': [SHOP],
  'config-region-recorded': ['eu-central-1', 'us-east-1'],
  'ec2-default-security-group-empty': ['default of eu-central-1', 'default of us-east-1'],
  'ec2-ebs-encryption-default': ['eu-central-1', 'us-east-1'],
  'ec2-image-private': ['build-agent-3'],
  'ec2-instance-exposed-maintained': ['bastion'],
  'ec2-instance-exposed-role-limited': ['storefront-1'],
  'ec2-instance-admin-ports-unreachable': ['bastion'],
  'ec2-instance-image-age': ['bastion', 'night-batch-1', 'reports'],
  'ec2-instance-image-current': ['bastion', 'night-batch-1'],
  'ec2-instance-image-supported': ['bastion', 'night-batch-1', 'reports'],
  'ec2-instance-image-trusted': ['cache', 'reports'],
  'ec2-instance-imdsv2-required': ['bastion', 'reports'],
  'ec2-instance-managed': ['bastion'],
  'ec2-instance-metadata-hop-limit': ['reports'],
  'ec2-instance-os-supported': ['reports'],
  'ec2-instance-patched': ['reports'],
  'ec2-instance-profile-attached': ['bastion', 'cache', 'reports', 'staging-1'],
  'ec2-instance-public-address-absent': ['bastion'],
  'ec2-instance-rebuilt': ['bastion', 'reports'],
  'ec2-instance-service-ports-unreachable': ['bastion'],
  'ec2-launch-template-image-current': ['night-batch'],
  'ec2-launch-template-imdsv2-required': ['night-batch'],
  'ec2-launch-template-public-address-absent': ['night-batch'],
  'ec2-launch-template-secrets-absent': ['night-batch'],
  'ec2-network-acl-admin-ports-closed': ['default of eu-central-1', 'default of eu-west-1', 'default of us-east-1'],
  'ec2-region-allowed-images-enforced': DEMO_REGIONS,
  'ec2-region-imdsv2-default': DEMO_REGIONS,
  'ec2-region-public-images-blocked': ['eu-west-1'],
  'ec2-region-public-snapshots-blocked': DEMO_REGIONS,
  'ec2-region-serial-console-off': ['eu-west-1'],
  'ec2-region-vpc-public-access-blocked': DEMO_REGIONS,
  'ec2-security-group-admin-ports-closed': ['bastion', 'reports'],
  'ec2-security-group-all-traffic-closed': ['reports'],
  'ec2-security-group-database-ports-closed': ['analytics-database', 'reports'],
  'ec2-security-group-ports-closed': ['analytics-database', 'bastion', 'reports', 'staging'],
  'ec2-security-group-public-ranges-narrow': ['storefront'],
  'ec2-security-group-used': ['payments-database'],
  'ec2-snapshot-encrypted': ['shop-database-before-the-move'],
  'ec2-snapshot-private': ['shop-database-before-the-move'],
  'ec2-subnet-public-addresses-off': subnetsIn(DEMO_REGIONS),
  'ec2-volume-encrypted': ['exports-2024', 'root of bastion', 'root of reports'],
  'ec2-vpc-endpoint-policy-limited': ['dynamodb'],
  'ec2-vpc-endpoint-service-principals-known': ['stock-feed'],
  'ec2-vpc-flow-logs-enabled': ['default of eu-central-1', 'default of us-east-1', 'returns', 'warehouse'],
  'ec2-vpc-peering-connection-routes-narrow': ['warehouse'],
  'ec2-vpc-service-endpoints-present': ['default of eu-central-1', 'default of us-east-1', 'returns', 'warehouse'],
  'ecr-repository-policy-closed': ['brightcart/base'],
  'ecr-repository-scanned-on-push': ['brightcart/batch'],
  'ecr-repository-tags-immutable': ['brightcart/batch'],
  'efs-file-system-encrypted': ['old-uploads'],
  'efs-file-system-policy-closed': ['old-uploads'],
  'efs-file-system-tls-only': ['old-uploads'],
  'elb-load-balancer-access-logged': ['old-shop'],
  'elb-load-balancer-deletion-protected': ['old-shop'],
  'elb-load-balancer-desync-mitigated': ['old-shop'],
  'elb-load-balancer-http-redirected': ['old-shop'],
  'elb-load-balancer-invalid-headers-dropped': ['old-shop'],
  'elb-load-balancer-tls-current': ['scales'],
  'guardduty-region-enabled': ['eu-central-1', 'us-east-1'],
  'guardduty-region-protections-enabled': ['eu-west-1'],
  'iam-identity-provider-used': ['gitlab.com'],
  'iam-password-policy-length': [SHOP],
  'iam-password-policy-reuse-prevented': [SHOP],
  'iam-principal-admin-absent': ['agency', 'anna', 'build-server', 'founders', 'storefront'],
  'iam-principal-cloudshell-restricted': ['auditor'],
  'iam-policy-role-assumption-limited': ['whatever-role'],
  'iam-principal-escalation-absent': ['felix', 'jonas', 'key-rotation', 'metrics', 'mira', 'office', 'payments', 'release-builder'],
  'iam-role-foreign-trust-not-admin': ['agency'],
  'iam-role-foreign-trust-read-limited': ['agency', 'tax-adviser'],
  'iam-role-saml-audience-required': ['stock-terminal'],
  'iam-role-service-trust-bound': ['release-builder'],
  'iam-role-trust-principals-exist': ['reports'],
  'iam-role-trust-closed': ['tax-adviser', 'test-from-github'],
  'iam-role-used': ['test-from-github'],
  'iam-saml-provider-valid': ['warehouse-directory'],
  'iam-server-certificate-valid': ['shop-2024'],
  'iam-user-admin-mfa-enabled': ['build-server'],
  'iam-user-console-mfa-enabled': ['mira'],
  'iam-user-console-without-keys': ['jonas'],
  'iam-user-credentials-used': ['felix'],
  'iam-user-inactive-keys-deleted': ['metrics'],
  'iam-user-keys-rotated': ['build-server'],
  'iam-user-mfa-phishing-resistant': ['anna', 'felix'],
  'iam-user-permissions-through-groups': ['build-server'],
  'iam-user-single-active-key': ['build-server'],
  'inspector-region-enabled': ['eu-central-1', 'eu-west-1', 'us-east-1'],
  'inspector-region-severe-findings-absent': ['eu-west-1'],
  'kms-key-kept': ['first-shop'],
  'kms-key-policy-closed': ['exports'],
  'kms-key-rotation-enabled': ['exports'],
  'lambda-function-policy-closed': ['resize-photos'],
  'lambda-function-runtime-supported': ['import-prices'],
  'lambda-function-services-bound': ['import-prices'],
  'lambda-function-url-authenticated': ['preview'],
  'macie-region-enabled': ['eu-central-1', 'eu-west-1'],
  'organizations-organization-guardrails-attached': ['o-exampleorgid'],
  'organizations-organization-management-account-idle': ['o-exampleorgid'],
  'organizations-organization-policies-delegated': ['o-exampleorgid'],
  'organizations-organization-root-access-centralized': ['o-exampleorgid'],
  'organizations-organization-root-without-accounts': ['o-exampleorgid'],
  'organizations-organization-services-delegated': ['o-exampleorgid'],
  'rds-database-backups-kept': ['recommendations', 'wordpress'],
  'rds-database-deletion-protected': ['recommendations', 'wordpress'],
  'rds-database-engine-supported': ['recommendations', 'wordpress'],
  'rds-database-iam-authentication': ['recommendations', 'wordpress'],
  'rds-database-minor-upgrades-automatic': ['wordpress'],
  'rds-database-multi-az': ['recommendations', 'wordpress'],
  'rds-database-storage-encrypted': ['recommendations', 'wordpress'],
  'rds-instance-certificate-valid': ['wordpress'],
  'rds-instance-private': ['wordpress'],
  'rds-snapshot-encrypted': ['recommendations-to-try', 'wordpress-for-the-agency'],
  'rds-snapshot-private': ['recommendations-to-try', 'wordpress-for-the-agency'],
  'rds-snapshot-shared-with-trusted': ['orders-for-the-bookkeeper', 'recommendations-to-try'],
  'secretsmanager-secret-policy-closed': ['shop/mail'],
  'secretsmanager-secret-rotated': ['shop/mail', 'shop/stock-partner', 'trial/newsletter'],
  'secretsmanager-secret-rotation-enabled': ['shop/mail', 'trial/newsletter'],
  'secretsmanager-secret-used': ['trial/newsletter'],
  'securityhub-region-enabled': ['eu-central-1', 'us-east-1'],
  'securityhub-region-standard-enabled': ['eu-west-1'],
  'sns-topic-encrypted': ['newsletter'],
  'sns-topic-policy-closed': ['stock'],
  'sns-topic-subscriptions-tls-only': ['stock'],
  'sqs-queue-encrypted': ['old-mails'],
  'sqs-queue-policy-closed': ['price-updates'],
  'ssm-document-private': ['brightcart-restart-shop'],
  'ssm-region-public-documents-blocked': DEMO_REGIONS,
};

/** The archive is well kept, but nobody has touched what AWS makes by itself in each region. */
const WRONG_IN_ARCHIVE: Readonly<Record<string, readonly string[]>> = {
  'ec2-default-security-group-empty': DEMO_REGIONS.map((region) => `default of ${region}`),
  'ec2-ebs-encryption-default': DEMO_REGIONS,
  'ec2-network-acl-admin-ports-closed': DEMO_REGIONS.map((region) => `default of ${region}`),
  'ec2-subnet-public-addresses-off': subnetsIn(DEMO_REGIONS),
  'ec2-vpc-flow-logs-enabled': DEMO_REGIONS.map((region) => `default of ${region}`),
  'ec2-vpc-service-endpoints-present': DEMO_REGIONS.map((region) => `default of ${region}`),
};

/** The bastion has no SSM Agent, and its image alone does not prove what it runs. */
const UNKNOWN = { 'ec2-instance-os-supported': ['bastion'], 'ec2-instance-patched': ['bastion'] };

/** Asked only where ListBuckets leaves out a bucket's region, as other emulators do. */
const NEVER_ASKED = ['s3:GetBucketLocation'];
/** Asked once before any check, to know who and where we are. */
const ASKED_FIRST = ['ec2:DescribeRegions', 'sts:GetCallerIdentity'];

let aws: LocalAws;
let idOf: IdOf;
let shop: AuditResult;
let archive: AuditResult;
let now: Date;

beforeAll(async () => {
  aws = await startLocalAws({ regions: DEMO_REGIONS });
  now = new Date();
  await aws.seed(archiveAccount(now));
  idOf = await aws.seed(shopAccount(now));
  process.env.AWS_ENDPOINT_URL = aws.endpoint;
  shop = await auditOf(SHOP);
  archive = await auditOf(ARCHIVE);
}, 120_000);

afterAll(() => aws.stop());

async function enter(accountId: string) {
  const entered = await openSession({ credentials: aws.client(accountId).credentials });
  const plan = await planScopes(entered);
  const session = { ...entered, exceptions: EXCEPTIONS, eventDelivery: ({ region }: Scope) => deliveryIn(accountId, region) };
  return { ...plan, session };
}

/** The shop has forgotten that one of its exceptions has ended. */
const EXCEPTIONS: readonly TeamException[] = [
  { check: 's3-bucket-tls-only', accounts: [SHOP], owner: 'shop@example.com', expires: '2026-01-31', ticket: 'SHOP-7' },
];

async function auditOf(accountId: string): Promise<AuditResult> {
  const { session, scopes, notEnabled, leftOut } = await enter(accountId);
  return audit({
    ...{ session, sources, scopes, checks: checks.map((check) => ready(check, now)), store: undefined, topic: false },
    ...{ runId: accountId, startedAt: now, now: () => now, regionsNotEnabled: notEnabled, regionsLeftOut: leftOut },
  });
}

/** As in a deployment that has heard nothing of one of the shop's regions since the audit before. */
function deliveryIn(accountId: string, region: string): EventDelivery {
  const isSilent = accountId === SHOP && region === 'us-east-1';
  return {
    deployed: true,
    expectedSince: '2026-11-21T06:00:00.000Z',
    heardAt: isSilent ? '2026-11-21T00:00:03.000Z' : '2026-11-21T06:00:03.000Z',
  };
}

/** What people call a resource: its id where that is a name, else its Name tag, else the name that the description gives it. */
function nameOf({ resource: { id, region, tags } }: Evaluation): string {
  if (tags.Name !== undefined) return tags.Name;
  const key = ['payments', 'receipts', 'exports', 'first-shop'].find((name) => id === idOf('kms-key', name));
  if (key !== undefined) return key;
  const template = ['night-batch', 'payments-api'].find((name) => id === idOf('launch-template', name));
  if (template !== undefined) return template;
  if (id === idOf('network-acl', 'payments')) return 'payments';
  const subnet = ['front', 'payments'].find((name) => id === idOf('subnet', name));
  if (subnet !== undefined) return subnet;
  return /^(sg|acl|subnet|vpc)-/.test(id) ? `default of ${region}` : id;
}

/** The names of resources with this status, by check; checks without any are left out. */
function namesWith(status: Status, { evaluations }: Pick<AuditResult, 'evaluations'>): Readonly<Record<string, readonly string[]>> {
  const perCheck = Map.groupBy(
    evaluations.filter((evaluation) => evaluation.status === status),
    ({ checkId }) => checkId,
  );
  return Object.fromEntries([...perCheck].map(([checkId, rows]) => [checkId, rows.map(nameOf).sort()]));
}

describe('the demo account', () => {
  test('fails each check where it should, and nowhere else', () => {
    expect(namesWith('FAIL', shop)).toEqual(WRONG);
  });

  test('has its well kept sister fail only where AWS itself leaves things open', () => {
    expect(namesWith('FAIL', archive)).toEqual(WRONG_IN_ARCHIVE);
  });

  test.each(checks.map(({ id }) => id))('shows %s both failing and passing', (id) => {
    const statuses = [...shop.evaluations, ...archive.evaluations].flatMap(({ checkId, status }) => (checkId === id ? status : []));
    expect(statuses).toEqual(expect.arrayContaining(['FAIL', 'PASS']));
  });

  test('leaves nothing unknown but what nobody can know', () => {
    expect(namesWith('UNKNOWN', shop)).toEqual(UNKNOWN);
    expect(namesWith('UNKNOWN', archive)).toEqual({});
  });

  test('crashes no check and refuses no call', () => {
    expect([shop, archive].map(({ coverage: { crashed, gaps } }) => ({ crashed, gaps }))).toEqual([
      { crashed: 0, gaps: [] },
      { crashed: 0, gaps: [] },
    ]);
  });

  test('has exactly the operations asked that the checks declare', () => {
    const declared = new Set(
      checks.flatMap((check) => operationsFor(check, sources)).map(({ service, operation }) => `${service}:${operation}`),
    );
    const asked = new Set(aws.calls.list().map(({ name }) => name));
    expect([...declared].filter((name) => !asked.has(name)).sort()).toEqual(NEVER_ASKED);
    expect([...asked].filter((name) => !declared.has(name)).sort()).toEqual(ASKED_FIRST);
  });
});

/** When root was last used only the credential report tells, and that may be older than the event for which one looks. */
const ONLY_REPORTED = { 'account-root-unused': [SHOP] };

describe('a look at single resources of the demo account', () => {
  let looked: readonly Evaluation[];

  beforeAll(async () => {
    looked = await lookedAtSingly();
  }, 60_000);

  test('finds each of them', () => {
    expect(looked.map(keyOf).sort()).toEqual(shop.evaluations.map(keyOf).sort());
  });

  test('says of each what the audit says, or nothing', () => {
    const audited = new Map(shop.evaluations.map((evaluation) => [keyOf(evaluation), verdictIn(evaluation)]));
    const told = looked.filter(({ status }) => status !== 'UNKNOWN');
    expect(told.map((evaluation) => [keyOf(evaluation), verdictIn(evaluation)])).toEqual(
      told.map((evaluation) => [keyOf(evaluation), audited.get(keyOf(evaluation))]),
    );
  });

  test('says nothing only of what a report alone can tell', () => {
    expect(namesWith('UNKNOWN', { evaluations: looked })).toEqual({ ...UNKNOWN, ...ONLY_REPORTED });
  });
});

/** Each type in each region anew, by the ids that the audit has found there. */
async function lookedAtSingly(): Promise<readonly Evaluation[]> {
  const { session, scopes } = await enter(SHOP);
  const readied = checks.map((check) => ready(check, now));
  const pairs = scopes.flatMap((scope) =>
    sources.filter((source) => (source.scope === 'global') === (scope.region === GLOBAL)).map((source) => ({ scope, source })),
  );
  const evaluations = pairs.map(async ({ scope, source }) => {
    const found = await source.only(session, scope, idsOf(source.type, scope));
    const judging = readied.filter(({ check }) => check.resourceTypes.includes(source.type));
    return Promise.all(found.known.flatMap((resource) => judging.map((check) => evaluate(check, resource))));
  });
  return (await Promise.all(evaluations)).flat();
}

function idsOf(type: ResourceType, { region }: Scope): readonly string[] {
  const own = shop.evaluations.filter(({ resource }) => resource.type === type && (region === GLOBAL || resource.region === region));
  return [...new Set(own.map(({ resource }) => resource.id))];
}

function keyOf({ checkId, resource }: Evaluation): string {
  return `${checkId} ${resource.arn}`;
}

function verdictIn(evaluation: Evaluation): object {
  const { status } = evaluation;
  return status === 'FAIL'
    ? { status, severity: evaluation.severity, reason: evaluation.reason, evidence: evaluation.evidence }
    : { status };
}
