import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Estate } from '../../bench/estate.ts';
import { startSimulatedAws } from '../../bench/simulated-aws.ts';
import type { ScanDocument } from '../../cli/scan-schema.ts';
import { type Account, account, allow } from '../../emulator/account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { scanInProcess, useLocalAws } from './scan-in-process.ts';

type Calls = Readonly<Record<string, number>>;

/** For machines that have much else to do. */
vi.setConfig({ testTimeout: 30_000 });

const ESTATE: Estate = { users: 200, roles: 100, buckets: 20, instances: 120, securityGroups: 60, regions: 2 };
const TWICE: Estate = { users: 400, roles: 200, buckets: 40, instances: 240, securityGroups: 120, regions: 2 };

const pages = (elements: number, size: number): number => Math.max(1, Math.ceil(elements / size));

/** What is asked of services that the estate does not use: whether there is anything. */
const NOTHING_THERE = {
  global: {
    'account:GetAlternateContact': 1,
    'account:GetContactInformation': 1,
    'cloudfront:ListDistributions': 1,
    'iam:GetAccountPasswordPolicy': 1,
    'iam:ListOpenIDConnectProviders': 1,
    'iam:ListSAMLProviders': 1,
    'iam:ListServerCertificates': 1,
    'organizations:DescribeOrganization': 1,
  },
  regional: [
    'access-analyzer:ListAnalyzers',
    'apigateway:GetRestApis',
    'apigatewayv2:GetApis',
    'cloudtrail:ListEventDataStores',
    'config:DescribeConfigurationRecorderStatus',
    'config:DescribeDeliveryChannels',
    'ecr:DescribeRepositories',
    'elasticfilesystem:DescribeFileSystems',
    'guardduty:ListDetectors',
    'inspector2:BatchGetAccountStatus',
    'kms:ListAliases',
    'kms:ListKeys',
    'lambda:ListFunctions',
    'macie2:GetMacieSession',
    'rds:DescribeDBClusterSnapshots',
    'rds:DescribeDBClusters',
    'rds:DescribeDBInstances',
    'rds:DescribeDBSnapshots',
    'secretsmanager:ListSecrets',
    'securityhub:DescribeHub',
    'sns:ListTopics',
    'sqs:ListQueues',
  ],
};

/** What a scan may ask at most of an estate that is spread evenly over its regions: pages, and nothing per thing but for buckets and for users who seem to have no MFA. */
function mostCalls({ users, roles, buckets, instances, securityGroups, regions }: Estate): Calls {
  const inEach = (elements: number, size: number) => regions * pages(Math.ceil(elements / regions), size);
  return {
    'sts:GetCallerIdentity': 1,
    'ec2:DescribeRegions': 1,
    'cloudtrail:ListTrails': 1,
    'cloudtrail:LookupEvents': regions,
    'iam:GenerateCredentialReport': 1,
    'iam:GetCredentialReport': 1,
    'iam:GetAccountSummary': 1,
    'iam:ListVirtualMFADevices': 1,
    'iam:GetAccountAuthorizationDetails': pages(users + roles, 100),
    // Of the simulated users every fiftieth has no MFA.
    'iam:ListMFADevices': Math.ceil(users / 50),
    's3control:GetPublicAccessBlock': 1 + regions,
    's3control:ListAccessPoints': regions,
    's3control:ListMultiRegionAccessPoints': 1,
    // In each region once more: where there are no buckets, there is nothing for Macie to look at.
    's3:ListBuckets': (1 + regions) * pages(buckets, 1_000),
    's3:GetPublicAccessBlock': buckets,
    's3:GetBucketAcl': buckets,
    's3:GetBucketOwnershipControls': buckets,
    's3:GetBucketPolicy': buckets,
    's3:GetBucketPolicyStatus': buckets,
    's3:GetBucketLogging': buckets,
    's3:GetBucketVersioning': buckets,
    ...NOTHING_THERE.global,
    ...Object.fromEntries(NOTHING_THERE.regional.map((operation) => [operation, regions])),
    // Once for the region, once for what a single region must record of the whole account.
    'config:DescribeConfigurationRecorders': 2 * regions,
    'ec2:DescribeInstances': inEach(instances, 1_000),
    'ec2:DescribeInstanceImageMetadata': inEach(instances, 1_000),
    'ec2:DescribeNetworkInterfaces': inEach(instances, 1_000),
    'ec2:DescribeSecurityGroups': inEach(securityGroups, 1_000),
    // The account's own, and those of the one family that the simulated instances run on.
    'ec2:DescribeImages': 2 * regions,
    // All, and those that anybody may use.
    'ec2:DescribeSnapshots': 2 * regions,
    'autoscaling:DescribeAutoScalingGroups': regions,
    'autoscaling:DescribeLaunchConfigurations': regions,
    'ec2:DescribeLaunchTemplateVersions': regions,
    'ec2:DescribeVolumes': regions,
    'ec2:GetAllowedImagesSettings': regions,
    'ec2:GetImageBlockPublicAccessState': regions,
    'ec2:GetInstanceMetadataDefaults': regions,
    'ec2:GetSerialConsoleAccessStatus': regions,
    'ec2:DescribeNetworkAcls': regions,
    'ec2:DescribeRouteTables': regions,
    'ec2:DescribeSubnets': regions,
    'ec2:DescribeFlowLogs': regions,
    'ec2:DescribeVpcBlockPublicAccessOptions': regions,
    'ec2:DescribeVpcEndpoints': regions,
    'ec2:DescribeVpcEndpointServiceConfigurations': regions,
    'ec2:DescribeVpcPeeringConnections': regions,
    'ec2:DescribeVpcs': regions,
    'elasticloadbalancing:DescribeLoadBalancers': regions,
    'elb:DescribeLoadBalancers': regions,
    // One profile, which holds no role.
    'iam:GetInstanceProfile': regions,
    'ec2:GetEbsEncryptionByDefault': regions,
    'ec2:GetSnapshotBlockPublicAccessState': regions,
    'ssm:DescribeInstanceInformation': inEach(instances, 50),
    'ssm:GetServiceSetting': regions,
    'ssm:ListDocuments': regions,
    'ssm:DescribeInstancePatchStates': inEach(instances, 50),
  };
}

