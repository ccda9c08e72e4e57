import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from 'vitest';
import { toObjectEvents } from '../../../inventory/cloudtrail/object-events.ts';

const all = { read: 'all', write: 'all' };
const some = { read: 'some', write: 'some' };
const none = { read: 'none', write: 'none' };

describe('classic selectors', () => {
  const objects = (...Values: string[]) => [{ Type: 'AWS::S3::Object', Values }];
  test.each<[string, EventSelector[], object]>([
    ['nothing of data', [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }], none],
    ['every bucket', [{ DataResources: objects('arn:aws:s3') }], all],
    ['every bucket, in its other form', [{ DataResources: objects('arn:aws:s3:::') }], all],
    ['every bucket in China', [{ DataResources: objects('arn:aws-cn:s3') }], all],
    ['one bucket', [{ DataResources: objects('arn:aws:s3:::web/') }], some],
    ['one bucket beside every bucket', [{ DataResources: objects('arn:aws:s3:::web/', 'arn:aws:s3') }], all],
    ['functions', [{ DataResources: [{ Type: 'AWS::Lambda::Function', Values: ['arn:aws:lambda'] }] }], none],
    ['writes', [{ ReadWriteType: 'WriteOnly', DataResources: objects('arn:aws:s3') }], { ...none, write: 'all' }],
    [
      'reads of one bucket, writes of every',
      [
        { ReadWriteType: 'ReadOnly', DataResources: objects('arn:aws:s3:::web/') },
        { ReadWriteType: 'WriteOnly', DataResources: objects('arn:aws:s3') },
      ],
      { read: 'some', write: 'all' },
    ],
    ['data events without management events', [{ IncludeManagementEvents: false, DataResources: objects('arn:aws:s3') }], all],
  ])('%s', (_what, selectors, events) => {
    expect(toObjectEvents({ EventSelectors: selectors })).toEqual(events);
  });
});

describe('advanced selectors', () => {
  const data: AdvancedFieldSelector[] = [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
  ];
  test.each<[string, AdvancedFieldSelector[][], object]>([
    ['every bucket, under whatever name', [data], all],
    ['management events', [[{ Field: 'eventCategory', Equals: ['Management'] }]], none],
    [
      'another type',
      [
        [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::Lambda::Function'] },
        ],
      ],
      none,
    ],
    ['reads', [[...data, { Field: 'readOnly', Equals: ['true'] }]], { ...none, read: 'all' }],
    ['writes', [[...data, { Field: 'readOnly', Equals: ['false'] }]], { ...none, write: 'all' }],
    ['one bucket', [[...data, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::web/'] }]], some],
    ['every bucket by how their ARNs begin', [[...data, { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::'] }]], all],
    ['all buckets but one', [[...data, { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::logs/'] }]], some],
    ['some names of events', [[...data, { Field: 'eventName', Equals: ['DeleteObject'] }]], some],
    [
      'reads of one bucket',
      [[...data, { Field: 'readOnly', Equals: ['true'] }, { Field: 'resources.ARN', Equals: ['x'] }]],
      { ...none, read: 'some' },
    ],
    [
      'reads and writes apart',
      [
        [...data, { Field: 'readOnly', Equals: ['true'] }],
        [...data, { Field: 'readOnly', Equals: ['false'] }],
      ],
      all,
    ],
  ])('%s', (_what, selectors, events) => {
    expect(toObjectEvents({ AdvancedEventSelectors: selectors.map((FieldSelectors) => ({ FieldSelectors })) })).toEqual(events);
  });
});

test('no selectors are no data events', () => {
  expect(toObjectEvents({})).toEqual(none);
});
