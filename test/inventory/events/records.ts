import type { Raw } from './corpus.ts';

const ACCOUNT = '111122223333';
const user = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${ACCOUNT}:user/ana`,
  accountId: ACCOUNT,
  accessKeyId: 'AKIAEXAMPLE',
  userName: 'ana',
};

/** A successful call of an IAM user, but for what is said otherwise. */
export function record(other: Raw = {}): Raw {
  return {
    eventVersion: '1.11',
    userIdentity: user,
    eventTime: '2026-11-21T08:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'Boto3/1.40.0 md/Botocore#1.40.0',
    requestParameters: null,
    responseElements: null,
    requestID: 'c0ffee00-0000-4000-8000-000000000000',
    eventID: 'e0000000-0000-4000-8000-000000000001',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...other,
  };
}

/** One record of each shape that matters, for tests that break them. */
export const shapes: readonly Raw[] = [
  record({
    requestParameters: {
      groupId: 'sg-0a',
      ipPermissions: {
        items: [{ ipProtocol: 'tcp', fromPort: '22', toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] }, ipv6Ranges: {} }],
      },
    },
    responseElements: { _return: true, securityGroupRuleSet: { items: [{ groupId: 'sg-0a', securityGroupRuleId: 'sgr-1' }] } },
  }),
  record({
    eventName: 'CreateFlowLogs',
    requestParameters: {
      CreateFlowLogsRequest: { ResourceId: { tag: 1, content: 'vpc-0a' }, TagSpecification: { tag: 1, Tag: { Value: true, tag: 1 } } },
    },
    responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: 'fl-1' } } },
  }),
  record({
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    requestParameters: { bucketName: 'b', policy: [''], Host: ['b.s3.amazonaws.com'], bucketPolicy: { Statement: [{ Effect: 'Allow' }] } },
    resources: [{ type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::b', accountId: ACCOUNT }],
  }),
  record({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    userIdentity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
    responseElements: { ConsoleLogin: 'Failure' },
    additionalEventData: { MFAUsed: 'No', LoginTo: 'https://console.aws.amazon.com/' },
    errorMessage: 'Failed authentication',
  }),
  record({
    eventSource: 'lambda.amazonaws.com',
    eventName: 'AddPermission20150331v2',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:ana@example.com',
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ana@example.com`,
      accountId: ACCOUNT,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/x`, userName: 'AWSReservedSSO_Admin_0123456789abcdef' },
        attributes: { mfaAuthenticated: 'false' },
        sourceIdentity: 'ana',
      },
      onBehalfOf: { userId: 'u-1' },
    },
    requestParameters: { functionName: 'f', principal: '*', omitted: false },
  }),
  record({
    userIdentity: { accountId: ACCOUNT, invokedBy: 'rds.amazonaws.com' },
    eventType: 'AwsServiceEvent',
    serviceEventDetails: { a: 1 },
  }),
];
