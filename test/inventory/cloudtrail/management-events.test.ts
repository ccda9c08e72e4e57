import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from 'vitest';
import { toManagementEvents } from '../../../inventory/cloudtrail/management-events.ts';

const KMS = 'kms.amazonaws.com';
const RDS = 'rdsdata.amazonaws.com';
const all = { read: true, write: true, excludedSources: [] };
const none = { read: false, write: false, excludedSources: [] };

describe('classic selectors', () => {
  const reads: EventSelector = { ReadWriteType: 'ReadOnly', IncludeManagementEvents: true };
  const writes: EventSelector = { ReadWriteType: 'WriteOnly', IncludeManagementEvents: true };
  test.each<[string, EventSelector[], object]>([
    ['all', [{ ReadWriteType: 'All', IncludeManagementEvents: true }], all],
    ['the defaults', [{}], all],
    ['no management events', [{ ReadWriteType: 'All', IncludeManagementEvents: false }], none],
    ['reads only', [reads], { ...all, write: false }],
    ['reads and writes apart', [reads, writes], all],
    ['a source left out', [{ ExcludeManagementEventSources: [KMS] }], { ...all, excludedSources: [KMS] }],
    ['a source left out by one of two', [{ ExcludeManagementEventSources: [KMS] }, {}], all],
    [
      'a source left out of the writes only',
      [reads, { ...writes, ExcludeManagementEventSources: [KMS] }],
      { ...all, excludedSources: [KMS] },
    ],
    [
      'different sources left out by two',
      [{ ExcludeManagementEventSources: [KMS, RDS] }, { ExcludeManagementEventSources: [RDS] }],
      { ...all, excludedSources: [RDS] },
    ],
  ])('%s', (_what, selectors, events) => {
    expect(toManagementEvents({ EventSelectors: selectors })).toEqual(events);
  });
});

describe('advanced selectors', () => {
  const management: AdvancedFieldSelector = { Field: 'eventCategory', Equals: ['Management'] };
  const readOnly = (value: string): AdvancedFieldSelector => ({ Field: 'readOnly', Equals: [value] });
  test.each<[string, AdvancedFieldSelector[][], object]>([
    ['all, under whatever name', [[management]], all],
    ['data events only', [[{ Field: 'eventCategory', Equals: ['Data'] }]], none],
    ['reads only', [[management, readOnly('true')]], { ...all, write: false }],
    ['writes only', [[management, readOnly('false')]], { ...all, read: false }],
    [
      'reads and writes apart',
      [
        [management, readOnly('true')],
        [management, readOnly('false')],
      ],
      all,
    ],
    ['a source left out', [[management, { Field: 'eventSource', NotEquals: [KMS] }]], { ...all, excludedSources: [KMS] }],
    ['one source only', [[management, { Field: 'eventSource', Equals: ['iam.amazonaws.com'] }]], none],
    ['sources left out by their end', [[management, { Field: 'eventSource', NotEndsWith: ['.amazonaws.com'] }]], none],
    ['some names left out', [[management, { Field: 'eventName', NotEquals: ['AssumeRole'] }]], none],
    [
      'one source only, beside all writes',
      [
        [management, { Field: 'eventSource', Equals: [KMS] }],
        [management, readOnly('false')],
      ],
      { ...all, read: false },
    ],
  ])('%s', (_what, selectors, events) => {
    const answer = { AdvancedEventSelectors: selectors.map((FieldSelectors, index) => ({ Name: `selector ${index}`, FieldSelectors })) };
    expect(toManagementEvents(answer)).toEqual(events);
  });
});

test('no selectors at all are no answer', () => {
  expect(() => toManagementEvents({ EventSelectors: [], AdvancedEventSelectors: [] })).toThrow(expect.objectContaining({ name: 'Unread' }));
});
