import {
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAccessKeysCommand,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';
import { nameOf } from '../error-of.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ regions: ['us-east-1', 'eu-west-1'] });
const ec2 = new EC2Client(aws.client(ID));
const iam = new IAMClient(aws.client(ID));
const idOf = await aws.seed(
  account(ID)
    .passwordPolicy({ minimumLength: 14, reusePrevention: 24 })
    .group('devs')
    .user('alice', { password: true, groups: ['devs'], keys: [{}, { active: false }] })
    .user('robot')
    .role('app')
    .prefixList('offices', ['203.0.113.0/24', '198.51.100.0/24'])
    .securityGroup('web', {
      ingress: ['tcp 443 0.0.0.0/0', 'tcp 22 pl:offices', 'all sg:self', 'tcp 8080 sg:front'],
      egress: ['tcp 5432 10.0.0.0/8'],
    })
    .securityGroup('front')
    .securityGroup('default', { ingress: [], egress: [] })
    .subnet('hidden', { route: 'none' })
    .networkAcl('strict', { ingress: ['100 allow tcp 443 0.0.0.0/0'], subnets: ['hidden'] })
    .networkAcl('default', { ingress: ['50 deny tcp 22 0.0.0.0/0'] })
    .instance('shown', { groups: ['web', 'front'], tokens: 'required', hopLimit: 2, profile: 'app', tags: { stage: 'test' } })
    .instance('hidden', { subnet: 'hidden', public: false, metadataEndpoint: 'disabled' })
    .instance('stopped', { state: 'stopped', public: false })
    .regionSettings('eu-west-1', { ebsEncryption: true }),
);

afterAll(() => aws.stop());

async function instance(name: string) {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [idOf('instance', name)] }));
  return Reservations?.[0]?.Instances?.[0];
}

describe('people', () => {
  it('have passwords, keys and groups', async () => {
    expect((await iam.send(new GetLoginProfileCommand({ UserName: 'alice' }))).LoginProfile?.UserName).toBe('alice');
    expect(await nameOf(iam.send(new GetLoginProfileCommand({ UserName: 'robot' })))).toBe('NoSuchEntityException');
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName: 'alice' }));
    expect(AccessKeyMetadata?.map(({ Status }) => Status)).toEqual(['Active', 'Inactive']);
    expect((await iam.send(new GetGroupCommand({ GroupName: 'devs' }))).Users?.map(({ UserName }) => UserName)).toEqual(['alice']);
  });

  it('call with their keys', async () => {
    const credentials = { accessKeyId: idOf('access-key', 'alice 0'), secretAccessKey: 'x' };
    const { Arn } = await new STSClient({ ...aws.client(), credentials }).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(`arn:aws:iam::${ID}:user/alice`);
  });

  it('have a password policy', async () => {
    const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, PasswordReusePrevention: 24 });
  });
});

