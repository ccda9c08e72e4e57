import { expect, test } from 'vitest';
import { instances } from '../../../inventory/ec2/instance.ts';
import { launchTemplates } from '../../../inventory/ec2/launch-template.ts';
import { networkInterfaces } from '../../../inventory/ec2/network-interface.ts';
import { securityGroups } from '../../../inventory/ec2/security-group.ts';
import { volumes } from '../../../inventory/ec2/volume.ts';
import { facetOf, refusalOf, scopeOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, refused } from '../fake-session.ts';

const group = (GroupId: unknown) => ({
  GroupId,
  GroupName: 'g',
  OwnerId: ACCOUNT,
  VpcId: 'vpc-1',
  IpPermissions: [],
  IpPermissionsEgress: [],
});

function valuesOf({ Filters }: Input): readonly string[] {
  return Array.isArray(Filters) ? Filters.flatMap(({ Values }) => Values) : [];
}

/** An EC2 whose groups are those that are asked for. */
const groups: Answers = {
  'ec2:DescribeSecurityGroups': (input) => ({ SecurityGroups: valuesOf(input).map(group) }),
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-2' }] }] },
};

test('ids are asked for by filter, in the largest page: one that is gone fails nobody else', async () => {
  const { session, sent } = fakeSession(groups);
  await securityGroups.only(session, scopeOf(securityGroups), ['sg-1', `arn:aws:ec2:eu-central-1:${ACCOUNT}:security-group/sg-2`]);
  expect(sent.map(({ input }) => input)).toEqual([{ MaxResults: 1_000, Filters: [{ Name: 'group-id', Values: ['sg-1', 'sg-2'] }] }]);
});

test('what hangs on groups is asked for together, and for these groups only', async () => {
  const { session, sent } = fakeSession(groups);
  const { known } = await securityGroups.only(session, scopeOf(securityGroups), ['sg-1', 'sg-2']);
  const attached = await Promise.all(known.map((resource) => facetOf(resource, 'attachments')));
  expect(attached).toEqual([[], [{ interfaceId: 'eni-1', owner: 'interface', hasPublicAddress: false }]]);
  expect(sent.slice(1).map(({ operation, input }) => [operation, valuesOf(input)])).toEqual([
    ['ec2:DescribeNetworkInterfaces', ['sg-1', 'sg-2']],
  ]);
});

test.each([
  [instances, 'ec2:DescribeInstances', { Reservations: [] }],
  [volumes, 'ec2:DescribeVolumes', { Volumes: [] }],
  [networkInterfaces, 'ec2:DescribeNetworkInterfaces', { NetworkInterfaces: [] }],
  [launchTemplates, 'ec2:DescribeLaunchTemplateVersions', { LaunchTemplateVersions: [] }],
])('what services run is asked for even where the account hides it: $type', async (reader, operation, answer) => {
  const { session, sent } = fakeSession({ [operation]: answer });
  await reader.list(session, scopeOf(reader));
  await reader.only(session, scopeOf(reader), ['id-1']);
  const asked = sent.filter((request) => request.operation === operation).map(({ input }) => input.IncludeManagedResources);
  expect(asked).toEqual([true, true]);
});

test('a filter takes 200 values: more ids are more requests, each id in one of them', async () => {
  const { session, sent } = fakeSession(groups);
  const ids = Array.from({ length: 201 }, (_, index) => `sg-${index}`);
  const { known } = await securityGroups.only(session, scopeOf(securityGroups), [...ids, 'sg-0', '']);
  expect(known.map(({ identity }) => identity.id).sort()).toEqual(ids.toSorted());
  expect(sent.map(({ input }) => valuesOf(input).length)).toEqual([200, 1]);
});

test('one request of several that is refused leaves nothing to be taken for all there is', async () => {
  const { session } = fakeSession({
    'ec2:DescribeSecurityGroups': (input) => {
      if (valuesOf(input).length < 200) throw refused('RequestLimitExceeded');
      return { SecurityGroups: [] };
    },
  });
  const ids = Array.from({ length: 201 }, (_, index) => `sg-${index}`);
  const reason = await refusalOf(() => securityGroups.only(session, scopeOf(securityGroups), ids));
  expect(reason).toMatchObject({ cause: 'throttled' });
});

test('an id that EC2 would take for a pattern brings nothing that was not asked for', async () => {
  const { session } = fakeSession({ 'ec2:DescribeSecurityGroups': { SecurityGroups: [group('sg-1'), group('sg-2')] } });
  expect((await securityGroups.only(session, scopeOf(securityGroups), ['sg-*', 'sg-2'])).known).toMatchObject([
    { identity: { id: 'sg-2' } },
  ]);
});

test('no ids are no request', async () => {
  const { session, sent } = fakeSession({});
  expect(await securityGroups.only(session, scopeOf(securityGroups), [])).toMatchObject({ known: [], unread: undefined });
  expect(sent).toEqual([]);
});

test("an instance's image, patches and operating system are asked of it alone", async () => {
  const instance = { InstanceId: 'i-1', ImageId: 'ami-1', Architecture: 'arm64', State: { Name: 'running' } };
  const image = { ImageId: 'ami-1', Name: 'app-2026-01-01', State: 'available', CreationDate: '2026-01-01T00:00:00Z', OwnerId: ACCOUNT };
  const { session, sent } = fakeSession({
    'ec2:DescribeInstances': { Reservations: [{ OwnerId: ACCOUNT, Instances: [instance] }] },
    'ec2:DescribeInstanceImageMetadata': { InstanceImageMetadata: [] },
    'ec2:DescribeImages': { Images: [image] },
    'ssm:DescribeInstanceInformation': {
      InstanceInformationList: [{ InstanceId: 'i-1', PlatformName: 'Ubuntu', PlatformVersion: '24.04' }],
    },
  });
  const { known } = await instances.only(session, scopeOf(instances), ['i-1']);
  for (const resource of known) for (const name of ['image', 'newerImage', 'operatingSystem']) await resource.facet(name);
  const asked = Object.fromEntries(sent.map(({ operation, input }) => [operation, valuesOf(input)]));
  expect(asked).toMatchObject({
    'ec2:DescribeInstances': ['i-1'],
    'ec2:DescribeInstanceImageMetadata': ['i-1'],
    'ssm:DescribeInstanceInformation': ['i-1'],
  });
});

test('a launch template is asked for by its id, and one that is gone is no refusal', async () => {
  const version = { LaunchTemplateId: 'lt-1', VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: {} };
  const { session, sent } = fakeSession({
    'ec2:DescribeLaunchTemplateVersions': ({ LaunchTemplateId }) => {
      if (LaunchTemplateId !== 'lt-1') throw refused('InvalidLaunchTemplateId.NotFound');
      return { LaunchTemplateVersions: [version] };
    },
  });
  const found = await launchTemplates.only(session, scopeOf(launchTemplates), ['lt-1', 'lt-2']);
  expect(found).toMatchObject({ known: [{ identity: { id: 'lt-1' } }], unread: undefined });
  expect(sent.map(({ input }) => [input.LaunchTemplateId, input.Versions])).toEqual([
    ['lt-1', ['$Default', '$Latest']],
    ['lt-2', ['$Default', '$Latest']],
  ]);
});
