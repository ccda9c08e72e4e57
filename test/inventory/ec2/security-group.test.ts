import { describe, expect, test } from 'vitest';
import { securityGroups } from '../../../inventory/ec2/security-group.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, fakeSession, pages, refused } from '../fake-session.ts';

const web = {
  GroupId: 'sg-web',
  GroupName: 'web',
  OwnerId: ACCOUNT,
  VpcId: 'vpc-1',
  Tags: [{ Key: 'team', Value: 'shop' }],
  IpPermissions: [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '10.0.0.0/8' }], PrefixListIds: [{ PrefixListId: 'pl-1' }] },
  ],
  IpPermissionsEgress: [{ IpProtocol: '-1', PrefixListIds: [{ PrefixListId: 'pl-1' }] }],
};
const other = {
  ...web,
  GroupId: 'sg-default',
  GroupName: 'default',
  OwnerId: '999999999999',
  Tags: [],
  IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-web' }, { GroupId: 'sg-default' }] }],
  IpPermissionsEgress: [],
};
const office = { kind: 'prefix-list', id: 'pl-1', cidrs: ['203.0.113.0/24', '198.51.100.0/24'] };

function templateVersion(VersionNumber: number, networkInterface: object) {
  return { LaunchTemplateId: 'lt-1', VersionNumber, LaunchTemplateData: { NetworkInterfaces: [networkInterface] } };
}

const contract: ReaderContract = {
  reader: securityGroups,
  ids: ['sg-web', 'sg-default'],
  answers: {
    'ec2:DescribeSecurityGroups': pages({ SecurityGroups: [web] }, { SecurityGroups: [other] }),
    'ec2:GetManagedPrefixListEntries': pages({ Entries: [{ Cidr: '203.0.113.0/24' }] }, { Entries: [{ Cidr: '198.51.100.0/24' }] }),
    'ec2:DescribeLaunchTemplateVersions': ({ Versions }) => ({
      LaunchTemplateVersions:
        String(Versions) === '2' ? [templateVersion(2, { Groups: ['sg-web'] })] : [templateVersion(3, { Groups: ['sg-2'] })],
    }),
    'autoscaling:DescribeAutoScalingGroups': {
      AutoScalingGroups: [{ AutoScalingGroupName: 'web', LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '2' } }],
    },
    'autoscaling:DescribeLaunchConfigurations': {
      LaunchConfigurations: [
        { LaunchConfigurationName: 'by-name', SecurityGroups: ['web'] },
        { LaunchConfigurationName: 'other', SecurityGroups: ['sg-2'] },
      ],
    },
    'lambda:ListFunctions': {
      Functions: [{ FunctionName: 'report', VpcConfig: { SecurityGroupIds: ['sg-web'] } }, { FunctionName: 'outside' }],
    },
    'ec2:DescribeNetworkInterfaces': pages(
      {
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-web' }, { GroupId: 'sg-2' }], Attachment: { InstanceId: 'i-1' } },
        ],
      },
      {
        NetworkInterfaces: [
          { NetworkInterfaceId: 'eni-2', Groups: [{ GroupId: 'sg-2' }] },
          { NetworkInterfaceId: 'eni-3', Groups: [{ GroupId: 'sg-web' }] },
        ],
      },
    ),
  },
  facets: {
    group: { name: 'web', vpcId: 'vpc-1', isDefault: false, isShared: false },
    ingress: [
      { protocol: 'tcp', ports: { from: 22, to: 22 }, peer: { kind: 'cidr', cidr: '10.0.0.0/8' } },
      { protocol: 'tcp', ports: { from: 22, to: 22 }, peer: office },
    ],
    egress: [{ protocol: 'all', ports: { from: 0, to: 65_535 }, peer: office }],
    attachments: [
      { interfaceId: 'eni-1', owner: 'instance', hasPublicAddress: false },
      { interfaceId: 'eni-3', owner: 'interface', hasPublicAddress: false },
    ],
    namedBy: [
      { kind: 'security-group', name: 'sg-default' },
      { kind: 'launch-template', name: 'lt-1' },
      { kind: 'launch-configuration', name: 'by-name' },
      { kind: 'function', name: 'report' },
    ],
  },
};

describeReader(contract);

