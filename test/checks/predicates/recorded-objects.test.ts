import { expect, test } from 'vitest';
import { EXAMPLE_EVENT_DATA_STORE, EXAMPLE_TRAIL, EXAMPLE_TRAIL_STATE } from '../../../checks/predicates/example-trails.ts';
import { judgeRecordedObjects } from '../../../checks/predicates/recorded-objects.ts';
import type { EventDataStore } from '../../../inventory/cloudtrail/event-data-stores.ts';
import type { TrailState } from '../../../inventory/cloudtrail/trail.ts';

type Coverage = TrailState['objectEvents']['read'];
const trail = (read: Coverage, part: Partial<TrailState['trail']> = {}): TrailState => ({
  ...EXAMPLE_TRAIL_STATE,
  trail: { ...EXAMPLE_TRAIL, ...part },
  objectEvents: { read, write: 'none' },
});
const store = (read: Coverage, part: Partial<EventDataStore['state']> = {}): EventDataStore => ({
  ...EXAMPLE_EVENT_DATA_STORE,
  state: { ...EXAMPLE_EVENT_DATA_STORE.state, ingesting: true, multiRegion: true, objectEvents: { read, write: 'none' }, ...part },
});
const judge = (trails: readonly TrailState[], eventDataStores: readonly EventDataStore[], access: 'read' | 'write' = 'read') =>
  judgeRecordedObjects({ trails, eventDataStores }, access);

test.each<[string, readonly TrailState[], readonly EventDataStore[], string]>([
  ['by a trail', [trail('none'), trail('all')], [], 'PASS'],
  ['by a store', [], [store('all')], 'PASS'],
  ['by a trail for some', [trail('some')], [], 'FAIL'],
  ['by a store for some', [], [store('some')], 'FAIL'],
  ['by a store for none', [], [store('none')], 'FAIL'],
  ['by a store that stands still', [], [store('all', { ingesting: false })], 'FAIL'],
  ['by a store of one region', [], [store('all', { multiRegion: false })], 'FAIL'],
  ['by nothing', [], [], 'FAIL'],
])('what is read of all objects is recorded %s', (_, trails, stores, status) => {
  expect(judge(trails, stores)).toMatchObject({ status });
});

test('who records what is read need not record what is written', () => {
  expect(judge([trail('all')], [store('all')], 'write')).toMatchObject({
    status: 'FAIL',
    reason: 'no trail records all writes of objects',
  });
});

test('the reason says whether a trail records at least some, and the evidence what each lacks, in an order of its own', () => {
  expect(judge([trail('none')], [])).toMatchObject({ reason: 'no trail records all reads of objects' });
  const [a, b] = [trail('some', { arn: 'arn:a' }), trail('none', { arn: 'arn:b', multiRegion: false })];
  for (const trails of [
    [a, b],
    [b, a],
  ])
    expect(judge(trails, [])).toMatchObject({
      reason: 'reads of some objects only are recorded',
      evidence: {
        trails: [
          { trail: 'arn:a', shortfalls: ['records reads of some objects only'] },
          { trail: 'arn:b', shortfalls: ['covers one region only', 'leaves out reads of objects'] },
        ],
      },
    });
  expect(judge([trail('some', { multiRegion: false })], [])).toMatchObject({ reason: 'no trail records all reads of objects' });
});
