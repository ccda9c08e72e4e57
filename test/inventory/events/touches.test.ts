import { describe, expect, test } from 'vitest';
import type { ChangeEvents } from '../../../inventory/events/changes.ts';
import { toEvent } from '../../../inventory/events/to-event.ts';
import { touchIndex } from '../../../inventory/events/touches.ts';
import type { ResourceSource } from '../../../inventory/reader.ts';
import type { Raw } from './corpus.ts';
import { record } from './records.ts';

const SOURCE = 'ec2.amazonaws.com';

function sourceOf(...changes: readonly Partial<ChangeEvents>[]): ResourceSource {
  return {
    type: 'AWS::EC2::Instance',
    scope: 'regional',
    listCalls: [],
    onlyCalls: [],
    facetCalls: {},
    changes: changes.map((change) => ({ source: SOURCE, names: ['Change'], ...change })),
    list: () => Promise.reject(new Error('nothing is listed here')),
    only: () => Promise.reject(new Error('nothing is read here')),
  };
}

function touchesOf(changes: Partial<ChangeEvents> | readonly Partial<ChangeEvents>[], raw: Raw) {
  const event = toEvent(record({ eventName: 'Change', ...raw }));
  if (event === undefined) throw new Error('that is no record');
  return touchIndex([sourceOf(...[changes].flat())])(event);
}

const idsOf = (changes: Partial<ChangeEvents>, raw: Raw) => touchesOf(changes, raw).map(({ resourceId }) => resourceId);
const listed: Partial<ChangeEvents> = { ids: ['request.set.id'] };
const single: Partial<ChangeEvents> = { ids: ['request.id'] };

test('a touch tells the account that received the event, its region, and all facets unless the table names some', () => {
  const [touch] = touchesOf(single, { requestParameters: { id: 'a' }, recipientAccountId: '222233334444' });
  expect(touch).toEqual({
    resourceType: 'AWS::EC2::Instance',
    resourceId: 'a',
    accountId: '222233334444',
    region: 'eu-west-1',
    facets: 'all',
    gone: false,
    indirect: false,
  });
});

describe('ids', () => {
  test.each<[string, Raw, readonly string[]]>([
    ['the elements of a wrapped list', { set: { items: [{ id: 'a' }, { id: 'b' }] } }, ['a', 'b']],
    ['the only element of what was XML', { set: { id: 'a', tag: 1 } }, ['a']],
    [
      'the elements of what was XML',
      {
        ChangeRequest: {
          Set: [
            { Id: 'a', tag: 1 },
            { Id: 'b', tag: 2 },
          ],
        },
      },
      ['a', 'b'],
    ],
    ['each once', { set: { items: [{ id: 'a' }, { id: 'a' }] } }, ['a']],
    ['any, when the list is empty', { set: {} }, ['*']],
    ['any, when one of several is not told', { set: { items: [{ id: 'a' }, {}] } }, ['*']],
    ['any, when none is told', { set: { items: [{}, {}] } }, ['*']],
    ['any, when the list is a text', { set: 'a' }, ['*']],
    ['any, when there is no list', {}, ['*']],
    [
      'any, when there are more than anybody would read one by one',
      { set: { items: Array.from({ length: 1001 }, (_, id) => ({ id })) } },
      ['*'],
    ],
    ['any, when one is longer than any id', { set: { items: [{ id: 'a'.repeat(3000) }] } }, ['*']],
  ])('%s', (_title, requestParameters, ids) => {
    expect(idsOf(listed, { requestParameters })).toEqual(ids);
  });

  test('all that are found on several paths count', () => {
    const ids = idsOf({ ids: ['request.id', 'response.id'] }, { requestParameters: { id: 'a' }, responseElements: { id: 'b' } });
    expect(ids).toEqual(['a', 'b']);
  });

  test('what is found but is of another type is no touch, and not any', () => {
    const ids = [{ at: 'request.set.id', as: (id: string) => (id.startsWith('i-') ? id : undefined) }] as const;
    expect(idsOf({ ids }, { requestParameters: { set: [{ id: 'i-1' }, { id: 'vol-1' }] } })).toEqual(['i-1']);
    expect(idsOf({ ids }, { requestParameters: { set: [{ id: 'vol-1' }] } })).toEqual([]);
  });

  test('an id that cannot be made of what was found may be any', () => {
    const as = () => {
      throw new Error('no id');
    };
    expect(idsOf({ ids: [{ at: 'request.id', as }] }, { requestParameters: { id: 'a' } })).toEqual(['*']);
  });

  test('parameters that CloudTrail left out may name any', () => {
    expect(idsOf(single, { requestParameters: { omitted: true, originalSize: 200_000 } })).toEqual(['*']);
  });

  test('a member that is called as the wrapper of lists is, is no wrapper in the request itself', () => {
    expect(idsOf(single, { requestParameters: { id: 'a', items: [{ typeName: 'x' }] } })).toEqual(['a']);
  });

  test('without a path it may be any', () => {
    expect(idsOf({}, { requestParameters: { id: 'a' } })).toEqual(['*']);
  });

  test('of what is touched only if told, nothing found is no touch', () => {
    expect(idsOf({ ...listed, onlyIfTold: true }, { requestParameters: {} })).toEqual([]);
    expect(idsOf({ ...listed, onlyIfTold: true }, { requestParameters: { set: 'a' } })).toEqual(['*']);
  });

  test.each([
    ['account', '111122223333'],
    ['region', 'eu-west-1'],
  ] as const)('the one of its %s', (ids, id) => {
    expect(idsOf({ ids }, {})).toEqual([id]);
  });

  test('the account is any when the event names none', () => {
    expect(idsOf({ ids: 'account' }, { recipientAccountId: undefined, userIdentity: undefined })).toEqual(['*']);
  });
});

