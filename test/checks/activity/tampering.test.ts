import { describe, expect, test } from 'vitest';
import accessAnalyzer from '../../../checks/activity/access-analyzer-tampered.ts';
import alarm from '../../../checks/activity/alarm-deleted.ts';
import cloudtrail from '../../../checks/activity/cloudtrail-tampered.ts';
import config from '../../../checks/activity/config-recorder-tampered.ts';
import detection from '../../../checks/activity/detection-service-disabled.ts';
import ebs from '../../../checks/activity/ebs-encryption-default-disabled.ts';
import guardduty from '../../../checks/activity/guardduty-tampered.ts';
import logGroup from '../../../checks/activity/log-group-deleted.ts';
import networkLogging from '../../../checks/activity/network-logging-stopped.ts';
import sharingBlock from '../../../checks/activity/public-sharing-block-disabled.ts';
import securityHub from '../../../checks/activity/security-hub-tampered.ts';
import webAcl from '../../../checks/activity/web-acl-tampered.ts';
import type { Activity, AnyActivityCheck, ExampleEvent } from '../../../checks/activity.ts';
import { judgeActivity } from '../../../checks/activity-registry.ts';
import { exampleEvent } from './example-event.ts';

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

function judged(
  check: AnyActivityCheck,
  eventSource: string,
  record: ExampleEvent,
): (Activity & { readonly severity: string }) | undefined {
  const activity = judgeActivity(check, exampleEvent({ requestParameters: {}, ...record, eventSource }), check.params ?? {});
  return activity && { ...activity, severity: activity.severity ?? check.severity };
}

/** Each by a call that is tampering whatever was asked. */
const PLAIN = [
  [accessAnalyzer, 'access-analyzer.amazonaws.com', 'DeleteAnalyzer'],
  [alarm, 'monitoring.amazonaws.com', 'DeleteAlarms'],
  [cloudtrail, CLOUDTRAIL, 'StopLogging'],
  [cloudtrail, CLOUDTRAIL, 'StopEventDataStoreIngestion'],
  [config, 'config.amazonaws.com', 'DeleteDeliveryChannel'],
  [detection, 'macie2.amazonaws.com', 'DisableMacie'],
  [ebs, 'ec2.amazonaws.com', 'DisableEbsEncryptionByDefault'],
  [guardduty, 'guardduty.amazonaws.com', 'StopMonitoringMembers'],
  [logGroup, 'logs.amazonaws.com', 'DeleteLogGroup'],
  [networkLogging, 'ec2.amazonaws.com', 'DeleteFlowLogs'],
  [sharingBlock, 'ec2.amazonaws.com', 'DisableSnapshotBlockPublicAccess'],
  [securityHub, 'securityhub.amazonaws.com', 'DisableSecurityHub'],
  [webAcl, 'wafv2.amazonaws.com', 'DeleteWebACL'],
] as const;

describe.each(PLAIN)('$0.id by %s %s', (check, source, eventName) => {
  test.each([
    {},
    null,
    'nonsense',
    { omitted: true },
  ])('is as severe when it was refused as when it was done, whatever %j tells', (requestParameters) => {
    const outcomes = [{}, { errorCode: 'AccessDeniedException' }, { errorCode: 'Client.UnauthorizedOperation' }].map((outcome) => {
      try {
        return judged(check, source, { eventName, requestParameters, ...outcome })?.severity;
      } catch (error) {
        return error instanceof Error && error.name === 'Unread' ? check.severity : error;
      }
    });
    expect(outcomes).toEqual([check.severity, check.severity, check.severity]);
  });

  test('is LOW when it failed, and nothing when it was a dry run', () => {
    expect(judged(check, source, { eventName, errorCode: 'InvalidParameterException' })?.severity).toBe('LOW');
    expect(judged(check, source, { eventName, errorCode: 'Client.DryRunOperation' })).toBeUndefined();
  });
});

test('who was refused and perhaps asked for more is told as LOW', () => {
  const refused = { errorCode: 'AccessDenied', requestParameters: null };
  const maybe = [
    judged(cloudtrail, CLOUDTRAIL, { eventName: 'UpdateTrail', ...refused }),
    judged(cloudtrail, CLOUDTRAIL, { eventName: 'PutEventSelectors', ...refused }),
    judged(guardduty, 'guardduty.amazonaws.com', { eventName: 'UpdateDetector', ...refused }),
    judged(config, 'config.amazonaws.com', { eventName: 'PutConfigurationRecorder', ...refused }),
    judged(securityHub, 'securityhub.amazonaws.com', { eventName: 'UpdateStandardsControl', ...refused }),
    judged(alarm, 'monitoring.amazonaws.com', { eventName: 'PutMetricAlarm', ...refused }),
    judged(logGroup, 'logs.amazonaws.com', { eventName: 'PutRetentionPolicy', ...refused }),
    judged(webAcl, 'wafv2.amazonaws.com', { eventName: 'PutLoggingConfiguration', ...refused }),
    judged(detection, 'inspector2.amazonaws.com', { eventName: 'CreateFilter', ...refused }),
  ];
  expect(maybe.map((activity) => activity?.severity)).toEqual(maybe.map(() => 'LOW'));
});

