import { describe, expect, test } from 'vitest';
import {
  BUS,
  EVENTS_BUS,
  functionNamed,
  HUB_STACK,
  MACHINE,
  OPERATIONS_TOPIC,
  PREFIX,
  REGION_STACK,
  SCHEDULE,
  TAMPERING_RULE,
  TOPIC,
  UNDELIVERED,
} from '../../../cdk/names.ts';
import ownDeployment from '../../../checks/activity/own-deployment-tampered.ts';
import type { Activity, ExampleEvent } from '../../../checks/activity.ts';
import { judgeActivity } from '../../../checks/activity-registry.ts';
import { exampleEvent } from './example-event.ts';

const ACCOUNT = '111122223333';
const ID = '0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f';
const arn = (service: string, what: string, partition = 'aws') => `arn:${partition}:${service}:eu-west-1:${ACCOUNT}:${what}`;

function judged(record: ExampleEvent, params: object = {}): (Activity & { readonly severity: string }) | undefined {
  const activity = judgeActivity(ownDeployment, exampleEvent(record), { ...ownDeployment.params, ...params });
  return activity && { ...activity, severity: activity.severity ?? ownDeployment.severity };
}

function touched(service: string, eventName: string, requestParameters: object, more: object = {}): string | undefined {
  return judged({ eventSource: `${service}.amazonaws.com`, eventName, requestParameters, ...more })?.severity;
}

