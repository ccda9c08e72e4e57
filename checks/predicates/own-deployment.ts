/** All our names begin with it, and so do the names that CloudFormation makes up in our stacks. */
export const OWN_PREFIX = 'cloud-posture';

/** Calls to one service that would blind us if they touched something of ours. */
export interface OwnCalls {
  /** As ARNs and rules name it; CloudTrail names it `<service>.amazonaws.com`. */
  readonly service: string;
  /** Names of events, without Lambda's dates. */
  readonly calls: readonly string[];
  /**
   * Where a request names what it touches (`muteTargets.alarmNames`: a member of a member), and what stands before our name there: nothing, or a text in
   * which `{partition}`, `{region}`, `{account}` and `{host}` stand for what is in their place.
   */
  readonly request: Readonly<Record<string, readonly string[]>>;
  /** The same for answers, where a request names it by an id alone. */
  readonly response?: Readonly<Record<string, readonly string[]>>;
}

const NAME = [''];
const arn = (service: string, what: string): string => `arn:{partition}:${service}:{region}:{account}:${what}`;
const global = (service: string, what: string): string => `arn:{partition}:${service}::{account}:${what}`;

const FUNCTION = ['', arn('lambda', 'function:'), '{account}:function:', 'function:'];
const STACK = ['', 'StackSet-', arn('cloudformation', 'stack/'), arn('cloudformation', 'stack/StackSet-')];
const TABLE = ['', arn('dynamodb', 'table/')];
const TOPIC = [arn('sns', '')];
const QUEUE = ['https://{host}/{account}/'];
const MACHINE = [arn('states', 'stateMachine:')];
const BUS = ['', arn('events', 'event-bus/')];
const ALIAS = ['alias/', arn('kms', 'alias/')];
const LOG = ['/aws/lambda/', '/aws/vendedlogs/states/', ''];

/**
 * What counts as tampering with us, for the check that tells it and for the rules that send it past everything that could have been tampered with.
 * Names of parameters are CloudTrail's. The key has an id that nobody can tell for ours, and mappings are known by the answer alone.
 */
export const OWN_CALLS: readonly OwnCalls[] = [
  {
    service: 'iam',
    calls: [
      'AttachRolePolicy',
      'CreatePolicyVersion',
      'DeletePolicy',
      'DeletePolicyVersion',
      'DeleteRole',
      'DeleteRolePermissionsBoundary',
      'DeleteRolePolicy',
      'DetachRolePolicy',
      'PutRolePermissionsBoundary',
      'PutRolePolicy',
      'SetDefaultPolicyVersion',
      'UpdateAssumeRolePolicy',
      'UpdateRole',
    ],
    request: { roleName: NAME, policyArn: [global('iam', 'policy/')] },
  },
  {
    service: 'cloudformation',
    calls: [
      'CancelUpdateStack',
      'ContinueUpdateRollback',
      'DeleteStack',
      'DeleteStackInstances',
      'DeleteStackSet',
      'ExecuteChangeSet',
      'RollbackStack',
      'SetStackPolicy',
      'StopStackSetOperation',
      'UpdateStack',
      'UpdateStackInstances',
      'UpdateStackSet',
      'UpdateTerminationProtection',
    ],
    request: { stackName: STACK, stackSetName: ['', arn('cloudformation', 'stackset/')] },
  },
  {
    service: 'events',
    calls: [
      'DeleteEventBus',
      'DeleteRule',
      'DisableRule',
      'PutPermission',
      'PutRule',
      'PutTargets',
      'RemovePermission',
      'RemoveTargets',
      'UpdateEventBus',
    ],
    request: { name: NAME, rule: NAME, eventBusName: BUS },
  },
  { service: 'scheduler', calls: ['DeleteSchedule', 'UpdateSchedule'], request: { name: NAME } },
  {
    service: 'lambda',
    calls: [
      'AddPermission',
      'CreateEventSourceMapping',
      'CreateFunctionUrlConfig',
      'DeleteEventSourceMapping',
      'DeleteFunction',
      'DeleteFunctionConcurrency',
      'DeleteFunctionEventInvokeConfig',
      'PutFunctionConcurrency',
      'PutFunctionEventInvokeConfig',
      'PutRuntimeManagementConfig',
      'RemovePermission',
      'UpdateEventSourceMapping',
      'UpdateFunctionCode',
      'UpdateFunctionConfiguration',
      'UpdateFunctionEventInvokeConfig',
      'UpdateFunctionUrlConfig',
    ],
    request: { functionName: FUNCTION },
    response: { functionArn: [arn('lambda', 'function:')] },
  },
  {
    service: 'dynamodb',
    calls: [
      'DeleteBackup',
      'DeleteResourcePolicy',
      'DeleteTable',
      'PutResourcePolicy',
      'UpdateContinuousBackups',
      'UpdateTable',
      'UpdateTimeToLive',
    ],
    request: { tableName: TABLE, resourceArn: TABLE, backupArn: TABLE },
  },
  {
    service: 'sns',
    calls: [
      'AddPermission',
      'DeleteTopic',
      'PutDataProtectionPolicy',
      'RemovePermission',
      'SetSubscriptionAttributes',
      'SetTopicAttributes',
      'Subscribe',
      'Unsubscribe',
    ],
    request: { topicArn: TOPIC, subscriptionArn: TOPIC, resourceArn: TOPIC },
  },
  {
    service: 'sqs',
    calls: ['AddPermission', 'DeleteQueue', 'PurgeQueue', 'RemovePermission', 'SetQueueAttributes'],
    request: { queueUrl: QUEUE },
  },
  {
    service: 'states',
    calls: ['DeleteStateMachine', 'StopExecution', 'UpdateMapRun', 'UpdateStateMachine'],
    request: { stateMachineArn: MACHINE, executionArn: [arn('states', 'execution:')], mapRunArn: [arn('states', 'mapRun:')] },
  },
  {
    service: 'monitoring',
    calls: ['DeleteAlarms', 'DisableAlarmActions', 'PutAlarmMuteRule', 'PutMetricAlarm', 'SetAlarmState'],
    request: { alarmNames: NAME, alarmName: NAME, 'muteTargets.alarmNames': NAME },
  },
  {
    service: 'logs',
    calls: ['DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy'],
    request: { logGroupName: LOG, logGroupIdentifier: LOG },
  },
  {
    service: 's3',
    calls: [
      'DeleteBucket',
      'DeleteBucketPolicy',
      'DeleteBucketPublicAccessBlock',
      'PutBucketAcl',
      'PutBucketEncryption',
      'PutBucketLifecycle',
      'PutBucketPolicy',
      'PutBucketPublicAccessBlock',
    ],
    request: { bucketName: NAME },
  },
  {
    service: 'kms',
    calls: ['DeleteAlias', 'DisableKey', 'PutKeyPolicy', 'RevokeGrant', 'ScheduleKeyDeletion', 'UpdateAlias'],
    request: { keyId: ALIAS, aliasName: ALIAS },
  },
];
