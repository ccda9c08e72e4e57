import { expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession } from '../fake-session.ts';
import { AMAZON, instance, region, reservations } from './account.ts';

const newerImage = {
  ...{ imageId: 'ami-2', name: 'al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64', createdAt: '2024-10-10T20:00:00.000Z' },
  ...{ daysBehind: 66, releasesBehind: 1 },
};

/** Asked only where Global Accelerator has interfaces. */
const BEHIND_ACCELERATORS = [
  ...['Accelerators', 'Listeners', 'EndpointGroups', 'CrossAccountAttachments'],
  ...['CustomRoutingAccelerators', 'CustomRoutingListeners', 'CustomRoutingEndpointGroups'],
].map((what) => `globalaccelerator:List${what}`);
/** Asked only where a load balancer faces the internet. */
const BEHIND_BALANCERS = ['Listeners', 'Rules', 'TargetGroups', 'TargetGroupAttributes', 'TargetHealth'].map(
  (name) => `elasticloadbalancing:Describe${name}`,
);
const statement = { effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'], conditions: [] };

const contract: ReaderContract = {
  reader: instances,
  ids: ['i-1', 'i-2'],
  answers: region,
  notAsked: {
    image: ['ec2:DescribeImages'],
    interfaces: ['ec2:GetManagedPrefixListEntries', ...BEHIND_BALANCERS, ...BEHIND_ACCELERATORS],
    exposedRole: [
      ...['ec2:DescribeNetworkInterfaces', 'elasticloadbalancing:DescribeLoadBalancers', 'elb:DescribeLoadBalancers'],
      ...[...BEHIND_BALANCERS, ...BEHIND_ACCELERATORS],
    ],
    rebuild: ['autoscaling:DescribeLaunchConfigurations'],
  },
  survives: { image: ['ec2:DescribeInstanceImageMetadata'], newerImage: ['ec2:DescribeInstanceImageMetadata'] },
  facets: {
    instance: {
      state: 'running',
      launchedAt: '2026-03-01T10:00:00.000Z',
      madeAt: '2025-03-01T10:00:00.000Z',
      rootVolumeSince: '2026-02-01T10:00:00.000Z',
      platform: 'Linux/UNIX',
      profileArn: `arn:aws:iam::${ACCOUNT}:instance-profile/web`,
    },
    metadataOptions: { endpoint: 'enabled', tokens: 'optional', hopLimit: 2 },
    image: {
      imageId: 'ami-1',
      name: 'al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64',
      state: 'available',
      createdAt: '2024-08-05T20:00:00.000Z',
      deprecatedAt: '2024-11-03T20:00:00.000Z',
      ownerId: AMAZON,
      ownerAlias: 'amazon',
      public: true,
    },
    newerImage,
    rebuild: {
      group: 'web',
      source: {
        ...{ kind: 'launch template', id: 'lt-1', version: '1' },
        launch: {
          image: expect.objectContaining({ imageId: 'ami-1', state: 'available' }),
          imageParameter: undefined,
          newerImage,
          imageRequiresTokens: false,
        },
      },
    },
    publicAddresses: ['198.51.100.1'],
    management: { ping: 'ConnectionLost', lastPingAt: undefined },
    interfaces: [
      {
        interfaceId: 'eni-1',
        publicAddresses: ['198.51.100.1'],
        groupIds: ['sg-1'],
        ingress: [{ protocol: 'tcp', ports: { from: 22, to: 22 }, peer: { kind: 'cidr', cidr: '0.0.0.0/0' } }],
        acl: [
          {
            ingress: [{ number: 100, action: 'allow', protocol: 'all', ports: { from: 0, to: 65_535 }, cidr: '0.0.0.0/0' }],
            egress: [],
          },
        ],
        routes: [{ destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true }],
        ways: [],
        accelerated: [],
      },
    ],
    exposedRole: {
      identity: {
        ...{ type: 'AWS::IAM::Role', arn: `arn:aws:iam::${ACCOUNT}:role/web`, id: 'web' },
        ...{ accountId: ACCOUNT, region: 'global', partition: 'aws', tags: {} },
      },
      policies: [
        { name: 'inline', via: 'direct', document: { statements: [statement] } },
        { name: 'managed', arn: `arn:aws:iam::${ACCOUNT}:policy/managed`, via: 'direct', document: { statements: [statement] } },
      ],
      boundary: undefined,
    },
    operatingSystem: { name: 'Amazon Linux', version: '2023' },
    patchState: {
      missing: 3,
      failed: 1,
      pendingReboot: 2,
      criticalNonCompliant: 1,
      securityNonCompliant: 2,
      otherNonCompliant: 4,
      operation: 'Scan',
      endedAt: '2026-03-02T04:00:00.000Z',
    },
  },
};

describeReader(contract);

test('a terminated instance is listed like any other', async () => {
  const terminated = { ...instance, State: { Name: 'terminated' }, NetworkInterfaces: [] };
  const { resource } = await subjectOf(contract, { ...region, 'ec2:DescribeInstances': reservations(terminated) });
  expect(await facetOf(resource, 'instance')).toMatchObject({ state: 'terminated' });
  expect(await facetOf(resource, 'interfaces')).toEqual([]);
});

test('a reservation that does not tell its instances makes the listing partial', async () => {
  const { session } = fakeSession({ ...region, 'ec2:DescribeInstances': { Reservations: [{ OwnerId: ACCOUNT }] } });
  expect((await instances.list(session, scopeOf(instances))).unread).toMatchObject({
    cause: 'malformed',
    operation: 'ec2:DescribeInstances',
  });
});

test('metadata options that EC2 does not tell are unread, not secure', async () => {
  const { resource } = await subjectOf(contract, {
    ...region,
    'ec2:DescribeInstances': reservations({ ...instance, MetadataOptions: {} }),
  });
  expect(await refusalOf(() => facetOf(resource, 'metadataOptions'))).toMatchObject({ cause: 'malformed' });
});

test.each([
  'publicAddresses',
  'interfaces',
  'exposedRole',
])('interfaces that EC2 does not tell are unread, not absent: %s', async (facet) => {
  const { NetworkInterfaces: _untold, ...rest } = instance;
  const { resource } = await subjectOf(contract, { ...region, 'ec2:DescribeInstances': reservations(rest) });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeInstances' });
});

test('an instance without an image hides neither itself nor its interfaces', async () => {
  const { ImageId: _untold, ...rest } = instance;
  const { resource } = await subjectOf(contract, {
    ...region,
    'ec2:DescribeInstances': reservations(rest),
    'ec2:DescribeInstanceImageMetadata': { InstanceImageMetadata: [] },
  });
  expect(await refusalOf(() => facetOf(resource, 'image'))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeInstances' });
  expect(await resource.facet('interfaces')).toMatchObject({ read: true, value: { known: [{ interfaceId: 'eni-1' }] } });
});

test('the number of calls does not grow with the number of instances', async () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ ...instance, InstanceId: `i-${index}`, ImageId: `ami-${index % 7}` }));
  const { session, sent } = fakeSession({
    ...region,
    'ec2:DescribeInstances': reservations(...many),
    'ec2:DescribeInstanceImageMetadata': { InstanceImageMetadata: [] },
    'ssm:DescribeInstanceInformation': { InstanceInformationList: many.map(({ InstanceId }) => ({ InstanceId })) },
  });
  const { known } = await instances.list(session, scopeOf(instances));
  for (const resource of known) for (const name of Object.keys(instances.facetCalls)) await resource.facet(name);
  const listings = sent.filter(({ operation }) => /^(ec2|ssm):/.test(operation));
  expect(listings.every(({ input }) => Number(input.MaxResults) >= 50)).toBe(true);
  const asked = Map.groupBy(sent, ({ operation }) => operation);
  expect(Object.fromEntries([...asked].map(([operation, requests]) => [operation, requests.length]))).toEqual({
    'autoscaling:DescribeAutoScalingGroups': 1,
    'ec2:DescribeLaunchTemplateVersions': 1,
    'ec2:DescribeInstances': 1,
    'ec2:DescribeInstanceImageMetadata': 1,
    // Those without metadata, those of launch templates, and the family of both.
    'ec2:DescribeImages': 3,
    'ec2:DescribeSecurityGroups': 1,
    'ec2:DescribeNetworkAcls': 1,
    'ec2:DescribeNetworkInterfaces': 1,
    'ec2:DescribeRouteTables': 1,
    'ec2:DescribeSubnets': 1,
    'elasticloadbalancing:DescribeLoadBalancers': 1,
    'elb:DescribeLoadBalancers': 1,
    'iam:GetInstanceProfile': 1,
    'iam:GetPolicy': 1,
    'iam:GetPolicyVersion': 1,
    'iam:GetRole': 1,
    'iam:GetRolePolicy': 1,
    'iam:ListAttachedRolePolicies': 1,
    'iam:ListRolePolicies': 1,
    'ssm:DescribeInstanceInformation': 1,
    'ssm:DescribeInstancePatchStates': 6,
  });
});