/** Each thing of ours, named in every way in which a call may name it. */
const THINGS = [
  ['a function', 'lambda', 'UpdateFunctionCode20150331v2', { functionName: functionNamed('scan') }],
  [
    'a function, by ARN and alias',
    'lambda',
    'DeleteFunction20150331',
    { functionName: arn('lambda', `function:${functionNamed('react')}:live`) },
  ],
  [
    'a function, by a part of its ARN',
    'lambda',
    'AddPermission20150331v2',
    { functionName: `${ACCOUNT}:function:${functionNamed('plan')}` },
  ],
  [
    'a function of the other partition',
    'lambda',
    'DeleteFunction20150331',
    { functionName: arn('lambda', 'function:cloud-posture-plan', 'aws-cn') },
  ],
  ['the table', 'dynamodb', 'DeleteTable', { tableName: `${HUB_STACK}-FindingsTable0A1B2C3D-4E5F6A7B8C9D` }],
  ['the table, by its ARN', 'dynamodb', 'UpdateTable', { tableName: arn('dynamodb', `table/${HUB_STACK}-FindingsTable0A1B2C3D`) }],
  ['a backup of the table', 'dynamodb', 'DeleteBackup', { backupArn: arn('dynamodb', `table/${HUB_STACK}-FindingsTable0A1B/backup/01`) }],
  ['a topic', 'sns', 'DeleteTopic', { topicArn: arn('sns', TOPIC) }],
  ['the topic of operations', 'sns', 'SetTopicAttributes', { topicArn: arn('sns', OPERATIONS_TOPIC), attributeName: 'Policy' }],
  ['a subscription', 'sns', 'Unsubscribe', { subscriptionArn: arn('sns', `${TOPIC}:${ID}`) }],
  ['a queue', 'sqs', 'PurgeQueue', { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/${UNDELIVERED}` }],
  ['the queue of events', 'sqs', 'SetQueueAttributes', { queueUrl: `https://eu-west-1.queue.amazonaws.com/${ACCOUNT}/${EVENTS_BUS}` }],
  ['the state machine', 'states', 'UpdateStateMachine', { stateMachineArn: arn('states', `stateMachine:${MACHINE}`) }],
  ['a map of an audit', 'states', 'UpdateMapRun', { mapRunArn: arn('states', `mapRun:${MACHINE}/Scan:${ID}`) }],
  ['the schedule', 'scheduler', 'UpdateSchedule', { name: SCHEDULE, state: 'DISABLED' }],
  ['an alarm among others', 'monitoring', 'DeleteAlarms', { alarmNames: ['cpu', `${PREFIX}-undelivered`] }],
  ['an alarm that is muted', 'monitoring', 'PutAlarmMuteRule', { name: 'night', muteTargets: { alarmNames: [`${PREFIX}-undelivered`] } }],
  ['the log of a function', 'logs', 'DeleteLogGroup', { logGroupName: `/aws/lambda/${functionNamed('scan')}` }],
  ['the log of the state machine', 'logs', 'PutRetentionPolicy', { logGroupName: `/aws/vendedlogs/states/${MACHINE}`, retentionInDays: 1 }],
  ['the bucket of jobs', 's3', 'PutBucketPolicy', { bucketName: `${HUB_STACK}-jobsbucket0a1b2c3d-4e5f6a7b8c9d` }],
  ['the alias of the key', 'kms', 'DeleteAlias', { aliasName: `alias/${PREFIX}` }],
  ['a rule of a region', 'events', 'DisableRule', { name: `${TAMPERING_RULE}-iam` }],
  ['targets of a rule', 'events', 'RemoveTargets', { rule: `${TAMPERING_RULE}-iam`, ids: ['Target0'] }],
  ['the bus, by its ARN', 'events', 'PutPermission', { eventBusName: arn('events', `event-bus/${BUS}`) }],
  ['a role', 'iam', 'AttachRolePolicy', { roleName: functionNamed('scan'), policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' }],
  ['a policy of the audit role', 'iam', 'CreatePolicyVersion', { policyArn: `arn:aws:iam::${ACCOUNT}:policy/${PREFIX}-audit-1` }],
] as const;

test.each(THINGS)('tells at once who touches %s', (_, service, eventName, request) => {
  expect(touched(service, eventName, request)).toBe('CRITICAL');
  expect(touched(service, eventName, request, { errorCode: 'AccessDenied' })).toBe('HIGH');
  expect(touched(service, eventName, request, { errorCode: 'ValidationException' })).toBe('LOW');
});

test.each(THINGS)('is quiet about others that are like %s', (_, service, eventName, request) => {
  const theirs: unknown = JSON.parse(JSON.stringify(request).replaceAll(PREFIX, 'shop-cloud-posture'));
  if (typeof theirs !== 'object' || theirs === null) throw new Error('no object');
  expect(touched(service, eventName, theirs)).toBeUndefined();
});

test.each([
  ['by its name', { stackName: HUB_STACK }],
  ['by its ARN', { stackName: arn('cloudformation', `stack/${REGION_STACK}/${ID}`) }],
  ['of a stack set', { stackName: `StackSet-${REGION_STACK}-${ID}` }],
  ['of a stack set, by its ARN', { stackName: arn('cloudformation', `stack/StackSet-${REGION_STACK}-${ID}/${ID}`) }],
  ['in a change set', { stackName: HUB_STACK, changeSetName: arn('cloudformation', `changeSet/cdk-deploy-change-set/${ID}`) }],
])('a stack named %s may be a deployment: HIGH', (_, request) => {
  expect(touched('cloudformation', 'ExecuteChangeSet', request)).toBe('HIGH');
});

describe('the audit role may have another name', () => {
  const params = { roleName: 'security-audit' };
  const iam = { eventSource: 'iam.amazonaws.com', eventName: 'DeleteRole' };

  test('and is known by it', () => {
    expect(judged({ ...iam, requestParameters: { roleName: 'security-audit' } }, params)?.severity).toBe('CRITICAL');
    expect(judged({ ...iam, requestParameters: { roleName: 'security-auditor' } }, params)).toBeUndefined();
  });

  test('also where the request was left out of a refusal', () => {
    const errorMessage =
      'User: x is not authorized to perform: iam:DeleteRole on resource: role security-audit because no policy allows it';
    expect(judged({ ...iam, requestParameters: null, errorCode: 'AccessDenied', errorMessage }, params)?.severity).toBe('HIGH');
  });

  test('which nothing else has for that', () => {
    expect(
      judged(
        { eventSource: 'lambda.amazonaws.com', eventName: 'DeleteFunction20150331', requestParameters: { functionName: 'security-audit' } },
        params,
      ),
    ).toBeUndefined();
  });
});

test('what has no name of ours is known by its id', () => {
  const disabled = (keyId: string) =>
    judged({ eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion', requestParameters: { keyId } }, { ids: [ID] })?.severity;
  expect(disabled(ID)).toBe('CRITICAL');
  expect(disabled(arn('kms', `key/${ID}`))).toBe('CRITICAL');
  expect(disabled('11111111-2222-3333-4444-555555555555')).toBeUndefined();
});

describe('what is done for a stack', () => {
  const request = { roleName: functionNamed('scan'), policyName: 'deny' };

  test('by CloudFormation is LOW and told once an hour', () => {
    const userIdentity = { type: 'AssumedRole', accountId: ACCOUNT, invokedBy: 'cloudformation.amazonaws.com' };
    const activity = judged({ eventSource: 'iam.amazonaws.com', eventName: 'PutRolePolicy', requestParameters: request, userIdentity });
    expect(activity).toMatchObject({ severity: 'LOW', once: { minutes: 60 } });
  });

  test('by StackSets, to a stack, is LOW; under a name like its role’s, to a role, it is not', () => {
    const userIdentity = {
      type: 'AssumedRole',
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role/stacksets-exec-0123456789abcdef0123456789abcdef` },
      },
    };
    expect(touched('cloudformation', 'UpdateStack', { stackName: `StackSet-${REGION_STACK}-${ID}` }, { userIdentity })).toBe('LOW');
    expect(touched('iam', 'PutRolePolicy', request, { userIdentity })).toBe('CRITICAL');
  });
});

test('a text that makes no sense hides no name of ours beside it', () => {
  expect(touched('monitoring', 'DeleteAlarms', { alarmNames: [{ of: 'what' }, `${PREFIX}-undelivered`] })).toBe('CRITICAL');
  expect(() => touched('monitoring', 'DeleteAlarms', { alarmNames: [{ of: 'what' }] })).toThrow(
    expect.objectContaining({ name: 'Unread' }),
  );
});

test('the function of a mapping is told by the answer, where the call names the mapping alone', () => {
  const requestParameters = { uUID: ID };
  const responseElements = { functionArn: arn('lambda', `function:${functionNamed('notify')}`), state: 'Deleting' };
  expect(touched('lambda', 'DeleteEventSourceMapping20150331', requestParameters, { responseElements })).toBe('CRITICAL');
  expect(touched('lambda', 'DeleteEventSourceMapping20150331', requestParameters)).toBeUndefined();
});

test('what is ours by its id is found among the resources of an event', () => {
  const record = { eventSource: 'kms.amazonaws.com', eventName: 'PutKeyPolicy', requestParameters: { policyName: 'default' } };
  const resources = [{ ARN: arn('kms', `key/${ID}`), accountId: ACCOUNT, type: 'AWS::KMS::Key' }];
  expect(judged({ ...record, resources }, { ids: [arn('kms', `key/${ID}`)] })?.severity).toBe('CRITICAL');
  expect(judged({ ...record, resources })).toBeUndefined();
});