test('what was done and not recorded is taken for the worse', () => {
  for (const untold of [{ requestParameters: null }, { requestParameters: {} }]) {
    expect(judged(cloudtrail, CLOUDTRAIL, { eventName: 'UpdateTrail', ...untold })?.severity).toBe('HIGH');
    expect(judged(guardduty, 'guardduty.amazonaws.com', { eventName: 'UpdateDetector', ...untold })?.severity).toBe('HIGH');
    expect(judged(config, 'config.amazonaws.com', { eventName: 'PutConfigurationRecorder', ...untold })?.severity).toBe('HIGH');
  }
});

describe('event selectors of a trail', () => {
  const loss = (request: object) => judged(cloudtrail, CLOUDTRAIL, { eventName: 'PutEventSelectors', requestParameters: request })?.reason;
  const basic = (...eventSelectors: readonly object[]) => loss({ trailName: 'main', eventSelectors });
  const advanced = (...fields: readonly (readonly object[])[]) =>
    loss({ trailName: 'main', advancedEventSelectors: fields.map((fieldSelectors) => ({ fieldSelectors })) });
  const MANAGEMENT = { field: 'eventCategory', equals: ['Management'] };
  const set = 'event selectors set: main, without';

  test.each([
    ['all, as AWS takes what is not said', [{ dataResources: [] }], undefined],
    ['all', [{ readWriteType: 'All', includeManagementEvents: true, excludeManagementEventSources: [] }], undefined],
    ['both halves', [{ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }], undefined],
    ['one of two records all', [{ includeManagementEvents: false }, { readWriteType: 'All' }], undefined],
    ['none', [{ readWriteType: 'All', includeManagementEvents: false }], `${set} management events`],
    ['writes only', [{ readWriteType: 'WriteOnly' }], `${set} management events that read`],
    ['not those of KMS', [{ excludeManagementEventSources: ['kms.amazonaws.com'] }], `${set} some management events`],
    ['a half that nobody knows', [{ readWriteType: 'Some' }], `${set} management events`],
  ])('%s', (_, selectors, expected) => {
    expect(basic(...selectors)).toBe(expected);
  });

  test.each([
    ['all', [[MANAGEMENT]], undefined],
    [
      'both halves',
      [
        [MANAGEMENT, { field: 'readOnly', equals: ['true'] }],
        [MANAGEMENT, { field: 'readOnly', equals: ['false'] }],
      ],
      undefined,
    ],
    ['data only', [[{ field: 'eventCategory', equals: ['Data'] }]], `${set} management events`],
    ['writes only', [[MANAGEMENT, { field: 'readOnly', equals: ['false'] }]], `${set} management events that read`],
    ['not those of KMS', [[MANAGEMENT, { field: 'eventSource', notEquals: ['kms.amazonaws.com'] }]], `${set} some management events`],
  ])('in the newer form: %s', (_, selectors, expected) => {
    expect(advanced(...selectors)).toBe(expected);
  });

  test('that make no sense cannot be judged', () => {
    expect(() => basic({ readWriteType: { of: 'what' } })).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});

test.each([
  [{ isMultiRegionTrail: 'false' }, 'of one region only'],
  [{ includeGlobalServiceEvents: false, enableLogFileValidation: false }, 'without global services, without validation'],
  [{ s3BucketName: 'example-elsewhere' }, 'to a bucket that was given anew'],
  [{ kmsKeyId: '' }, 'no longer with a key of its own'],
  [{ cloudWatchLogsLogGroupArn: '' }, 'no longer to CloudWatch Logs'],
])('a trail updated with %j is told', (update, how) => {
  const requestParameters = { name: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main', ...update };
  expect(judged(cloudtrail, CLOUDTRAIL, { eventName: 'UpdateTrail', requestParameters })).toMatchObject({
    reason: `trail updated: main, ${how}`,
    severity: 'HIGH',
  });
});

test.each([
  [{ dataSources: { s3Logs: { enable: false }, kubernetes: { auditLogs: { enable: true } } } }, 'without s3Logs'],
  [
    {
      features: [
        { name: 'RUNTIME_MONITORING', status: 'ENABLED', additionalConfiguration: [{ name: 'EKS_ADDON_MANAGEMENT', status: 'DISABLED' }] },
      ],
    },
    'without EKS_ADDON_MANAGEMENT',
  ],
  [{ features: ['A', 'B', 'C', 'D'].map((name) => ({ name, status: 'DISABLED' })) }, 'without A, B, C and more'],
])('a detector updated with %j is told', (update, how) => {
  const activity = judged(guardduty, 'guardduty.amazonaws.com', {
    eventName: 'UpdateDetector',
    requestParameters: { detectorId: 'd1', ...update },
  });
  expect(activity?.reason).toBe(`detector updated: d1, ${how}`);
});

test.each([
  ['CreateIPSet', { activate: false }],
  ['UpdateIPSet', { activate: false }],
  ['UpdateThreatIntelSet', { activate: true }],
  ['UpdateFilter', { action: 'NOOP' }],
  ['UpdateOrganizationConfiguration', { autoEnableOrganizationMembers: 'ALL', features: [{ name: 'A', autoEnable: 'NEW' }] }],
])('GuardDuty finds no less after %s with %j', (eventName, requestParameters) => {
  expect(
    judged(guardduty, 'guardduty.amazonaws.com', { eventName, requestParameters: { detectorId: 'd1', ...requestParameters } }),
  ).toBeUndefined();
});

test.each([
  [{ recordingGroup: { recordingStrategy: { useOnly: 'EXCLUSION_BY_RESOURCE_TYPES' } } }, 'only some resource types'],
  [{ recordingGroup: { allSupported: true, exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::User'] } } }, 'only some resource types'],
  [{ recordingMode: { recordingFrequency: 'DAILY' } }, 'once a day only'],
  [{}, undefined],
])('a recorder put with %j is told as it is', (recorder, how) => {
  const requestParameters = { configurationRecorder: { name: 'default', ...recorder } };
  const activity = judged(config, 'config.amazonaws.com', { eventName: 'PutConfigurationRecorder', requestParameters });
  expect(activity?.reason).toBe(how && `configuration recorder set: default, ${how}`);
});

test('a team says which of its logs are audit logs, and for how long it wants them', () => {
  const params = { auditLogs: ['payments'], days: 365 };
  const severity = (eventName: string, requestParameters: object) =>
    judgeActivity(logGroup, exampleEvent({ eventSource: 'logs.amazonaws.com', eventName, requestParameters }), params)?.severity;
  expect(severity('DeleteLogGroup', { logGroupName: '/aws/ecs/Payments' })).toBeUndefined();
  expect(severity('DeleteLogGroup', { logGroupName: 'cloudtrail' })).toBe('MEDIUM');
  expect(severity('DeleteLogStream', { logGroupName: 'shop' })).toBe('LOW');
  const kept = judgeActivity(
    logGroup,
    exampleEvent({
      eventSource: 'logs.amazonaws.com',
      eventName: 'PutRetentionPolicy',
      requestParameters: { logGroupName: 'payments', retentionInDays: 180 },
    }),
    params,
  );
  expect(kept?.reason).toBe('retention policy set: payments, for fewer than 365 days');
});

test('what services do in the course of their work is LOW, but not to an audit log', () => {
  const userIdentity = { type: 'AssumedRole', accountId: '111122223333', invokedBy: 'cloudformation.amazonaws.com' };
  const byStack = (check: AnyActivityCheck, source: string, eventName: string, requestParameters: object) =>
    judged(check, source, { eventName, requestParameters, userIdentity })?.severity;
  expect(byStack(logGroup, 'logs.amazonaws.com', 'DeleteLogGroup', { logGroupName: '/aws/lambda/shop' })).toBe('LOW');
  expect(byStack(logGroup, 'logs.amazonaws.com', 'DeleteLogGroup', { logGroupName: 'vpc-flow-logs' })).toBe('HIGH');
  expect(byStack(alarm, 'monitoring.amazonaws.com', 'DeleteAlarms', { alarmNames: ['cpu'] })).toBe('LOW');
  expect(byStack(cloudtrail, CLOUDTRAIL, 'StopLogging', { name: 'main' })).toBe('HIGH');
});

test('a store of other events than a trail has is told by what it leaves out', () => {
  const advancedEventSelectors = [{ fieldSelectors: [{ field: 'eventCategory', equals: ['Data'] }] }];
  const updated = (more: object) =>
    judged(cloudtrail, CLOUDTRAIL, { eventName: 'UpdateEventDataStore', requestParameters: { eventDataStore: 'store', ...more } })?.reason;
  expect(updated({ advancedEventSelectors })).toBe('event data store updated: store, without management events');
  expect(updated({ terminationProtectionEnabled: false })).toBe('event data store updated: store, without protection from deletion');
  expect(updated({ name: 'store', retentionPeriod: 2557 })).toBeUndefined();
});