describe('no touch', () => {
  test.each<[string, Raw]>([
    ['a refused call', { errorCode: 'AccessDenied' }],
    ['a failed call', { errorCode: 'InvalidGroup.NotFound' }],
    ['a dry run', { errorCode: 'Client.DryRunOperation' }],
    ['an event of another service', { eventSource: 'iam.amazonaws.com' }],
    ['an event of another name', { eventName: 'Describe' }],
    ['an event that AWS made by itself', { eventType: 'AwsServiceEvent' }],
    ['an insight', { eventType: 'AwsCloudTrailInsight' }],
    ['what went through a VPC endpoint', { eventType: 'AwsVpceEvent' }],
  ])('%s', (_title, raw) => {
    expect(touchesOf(single, { requestParameters: { id: 'a' }, ...raw })).toEqual([]);
  });
});

test('what AWS does by itself touches where the table says so, and there alone', () => {
  const change: Partial<ChangeEvents> = { ids: ['serviceDetails.id'], byService: true };
  const raw = { serviceEventDetails: { id: 'a' } };
  expect(idsOf(change, { ...raw, eventType: 'AwsServiceEvent' })).toEqual(['a']);
  expect(idsOf(change, raw)).toEqual([]);
});

test('a deleted resource is gone, one that may be any is not', () => {
  const change: Partial<ChangeEvents> = { ...single, deletes: true };
  expect(touchesOf(change, { requestParameters: { id: 'a' } })).toMatchObject([{ resourceId: 'a', gone: true }]);
  expect(touchesOf(change, { requestParameters: {} })).toMatchObject([{ resourceId: '*', gone: false }]);
});

test('two rows about one resource are one touch, with the facets of both, and direct if either is', () => {
  const rows: readonly Partial<ChangeEvents>[] = [
    { ...single, facets: ['image'], indirect: true },
    { ...single, facets: ['image', 'interfaces'] },
  ];
  expect(touchesOf(rows, { requestParameters: { id: 'a' } })).toMatchObject([{ facets: ['image', 'interfaces'], indirect: false }]);
  expect(touchesOf([...rows, single], { requestParameters: { id: 'a' } })).toMatchObject([{ facets: 'all' }]);
});