describe('networks', () => {
  it('have security groups with exactly the described rules', async () => {
    const GroupIds = [idOf('security-group', 'web'), idOf('security-group', 'front'), idOf('security-group', 'default')];
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds }));
    const [web, front, standard] = GroupIds.map((id) => SecurityGroups.find(({ GroupId }) => GroupId === id));
    expect(web?.IpPermissions).toMatchObject([
      { IpProtocol: 'tcp', FromPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      { IpProtocol: 'tcp', FromPort: 22, PrefixListIds: [{ PrefixListId: idOf('prefix-list', 'offices') }] },
      { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: GroupIds[0] }] },
      { IpProtocol: 'tcp', FromPort: 8080, UserIdGroupPairs: [{ GroupId: GroupIds[1] }] },
    ]);
    expect(web?.IpPermissionsEgress).toMatchObject([{ IpProtocol: 'tcp', FromPort: 5432 }]);
    expect(front?.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }]);
    expect([standard?.GroupName, standard?.IpPermissions, standard?.IpPermissionsEgress]).toEqual(['default', [], []]);
  });

  it('have prefix lists', async () => {
    const { Entries } = await ec2.send(
      new GetManagedPrefixListEntriesCommand({ PrefixListId: idOf('prefix-list', 'offices'), MaxResults: 100 }),
    );
    expect(Entries?.map(({ Cidr }) => Cidr).sort()).toEqual(['198.51.100.0/24', '203.0.113.0/24']);
  });

  it('have ACLs that are associated with their subnets', async () => {
    const NetworkAclIds = [idOf('network-acl', 'strict'), idOf('network-acl', 'default')];
    const { NetworkAcls = [] } = await ec2.send(new DescribeNetworkAclsCommand({ NetworkAclIds }));
    const strict = NetworkAcls.find(({ IsDefault }) => !IsDefault);
    const standard = NetworkAcls.find(({ IsDefault }) => IsDefault);
    expect(strict?.Associations?.map(({ SubnetId }) => SubnetId)).toEqual([idOf('subnet', 'hidden')]);
    expect(strict?.Entries).toContainEqual({
      RuleNumber: 100,
      RuleAction: 'allow',
      Protocol: '6',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 443, To: 443 },
    });
    expect(standard?.Entries?.filter(({ RuleNumber = 0 }) => RuleNumber < 32_767)).toMatchObject([
      { RuleNumber: 50, RuleAction: 'deny', Egress: false },
    ]);
  });

  it('lead to the internet, but for subnets that do not', async () => {
    const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({}));
    const main = RouteTables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
    const hidden = RouteTables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === idOf('subnet', 'hidden')));
    expect(main?.Routes).toContainEqual(
      expect.objectContaining({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: expect.stringMatching(/^igw-/), State: 'active' }),
    );
    expect(hidden?.Routes?.map(({ GatewayId }) => GatewayId)).toEqual(['local']);
  });
});

describe('instances', () => {
  it('have public addresses, or none', async () => {
    const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
    const addressOf = (name: string) =>
      NetworkInterfaces.find(({ Attachment }) => Attachment?.InstanceId === idOf('instance', name))?.Association?.PublicIp;
    expect([addressOf('shown') !== undefined, addressOf('hidden'), addressOf('stopped')]).toEqual([true, undefined, undefined]);
  });

  it('have metadata options, groups, profile and tags', async () => {
    const shown = await instance('shown');
    expect(shown?.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 });
    expect(shown?.SecurityGroups?.map(({ GroupName }) => GroupName).sort()).toEqual(['front', 'web']);
    expect(shown?.IamInstanceProfile?.Arn).toBe(`arn:aws:iam::${ID}:instance-profile/app`);
    expect(shown?.Tags).toEqual(
      expect.arrayContaining([
        { Key: 'Name', Value: 'shown' },
        { Key: 'stage', Value: 'test' },
      ]),
    );
    expect((await instance('hidden'))?.MetadataOptions).toMatchObject({ HttpTokens: 'optional', HttpEndpoint: 'disabled' });
    expect((await instance('stopped'))?.State?.Name).toBe('stopped');
  });
});

describe('region settings', () => {
  it('are those of their region', async () => {
    const encrypted = async (region: string) =>
      (await new EC2Client(aws.client(ID, region)).send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault;
    expect([await encrypted('us-east-1'), await encrypted('eu-west-1')]).toEqual([false, true]);
  });
});

describe('seeding', () => {
  it('is not in the call log', async () => {
    aws.calls.reset();
    await aws.seed(account('444455556666').user('bob'));
    expect(aws.calls.list()).toEqual([]);
  });

  it('knows the ids of what was described, and only of that', () => {
    expect(aws.idOf(ID, 'instance', 'shown')).toMatch(/^i-/);
    expect(() => aws.idOf(ID, 'instance', 'nobody')).toThrow('no instance "nobody" is described for account 111122223333');
  });

  it.each(['12345', 'abcdefghijkl'])('takes no account id such as %s', (id) => {
    expect(() => account(id)).toThrow(/12 digits/);
  });
});
