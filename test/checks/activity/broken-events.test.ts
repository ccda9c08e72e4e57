import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { activityJudge, readyActivity } from '../../../findings/judge-activities.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { exampleEvent } from './example-event.ts';

const judge = activityJudge(activityChecks.map((check) => readyActivity(check)));

/** Whether a check is unsure of an event, sure of it, or silent. */
function stance(check: string, service: string, eventName: string, more: object): string {
  const event = exampleEvent({ eventSource: `${service}.amazonaws.com`, eventName, ...more });
  const said = judge(event).find(({ check: { id } }) => id === `activity-${check}`);
  return said === undefined ? 'silent' : said.unsure ? 'unsure' : 'sure';
}

describe('a request in a form that AWS does not give leaves the check unsure, not silent', () => {
  test.each([
    ['own-deployment-tampered', 'iam', 'DeleteRole', { roleName: [] }],
    ['own-deployment-tampered', 'lambda', 'DeleteFunction', { qualifier: '1' }],
    ['guardduty-tampered', 'guardduty', 'UpdateDetector', { x: { detectorId: 'd', enable: false } }],
    ['guardduty-tampered', 'guardduty', 'UpdateDetector', { detectorId: 'd', features: [{}, {}] }],
    ['guardduty-tampered', 'guardduty', 'UpdateDetector', { detectorId: 'd', dataSources: { s3Logs: { x: false } } }],
    ['cloudtrail-tampered', 'cloudtrail', 'PutEventSelectors', { trailName: 'main', eventSelectors: [{}, {}] }],
    ['cloudtrail-tampered', 'cloudtrail', 'PutInsightSelectors', { trailName: 'main', insightSelectors: ['a', 'b'] }],
    ['cloudtrail-tampered', 'cloudtrail', 'UpdateTrail', { x: { name: 'main', isMultiRegionTrail: false } }],
    ['config-recorder-tampered', 'config', 'PutConfigurationRecorder', { configurationRecorder: { name: 'a', recordingGroup: {} } }],
    ['security-hub-tampered', 'securityhub', 'BatchUpdateFindings', { findingIdentifiers: [{ id: 'a' }], workflow: { x: 'SUPPRESSED' } }],
    ['alarm-deleted', 'monitoring', 'PutMetricAlarm', { x: { alarmName: 'a', actionsEnabled: false } }],
    ['bucket-opened', 's3', 'CreateBucket', { x: { bucketName: 'b' } }],
    ['database-made-public', 'rds', 'ModifyDBInstance', { x: { dBInstanceIdentifier: 'd', publiclyAccessible: true } }],
    ['resource-policy-opened', 'sqs', 'SetQueueAttributes', { queueUrl: 'q', attributes: { x: { Policy: '{}' } } }],
    ['iam-key-created-for-another', 'iam', 'CreateAccessKey', { x: { userName: 'bob' } }],
    ['iam-key-quarantined', 'iam', 'AttachUserPolicy', { userName: 'bob', policyArn: 7 }],
    [
      'web-acl-tampered',
      'wafv2',
      'PutLoggingConfiguration',
      { loggingConfiguration: { resourceArn: 'a', loggingFilter: { filters: [] } } },
    ],
    [
      'user-data-changed',
      'ec2',
      'CreateLaunchTemplateVersion',
      { CreateLaunchTemplateVersionRequest: { LaunchTemplateId: 'lt-1', LaunchTemplateData: { x: { UserData: '' } } } },
    ],
  ])('%s: %s %s %j', (check, service, eventName, requestParameters) => {
    expect(stance(check, service, eventName, { requestParameters })).toBe('unsure');
  });
});

test('a list of resource types is less than all of them, even if nothing says so beside it', () => {
  const requestParameters = { configurationRecorder: { name: 'default', recordingGroup: { resourceTypes: ['AWS::S3::Bucket'] } } };
  expect(stance('config-recorder-tampered', 'config', 'PutConfigurationRecorder', { requestParameters })).toBe('sure');
});

test('a sign-in of which nobody can tell how it ended is not taken for a success', () => {
  expect(stance('sign-in-failed', 'signin', 'ConsoleLogin', { responseElements: { x: { ConsoleLogin: 'Failure' } } })).toBe('unsure');
  expect(stance('sign-in-failed', 'signin', 'ConsoleLogin', { responseElements: { ConsoleLogin: true } })).toBe('unsure');
});

test('the bucket that CloudFormation gives a trail at every update is none that is given anew', () => {
  const requestParameters = { name: 'main', s3BucketName: 'logs', isMultiRegionTrail: true };
  const userIdentity = { type: 'AWSService', invokedBy: 'cloudformation.amazonaws.com' };
  expect(stance('cloudtrail-tampered', 'cloudtrail', 'UpdateTrail', { requestParameters })).toBe('sure');
  expect(stance('cloudtrail-tampered', 'cloudtrail', 'UpdateTrail', { requestParameters, userIdentity })).toBe('silent');
});

test('an insight is whole without the name of a call', () => {
  const insight = {
    eventVersion: '1.09',
    eventTime: '2026-11-21T08:00:00Z',
    awsRegion: 'eu-west-1',
    eventID: '5f2c3a10-7d54-4c1b-9f0e-3b6a8d2e4c11',
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: '111122223333',
    insightDetails: { state: 'Start', eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', insightType: 'ApiCallRateInsight' },
    eventCategory: 'Insight',
  };
  const event = toEvent(insight);
  expect(event && judge(event)).toEqual([]);
});
