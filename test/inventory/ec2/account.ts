import type { Answers } from '../fake-session.ts';
import { ACCOUNT, pages } from '../fake-session.ts';

export const AMAZON = '137112412989';

export const networkInterface = {
  NetworkInterfaceId: 'eni-1',
  SubnetId: 'subnet-1',
  VpcId: 'vpc-1',
  Groups: [{ GroupId: 'sg-1' }],
  Attachment: { DeviceIndex: 0, AttachTime: new Date('2025-03-01T10:00:00Z') },
  PrivateIpAddresses: [{ Association: { PublicIp: '198.51.100.1' } }],
  Ipv6Addresses: [],
};

export const instance = {
  InstanceId: 'i-1',
  ImageId: 'ami-1',
  Architecture: 'x86_64',
  State: { Name: 'running' },
  LaunchTime: new Date('2026-03-01T10:00:00Z'),
  PlatformDetails: 'Linux/UNIX',
  IamInstanceProfile: { Arn: `arn:aws:iam::${ACCOUNT}:instance-profile/web` },
  MetadataOptions: { HttpEndpoint: 'enabled', HttpTokens: 'optional', HttpPutResponseHopLimit: 2 },
  NetworkInterfaces: [networkInterface],
  RootDeviceName: '/dev/xvda',
  BlockDeviceMappings: [
    { DeviceName: '/dev/sdf', Ebs: { AttachTime: new Date('2020-01-01T00:00:00Z') } },
    { DeviceName: '/dev/xvda', Ebs: { AttachTime: new Date('2026-02-01T10:00:00Z') } },
  ],
  Tags: [
    { Key: 'aws:autoscaling:groupName', Value: 'web' },
    { Key: 'aws:ec2launchtemplate:id', Value: 'lt-1' },
  ],
};

/** Pins the version that started the instance, although the template has a newer one. */
export const autoScalingGroup = {
  AutoScalingGroupName: 'web',
  LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' },
};

export const templateVersions = [
  { LaunchTemplateId: 'lt-1', VersionNumber: 1, DefaultVersion: true, LaunchTemplateData: { ImageId: 'ami-1' } },
  { LaunchTemplateId: 'lt-1', VersionNumber: 2, DefaultVersion: false, LaunchTemplateData: { ImageId: 'ami-2' } },
];

export const oldImage = {
  ImageId: 'ami-1',
  Name: 'al2023-ami-2023.5.20240805.0-kernel-6.1-x86_64',
  OwnerId: AMAZON,
  ImageOwnerAlias: 'amazon',
  State: 'available',
  CreationDate: '2024-08-05T20:00:00.000Z',
  DeprecationTime: '2024-11-03T20:00:00Z',
};

export const newImage = {
  ...oldImage,
  ImageId: 'ami-2',
  Name: 'al2023-ami-2023.6.20241010.0-kernel-6.1-x86_64',
  CreationDate: '2024-10-10T20:00:00.000Z',
  DeprecationTime: undefined,
  Architecture: 'x86_64',
  Public: true,
};

export const group = {
  GroupId: 'sg-1',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
};

export const acl = {
  NetworkAclId: 'acl-1',
  Associations: [{ SubnetId: 'subnet-1' }],
  Entries: [{ RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0', Egress: false }],
};

export const toInternet = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' };

export const mainTable = {
  RouteTableId: 'rtb-main',
  VpcId: 'vpc-1',
  Associations: [{ Main: true, AssociationState: { State: 'associated' } }],
  Routes: [toInternet],
};

export function reservations(...instances: readonly object[]): object {
  return { Reservations: instances.map((each) => ({ OwnerId: ACCOUNT, Instances: [each] })) };
}

const READING = encodeURIComponent(JSON.stringify({ Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } }));

/** A region with one instance on the internet. */
export const region: Answers = {
  'autoscaling:DescribeAutoScalingGroups': { AutoScalingGroups: [autoScalingGroup] },
  'autoscaling:DescribeLaunchConfigurations': { LaunchConfigurations: [{ LaunchConfigurationName: 'web-2019', ImageId: 'ami-1' }] },
  'ec2:DescribeLaunchTemplateVersions': { LaunchTemplateVersions: templateVersions },
  'ec2:DescribeInstances': pages(reservations(instance), reservations({ ...instance, InstanceId: 'i-2' })),
  'ec2:DescribeInstanceImageMetadata': pages(
    { InstanceImageMetadata: [{ InstanceId: 'i-2', ImageMetadata: { ...newImage, IsPublic: true } }] },
    { InstanceImageMetadata: [{ InstanceId: 'i-1', ImageMetadata: { ...oldImage, IsPublic: true } }] },
  ),
  'ec2:DescribeImages': { Images: [{ ...oldImage, Public: true }, newImage] },
  'ec2:DescribeSecurityGroups': { SecurityGroups: [group] },
  'ec2:DescribeNetworkAcls': { NetworkAcls: [acl] },
  'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: [] },
  'ec2:DescribeRouteTables': { RouteTables: [mainTable] },
  'ec2:DescribeSubnets': { Subnets: [{ SubnetId: 'subnet-1' }] },
  'elasticloadbalancing:DescribeLoadBalancers': { LoadBalancers: [] },
  'elb:DescribeLoadBalancers': { LoadBalancerDescriptions: [] },
  'iam:GetInstanceProfile': { InstanceProfile: { Roles: [{ RoleName: 'web' }] } },
  'iam:GetRole': { Role: { RoleName: 'web', Arn: `arn:aws:iam::${ACCOUNT}:role/web` } },
  'iam:ListRolePolicies': { PolicyNames: ['inline'] },
  'iam:GetRolePolicy': { PolicyDocument: READING },
  'iam:ListAttachedRolePolicies': { AttachedPolicies: [{ PolicyName: 'managed', PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/managed` }] },
  'iam:GetPolicy': { Policy: { DefaultVersionId: 'v2' } },
  'iam:GetPolicyVersion': { PolicyVersion: { Document: READING } },
  'ssm:DescribeInstanceInformation': pages(
    { InstanceInformationList: [{ InstanceId: 'mi-1', PlatformName: 'Ubuntu', PlatformVersion: '22.04' }] },
    {
      InstanceInformationList: [{ InstanceId: 'i-1', PingStatus: 'ConnectionLost', PlatformName: 'Amazon Linux', PlatformVersion: '2023' }],
    },
  ),
  'ssm:DescribeInstancePatchStates': {
    InstancePatchStates: [
      {
        InstanceId: 'i-1',
        MissingCount: 3,
        NotApplicableCount: 2321,
        FailedCount: 1,
        InstalledPendingRebootCount: 2,
        CriticalNonCompliantCount: 1,
        SecurityNonCompliantCount: 2,
        OtherNonCompliantCount: 4,
        Operation: 'Scan',
        OperationEndTime: new Date('2026-03-02T04:00:00Z'),
      },
    ],
  },
};
