import type {
  DescribeInstanceImageMetadataResult,
  DescribeInstancesResult,
  DescribeNetworkInterfacesResult,
  DescribeSecurityGroupsResult,
  InstanceNetworkInterface,
} from '@aws-sdk/client-ec2';
import type { GetAccountAuthorizationDetailsResponse } from '@aws-sdk/client-iam';

/** How much an imagined account holds. Regional resources are spread evenly over its regions. */
export interface Estate {
  readonly users: number;
  readonly roles: number;
  readonly buckets: number;
  readonly instances: number;
  readonly securityGroups: number;
  readonly regions: number;
}

export const ACCOUNT_ID = '111122223333';
const CREATED = new Date('2026-08-01T00:00:00Z');
const IMAGES_PER_REGION = 40;
/** Instances of every region carry groups that every region has. */
const INSTANCE_GROUPS = 17;

/** Names of the regions, the global one among them. */
export function regionsOf({ regions }: Estate): readonly string[] {
  const names = [
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'eu-central-1',
    'eu-north-1',
    'ap-south-1',
  ];
  const more = ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'sa-east-1'];
  return [...names, ...more].slice(0, regions);
}

/** Which of `total` things stand in a region, as indexes. */
export function indexesIn(estate: Estate, region: string, total: number): readonly number[] {
  const regions = regionsOf(estate);
  const place = regions.indexOf(region);
  return Array.from({ length: Math.max(0, Math.ceil((total - place) / regions.length)) }, (_, step) => place + step * regions.length);
}

const id = (prefix: string, index: number): string => `${prefix}-${index.toString(16).padStart(17, '0')}`;
const imageOf = (index: number): string => id('ami', index % IMAGES_PER_REGION);

export function securityGroup(index: number): NonNullable<DescribeSecurityGroupsResult['SecurityGroups']>[number] {
  const open = index % 20 === 0;
  return {
    GroupId: id('sg', index),
    GroupName: index % 50 === 0 ? 'default' : `group-${index}`,
    Description: 'a group',
    OwnerId: ACCOUNT_ID,
    VpcId: 'vpc-1',
    IpPermissions: [
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        IpRanges: [{ CidrIp: '0.0.0.0/0' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
      {
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        IpRanges: [{ CidrIp: open ? '0.0.0.0/0' : '10.0.0.0/8' }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
    IpPermissionsEgress: [],
    Tags: [{ Key: 'team', Value: 'payments' }],
  };
}

export function networkInterface(index: number, groups: number): NonNullable<DescribeNetworkInterfacesResult['NetworkInterfaces']>[number] {
  const address = `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
  return {
    NetworkInterfaceId: id('eni', index),
    SubnetId: 'subnet-1',
    VpcId: 'vpc-1',
    OwnerId: ACCOUNT_ID,
    Status: 'in-use',
    InterfaceType: 'interface',
    PrivateIpAddress: address,
    Groups: [{ GroupId: id('sg', index % Math.max(1, groups)), GroupName: 'g' }],
    Attachment: { InstanceId: id('i', index), Status: 'attached' },
    PrivateIpAddresses: [
      { PrivateIpAddress: address, Primary: true, ...(index % 10 === 0 ? { Association: { PublicIp: '203.0.113.7' } } : {}) },
    ],
    Ipv6Addresses: [],
  };
}

export function instance(index: number): NonNullable<NonNullable<DescribeInstancesResult['Reservations']>[number]['Instances']>[number] {
  return {
    InstanceId: id('i', index),
    ImageId: imageOf(index),
    State: { Code: 16, Name: 'running' },
    LaunchTime: CREATED,
    PlatformDetails: 'Linux/UNIX',
    SubnetId: 'subnet-1',
    VpcId: 'vpc-1',
    NetworkInterfaces: [toInstanceInterface(index)],
    MetadataOptions: {
      State: 'applied',
      HttpTokens: index % 3 === 0 ? 'optional' : 'required',
      HttpEndpoint: 'enabled',
      HttpPutResponseHopLimit: 1,
    },
    Tags: [{ Key: 'Name', Value: `instance-${index}` }],
  };
}

/** What DescribeInstances tells of an interface: one in ten has a public address. */
function toInstanceInterface(index: number): NonNullable<InstanceNetworkInterface> {
  const { NetworkInterfaceId, SubnetId, VpcId, Groups, PrivateIpAddresses, Ipv6Addresses } = networkInterface(index, INSTANCE_GROUPS);
  return { NetworkInterfaceId, SubnetId, VpcId, Groups, PrivateIpAddresses, Ipv6Addresses };
}

export function imageMetadata(index: number): NonNullable<DescribeInstanceImageMetadataResult['InstanceImageMetadata']>[number] {
  return {
    InstanceId: id('i', index),
    OwnerId: ACCOUNT_ID,
    ImageMetadata: { ...image(index % IMAGES_PER_REGION), ImageOwnerAlias: 'amazon' },
  };
}

export function image(index: number) {
  return {
    ImageId: id('ami', index),
    Name: `al2023-ami-2023.5.202408${String((index % 28) + 1).padStart(2, '0')}.0-kernel-6.1-x86_64`,
    OwnerId: '137112412989',
    State: 'available' as const,
    CreationDate: '2026-07-01T00:00:00.000Z',
    DeprecationTime: '2028-07-01T00:00:00.000Z',
    IsPublic: true,
  };
}

const document = (statement: object): string => encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));

export function user(index: number): NonNullable<GetAccountAuthorizationDetailsResponse['UserDetailList']>[number] {
  return {
    Path: '/',
    UserName: `user-${index}`,
    UserId: `AIDA${index}`,
    Arn: `arn:aws:iam::${ACCOUNT_ID}:user/user-${index}`,
    CreateDate: CREATED,
    GroupList: ['developers'],
    AttachedManagedPolicies:
      index % 10 === 0 ? [{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] : [],
    UserPolicyList: [],
    Tags: [],
  };
}

export function role(index: number): NonNullable<GetAccountAuthorizationDetailsResponse['RoleDetailList']>[number] {
  return {
    Path: '/',
    RoleName: `role-${index}`,
    RoleId: `AROA${index}`,
    Arn: `arn:aws:iam::${ACCOUNT_ID}:role/role-${index}`,
    CreateDate: CREATED,
    AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    RolePolicyList: [
      {
        PolicyName: 'inline',
        PolicyDocument: document({ Effect: 'Allow', Action: ['s3:GetObject', 'dynamodb:*'], Resource: 'arn:aws:s3:::x/*' }),
      },
    ],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
    Tags: [],
  };
}

export function credentialReport({ users }: Estate): string {
  const header =
    'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
  const row = (name: string, arn: string, mfa: boolean): string =>
    `${name},${arn},2026-08-01T00:00:00+00:00,true,2026-10-20T00:00:00+00:00,2026-08-01T00:00:00+00:00,N/A,${mfa},false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A`;
  const rows = Array.from({ length: users }, (_, index) =>
    row(`user-${index}`, `arn:aws:iam::${ACCOUNT_ID}:user/user-${index}`, index % 50 !== 0),
  );
  return [header, row('<root_account>', `arn:aws:iam::${ACCOUNT_ID}:root`, true), ...rows].join('\n');
}