async function scanned(argv: readonly string[] = []): Promise<ScanDocument> {
  const { document, stderr } = await scanInProcess(['--no-store', ...argv]);
  if (!document) throw new Error(`the scan stopped: ${stderr}`);
  return document;
}

describe.each([
  ['an account', ESTATE],
  ['an account with twice of everything', TWICE],
])('of %s at full speed', (_what, estate) => {
  let document: ScanDocument;
  let throttled = 0;

  beforeAll(async () => {
    const simulated = await startSimulatedAws(estate, 1);
    useLocalAws({
      AWS_ENDPOINT_URL: simulated.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIABENCH',
      AWS_SECRET_ACCESS_KEY: 'bench',
    });
    document = await scanned();
    throttled = simulated.throttled();
    await simulated.stop();
  }, 60_000);

  test('nothing is asked more often than there are pages', () => {
    const most = mostCalls(estate);
    const over = Object.entries(document.run.calls.byOperation).filter(([operation, count]) => count > (most[operation] ?? 0));
    expect(over).toEqual([]);
  });

  test('at most seven questions are asked of a bucket that has ACLs', () => {
    const { 's3:ListBuckets': _listing, ...calls } = document.run.calls.byOperation;
    const perBucket = Object.entries(calls).filter(([operation]) => operation.startsWith('s3:'));
    expect(perBucket.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(7 * estate.buckets);
  });

  test('AWS never says that we ask too fast', () => {
    expect({ throttled, throttles: document.run.calls.throttles }).toEqual({ throttled: 0, throttles: 0 });
  });
});

describe('on the local AWS', () => {
  const [ONCE, DOUBLE, BLOCKED, NEW] = ['111122223333', '222233334444', '333344445555', '444455556666'];
  let aws: LocalAws;

  beforeAll(async () => {
    aws = await startLocalAws({ regions: ['us-east-1'] });
    await aws.seed(accountOf(ONCE, 3), accountOf(DOUBLE, 6), blockedAccount(BLOCKED), account(NEW).bucket('three').bucket('four'));
  }, 120_000);

  afterAll(() => aws?.stop());

  beforeEach(() => aws.calls.reset());

  test('an account with twice the users, groups, roles, policies, instances, images, templates, snapshots and security groups is asked no more', async () => {
    useLocalAws(aws.environment(ONCE));
    const once = await scanned();
    useLocalAws(aws.environment(DOUBLE));
    const twice = await scanned();
    expect(twice.coverage.resources).toBeGreaterThan(1.5 * once.coverage.resources);
    expect(aws.calls.count({ accountId: DOUBLE })).toEqual(aws.calls.count({ accountId: ONCE }));
  });

  test('at most five questions are asked of a bucket whose ACLs are switched off, as they are of all that were made since April 2023', async () => {
    useLocalAws(aws.environment(NEW));
    await scanned();
    const asked = Object.entries(aws.calls.count()).filter(([operation]) => operation.startsWith('s3:') && operation !== 's3:ListBuckets');
    expect(asked.reduce((sum, [, count]) => sum + count, 0)).toBeLessThanOrEqual(5 * 2);
  });

  test('no bucket is asked for the public verdict when the account blocks public access', async () => {
    useLocalAws(aws.environment(BLOCKED));
    const { findings } = await scanned(['--checks', 's3-bucket-public-read-absent,s3-bucket-public-write-absent', '--all']);
    expect(findings.map(({ status, resource }) => `${status} ${resource.id}`).sort()).toEqual([
      'PASS one',
      'PASS one',
      'PASS two',
      'PASS two',
    ]);
    expect(Object.keys(aws.calls.count())).toEqual([
      'ec2:DescribeRegions',
      's3:ListBuckets',
      's3control:GetPublicAccessBlock',
      'sts:GetCallerIdentity',
    ]);
  });
});

/** An account with so many of everything; all who may sign in have MFA. */
function accountOf(id: string, many: number): Account {
  const described = account(id)
    .image('golden')
    .bucket(`logs-of-${id}`)
    .trail('main', { bucket: `logs-of-${id}`, multiRegion: true });
  for (let index = 0; index < many; index += 1) {
    const [name, group, role] = [`user-${index}`, `group-${index}`, `role-${index}`];
    described
      .policy(`policy-${index}`, allow('s3:*'))
      .group(group, { attached: [`policy-${index}`] })
      .user(name, { password: true, mfa: true, groups: [group], policies: { own: allow('sqs:*') }, keys: [{ age: 1 }] })
      .role(role, { policies: { own: allow('s3:*') }, attached: ['ReadOnlyAccess'] })
      .securityGroup(name, { ingress: ['tcp 22 0.0.0.0/0'] })
      .image(name)
      .instance(name, {
        image: 'golden',
        groups: [name],
        public: true,
        os: { name: 'Amazon Linux', version: '2023' },
        patches: { missing: 0 },
      })
      .launchTemplate(name, { versions: ['golden', name] })
      .snapshot(name);
  }
  return described;
}

function blockedAccount(id: string): Account {
  const open = { block: 'none', ownership: 'ObjectWriter', acl: 'public-read-write' } as const;
  return account(id).publicAccessBlock('all').bucket('one', open).bucket('two', open);
}
