import { describe, expect, test } from 'vitest';
import { leftOutBy } from '../../../checks/predicates/event-selectors.ts';
import { exampleEvent } from '../activity/example-event.ts';

function leftOut(requestParameters: object) {
  return leftOutBy(exampleEvent({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'PutEventSelectors', requestParameters }).request);
}
const basic = (...eventSelectors: readonly object[]) => leftOut({ eventSelectors });
const advanced = (...selectors: readonly (readonly object[])[]) =>
  leftOut({ advancedEventSelectors: selectors.map((fieldSelectors) => ({ fieldSelectors })) });
const equals = (field: string, ...values: readonly string[]) => ({ field, equals: values });
const MANAGEMENT = equals('eventCategory', 'Management');

describe('basic selectors', () => {
  test.each<[string, readonly object[], string | undefined]>([
    ['of everything', [{ readWriteType: 'All', includeManagementEvents: true }], undefined],
    ['that do not say what', [{ includeManagementEvents: true }], undefined],
    ['that say only which data', [{ dataResources: [] }], undefined],
    ['of what reads, and of what writes', [{ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }], undefined],
    ['of what reads', [{ readWriteType: 'ReadOnly' }], 'without management events that write'],
    ['of what writes', [{ readWriteType: 'WriteOnly' }], 'without management events that read'],
    ['of data alone', [{ readWriteType: 'All', includeManagementEvents: false }], 'without management events'],
    ['of neither', [{ readWriteType: 'None' }], 'without management events'],
    ['but one source', [{ readWriteType: 'All', excludeManagementEventSources: ['kms.amazonaws.com'] }], 'without some management events'],
    [
      'of all, and of all but one source',
      [{ readWriteType: 'All', excludeManagementEventSources: ['kms.amazonaws.com'] }, { readWriteType: 'All' }],
      undefined,
    ],
  ])('%s', (_, selectors, expected) => {
    expect(basic(...selectors)).toBe(expected);
  });

  test('that say nothing at all are not understood', () => {
    expect(() => basic({})).toThrow('a selector of events says nothing');
  });
});

describe('advanced selectors', () => {
  test.each<[string, readonly (readonly object[])[], string | undefined]>([
    ['of everything', [[MANAGEMENT]], undefined],
    ['of everything, named last', [[equals('readOnly', 'true'), MANAGEMENT], [MANAGEMENT]], undefined],
    ['of management among others', [[equals('eventCategory', 'Data', 'Management')]], undefined],
    [
      'of what reads, and of what writes',
      [
        [MANAGEMENT, equals('readOnly', 'true')],
        [MANAGEMENT, equals('readOnly', 'false')],
      ],
      undefined,
    ],
    ['of what reads', [[MANAGEMENT, equals('readOnly', 'true')]], 'without management events that write'],
    ['of what writes', [[MANAGEMENT, equals('readOnly', 'false')]], 'without management events that read'],
    ['of data', [[equals('eventCategory', 'Data')]], 'without management events'],
    ['of no category', [[equals('readOnly', 'true')]], 'without management events'],
    ['of what is called Management in another field', [[equals('eventName', 'Management')]], 'without management events'],
    ['but one source', [[MANAGEMENT, { field: 'eventSource', notEquals: ['kms.amazonaws.com'] }]], 'without some management events'],
    [
      'of what reads but one source',
      [[MANAGEMENT, equals('readOnly', 'true'), { field: 'eventSource', notEquals: ['kms.amazonaws.com'] }]],
      'without some management events',
    ],
  ])('%s', (_, selectors, expected) => {
    expect(advanced(...selectors)).toBe(expected);
  });
});

test('a call that tells no selectors may leave out anything', () => {
  expect(leftOut({ trailName: 'main' })).toBe('its selectors not recorded');
});