test('a group belongs to its owner, who may have shared the VPC', async () => {
  const { session } = fakeSession(contract.answers);
  const { known } = await securityGroups.list(session, scopeOf(securityGroups));
  expect(known.map(({ identity }) => identity)).toMatchObject([
    { arn: `arn:aws:ec2:eu-central-1:${ACCOUNT}:security-group/sg-web`, accountId: ACCOUNT, tags: { team: 'shop' } },
    { arn: 'arn:aws:ec2:eu-central-1:999999999999:security-group/sg-default', accountId: '999999999999' },
  ]);
});

test('a group that names no VPC keeps its rules, and hides no other', async () => {
  const { VpcId: _untold, ...nowhere } = web;
  const answers = { ...contract.answers, 'ec2:DescribeSecurityGroups': { SecurityGroups: [nowhere, other] } };
  const { resource } = await subjectOf(contract, answers);
  expect(await refusalOf(() => facetOf(resource, 'group'))).toMatchObject({ cause: 'malformed', operation: 'ec2:DescribeSecurityGroups' });
  expect(await facetOf(resource, 'ingress')).toHaveLength(2);
  const { known, unread } = await securityGroups.list(fakeSession(answers).session, scopeOf(securityGroups));
  expect([known.map(({ identity }) => identity.id), unread]).toEqual([['sg-web', 'sg-default'], undefined]);
});

test('rules without a prefix list are there at once', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'sg-default' });
  expect(resource.facet('ingress')).toMatchObject({ read: true });
  expect(await facetOf(resource, 'group')).toMatchObject({ isDefault: true, isShared: true });
});

test('a group whose rules let in only its own members is named by nothing', async () => {
  const { resource } = await subjectOf({ ...contract, subject: 'sg-default' });
  expect(await facetOf(resource, 'namedBy')).toEqual([]);
});

test('what names a group is known as far as it was read', async () => {
  const { resource } = await subjectOf(contract, {
    ...contract.answers,
    'lambda:ListFunctions': () => {
      throw refused('AccessDeniedException', 403);
    },
  });
  expect(await resource.facet('namedBy')).toMatchObject({ read: true, value: { known: [{}, {}, { name: 'by-name' }] } });
  expect(await refusalOf(() => facetOf(resource, 'namedBy'))).toMatchObject({ cause: 'denied', operation: 'lambda:ListFunctions' });
});

test('what many groups need is asked once, in the largest pages', async () => {
  const { session, sent } = fakeSession(contract.answers);
  const { known } = await securityGroups.list(session, scopeOf(securityGroups));
  for (const resource of known) for (const name of ['ingress', 'egress', 'attachments']) await facetOf(resource, name);
  expect(sent.map(({ operation, input }) => [operation, input.MaxResults])).toEqual([
    ['ec2:DescribeSecurityGroups', 1_000],
    ['ec2:DescribeSecurityGroups', 1_000],
    ['ec2:GetManagedPrefixListEntries', 100],
    ['ec2:GetManagedPrefixListEntries', 100],
    ['ec2:DescribeNetworkInterfaces', 1_000],
    ['ec2:DescribeNetworkInterfaces', 1_000],
  ]);
});

describe('a refusal', () => {
  test('of a prefix list leaves the other rules known', async () => {
    const { resource } = await subjectOf(contract, {
      ...contract.answers,
      'ec2:GetManagedPrefixListEntries': () => {
        throw refused('UnauthorizedOperation', 403);
      },
    });
    const facet = await resource.facet('ingress');
    expect(facet).toMatchObject({ read: true, value: { known: [{ peer: { cidr: '10.0.0.0/8' } }, { peer: { kind: 'prefix-list' } }] } });
  });

  test('in the middle of the interfaces leaves the attachments partial', async () => {
    const { resource } = await subjectOf(contract, {
      ...contract.answers,
      'ec2:DescribeNetworkInterfaces': pages({ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-web' }] }] }, {}),
    });
    expect(await resource.facet('attachments')).toMatchObject({ read: true, value: { known: [{ interfaceId: 'eni-1' }] } });
    expect(await refusalOf(() => facetOf(resource, 'attachments'))).toMatchObject({ cause: 'malformed' });
  });
});

test('an empty body is no empty region', async () => {
  const { session } = fakeSession({ 'ec2:DescribeSecurityGroups': {} });
  expect(await refusalOf(() => securityGroups.list(session, scopeOf(securityGroups)))).toMatchObject({ cause: 'malformed' });
});
