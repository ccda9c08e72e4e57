import { describe, expect, test } from 'vitest';
import { record } from './records.ts';
import { told } from './told-touches.ts';

const ACCOUNT = '111122223333';

/** What an event touches of the account and of its trails. */
function touchedBy(source: string, eventName: string, requestParameters: object): readonly string[] {
  const call = { eventSource: `${source}.amazonaws.com`, eventName, requestParameters, responseElements: null };
  return told(record(call)).filter((text) => /Account|Trail/.test(text));
}

describe('whether anybody watches the trails', () => {
  test.each([
    ['logs', 'PutMetricFilter', { logGroupName: 'trail', filterName: 'routes' }],
    ['logs', 'DeleteMetricFilter', { logGroupName: 'trail', filterName: 'routes' }],
    ['logs', 'DeleteLogGroup', { logGroupName: 'trail' }],
    ['monitoring', 'PutMetricAlarm', { alarmName: 'routes' }],
    ['monitoring', 'PutCompositeAlarm', { alarmName: 'any' }],
    ['monitoring', 'DeleteAlarms', { alarmNames: ['routes'] }],
    ['monitoring', 'DisableAlarmActions', { alarmNames: ['routes'] }],
    ['monitoring', 'EnableAlarmActions', { alarmNames: ['routes'] }],
    ['sns', 'ConfirmSubscription', { topicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:security` }],
    ['sns', 'Unsubscribe', { subscriptionArn: `arn:aws:sns:us-east-1:${ACCOUNT}:security:1` }],
    ['sns', 'DeleteTopic', { topicArn: `arn:aws:sns:us-east-1:${ACCOUNT}:security` }],
  ])('%s %s', (source, name, request) => {
    expect(touchedBy(source, name, request)).toEqual([`(Account ${ACCOUNT}: monitoring)`]);
  });
});

test.each([
  'CreateEventDataStore',
  'UpdateEventDataStore',
  'DeleteEventDataStore',
  'RestoreEventDataStore',
  'StartEventDataStoreIngestion',
  'StopEventDataStoreIngestion',
])('%s changes the event data stores', (name) => {
  expect(touchedBy('cloudtrail', name, { eventDataStore: 'lake' })).toEqual([`(Account ${ACCOUNT}: eventDataStores)`]);
});

test.each([
  ['PutBucketLogging', '(Trail *: bucketLogging)'],
  ['PutBucketVersioning', '(Trail *: bucketMfaDelete)'],
])('%s may be of the bucket of any trail', (name, touch) => {
  expect(touchedBy('s3', name, { bucketName: 'logs' })).toEqual([touch]);
});
