import { describe, expect, test } from 'vitest';
import { isHarmless } from '../../../checks/predicates/detection-services.ts';
import { disabledFeatures } from '../../../checks/predicates/disabled-features.ts';
import { exampleEvent } from '../activity/example-event.ts';

const called = (eventSource: string, eventName: string, requestParameters: object) =>
  exampleEvent({ eventSource, eventName, requestParameters });

test.each<[string, string, string, object, boolean]>([
  ['Macie that goes on', 'macie2', 'UpdateMacieSession', { status: 'ENABLED' }, true],
  ['Macie that tells more often, and goes on', 'macie2', 'UpdateMacieSession', { findingPublishingFrequency: 'ONE_HOUR' }, true],
  ['Macie that pauses', 'macie2', 'UpdateMacieSession', { status: 'PAUSED' }, false],
  [
    'Macie that pauses, and told more often',
    'macie2',
    'UpdateMacieSession',
    { status: 'PAUSED', findingPublishingFrequency: 'ONE_HOUR' },
    false,
  ],
  ['Macie of which nothing is told', 'macie2', 'UpdateMacieSession', {}, false],
  ['a filter that shows', 'inspector2', 'CreateFilter', { action: 'NONE' }, true],
  ['a filter that suppresses', 'inspector2', 'UpdateFilter', { action: 'SUPPRESS' }, false],
  ['a filter that does not tell', 'inspector2', 'UpdateFilter', { name: 'x' }, false],
  ['what is no filter', 'inspector2', 'Disable', { action: 'NONE' }, false],
])('%s', (_, service, name, request, expected) => {
  expect(isHarmless(called(`${service}.amazonaws.com`, name, request))).toBe(expected);
});

describe('features of GuardDuty', () => {
  const disabled = (request: object) => disabledFeatures(called('guardduty.amazonaws.com', 'UpdateDetector', request).request);
  const off = (...names: readonly string[]) => ({ features: names.map((name) => ({ name, status: 'DISABLED' })) });

  test.each<[string, object, string | undefined]>([
    ['none', { enable: true }, undefined],
    ['one', off('S3_DATA_EVENTS'), 'without S3_DATA_EVENTS'],
    ['one that is on', { features: [{ name: 'S3_DATA_EVENTS', status: 'ENABLED' }] }, undefined],
    ['three', off('A', 'B', 'C'), 'without A, B, C'],
    ['four', off('A', 'B', 'C', 'D'), 'without A, B, C and more'],
    ['one without a name', { features: [{ status: 'DISABLED' }] }, 'without a feature'],
    [
      'a part of one',
      { features: [{ name: 'RUNTIME', status: 'ENABLED', additionalConfiguration: [{ name: 'ECS_AGENT', status: 'DISABLED' }] }] },
      'without ECS_AGENT',
    ],
    ['a data source', { dataSources: { s3Logs: { enable: false }, kubernetes: { auditLogs: { enable: true } } } }, 'without s3Logs'],
    ['data sources that are on', { dataSources: { s3Logs: { enable: true } } }, undefined],
  ])('%s', (_, request, expected) => {
    expect(disabled(request)).toBe(expected);
  });

  test.each<[string, object]>([
    ['a feature that is neither on nor off', { features: [{ name: 'A' }] }],
    ['a data source that is neither on nor off', { dataSources: { s3Logs: {} } }],
    ['a data source that nobody knows', { dataSources: { constructor: { enable: true } } }],
  ])('%s cannot be judged', (_, request) => {
    expect(() => disabled(request)).toThrow(expect.objectContaining({ name: 'Unread' }));
  });
});
