const ACCOUNT = '111122223333';
const AGENT =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.76.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go/1.44.157 (go1.22.3; linux; amd64)';

/**
 * What records are about, so many of a hundred: mostly reading, as in a real account, with what each of many checks and resource types look at in between.
 * Their size is that of real ones, about 1,260 bytes.
 */
const MIX: readonly (readonly [number, Readonly<Record<string, unknown>>])[] = [
  [
    30,
    {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeRouteTables',
      readOnly: true,
      requestParameters: described('routeTableIdSet', 'rtb-'),
    },
  ],
  [16, { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeVpcs', readOnly: true, requestParameters: described('vpcSet', 'vpc-') }],
  [
    16,
    {
      eventSource: 'iam.amazonaws.com',
      eventName: 'GetRole',
      readOnly: true,
      requestParameters: { roleName: 'web-server-instances-of-production' },
    },
  ],
  [
    14,
    {
      eventSource: 's3.amazonaws.com',
      eventName: 'GetBucketAcl',
      readOnly: true,
      requestParameters: { bucketName: 'b', acl: [''], Host: 'b.s3.eu-west-1.amazonaws.com' },
    },
  ],
  [
    10,
    {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      readOnly: true,
      requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/deploy`, roleSessionName: 'ci' },
    },
  ],
  [
    3,
    {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DescribeInstances',
      readOnly: true,
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: 'You are not authorized to perform this operation.',
    },
  ],
  [
    3,
    {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'AuthorizeSecurityGroupIngress',
      requestParameters: {
        groupId: 'sg-0a1b2c3d4e5f60718',
        ipPermissions: { items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }] },
      },
    },
  ],
  [
    3,
    {
      eventSource: 'ec2.amazonaws.com',
      eventName: 'CreateRoute',
      requestParameters: { routeTableId: 'rtb-0a1b2c3d4e5f60718', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-0a1b2c3d4e5f60718' },
    },
  ],
  [
    2,
    {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachRolePolicy',
      requestParameters: { roleName: 'deploy', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    },
  ],
  [
    2,
    {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      requestParameters: {
        bucketName: 'b',
        bucketPolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }],
        },
      },
    },
  ],
  [
    1,
    {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'No' },
    },
  ],
];

/** Records in the mix above, spread evenly. */
export function syntheticRecords(count: number): readonly Readonly<Record<string, unknown>>[] {
  const kinds = MIX.flatMap(([share, kind]) => Array.from({ length: share }, () => kind));
  return Array.from({ length: count }, (_, index) => record(kinds[(index * 37) % kinds.length] ?? {}, index));
}

function described(set: string, prefix: string): Readonly<Record<string, unknown>> {
  return { [set]: { items: Array.from({ length: 4 }, (_, index) => ({ id: `${prefix}0a1b2c3d4e5f6071${index}` })) }, filterSet: {} };
}

function record(kind: Readonly<Record<string, unknown>>, index: number): Readonly<Record<string, unknown>> {
  const { eventSource, eventName, ...others } = kind;
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEEXAMPLE001:ana@example.com',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ana@example.com`,
      accountId: ACCOUNT,
      accessKeyId: 'ASIAEXAMPLEEXAMPLE01',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: 'AROAEXAMPLEEXAMPLE001',
          arn: `arn:aws:iam::${ACCOUNT}:role/deploy`,
          accountId: ACCOUNT,
          userName: 'deploy',
        },
        attributes: { creationDate: '2026-11-21T07:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: new Date(Date.UTC(2026, 10, 21) + index * 1_000).toISOString().replace('.000', ''),
    eventSource,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: AGENT,
    requestParameters: null,
    responseElements: null,
    requestID: '00000000-0000-4000-8000-000000000000',
    eventID: '00000000-0000-4000-8000-000000000000',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${String(eventSource).split('.')[0]}.eu-west-1.amazonaws.com`,
    },
    ...others,
  };
}
