import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import {
  EXAMPLE_EVENT_DATA_STORE,
  EXAMPLE_LOGGING,
  EXAMPLE_TRAIL,
  EXAMPLE_TRAIL_STATE,
} from '../../../checks/predicates/example-trails.ts';
import {
  isMonitorable,
  monitoringShortfallsOf,
  objectShortfallsOf,
  recordsEverything,
  recordsObjects,
  shortfallsOf,
  storesEverything,
} from '../../../checks/predicates/trails.ts';
import type { ManagementEvents, TrailState, TrailStatus } from '../../../inventory/cloudtrail/trail.ts';

const TRAIL = EXAMPLE_TRAIL;
const LOGGING = { ...EXAMPLE_LOGGING, latestDeliveryAt: undefined };
const NOW = new Date('2026-11-01T00:00:00Z');
const ALL_EVENTS = EXAMPLE_TRAIL_STATE.managementEvents;
const COMPLETE = { ...EXAMPLE_TRAIL_STATE, status: LOGGING };

test('a trail that has delivered nothing yet, and failed at nothing, records everything', () => {
  expect(recordsEverything(COMPLETE, NOW)).toBe(true);
  expect(shortfallsOf(COMPLETE, NOW)).toEqual([]);
});

test.each<[string, Partial<TrailState>]>([
  ['covers one region only', { trail: { ...TRAIL, multiRegion: false } }],
  ['leaves out global services', { trail: { ...TRAIL, includesGlobalEvents: false } }],
  ['is not logging', { status: { ...LOGGING, logging: false } }],
  ['cannot deliver to its bucket', { status: { ...LOGGING, latestDeliveryError: 'AccessDenied' } }],
  ['has delivered nothing to its bucket for a day', { status: { ...LOGGING, latestDeliveryAt: '2026-10-30T23:59:59Z' } }],
  ['leaves out read events', { managementEvents: { ...ALL_EVENTS, read: false } }],
  ['leaves out write events', { managementEvents: { ...ALL_EVENTS, write: false } }],
  ['leaves out event sources', { managementEvents: { ...ALL_EVENTS, excludedSources: ['rdsdata.amazonaws.com'] } }],
])('a trail that %s does not', (shortfall, part) => {
  expect(recordsEverything({ ...COMPLETE, ...part }, NOW)).toBe(false);
  expect(shortfallsOf({ ...COMPLETE, ...part }, NOW)).toEqual([shortfall]);
});

test('trails of one region each record nothing of all regions, even where every region has one', () => {
  const each = ['eu-west-1', 'us-east-1'].map((homeRegion) => ({ ...COMPLETE, trail: { ...TRAIL, homeRegion, multiRegion: false } }));
  expect(each.map((trail) => recordsEverything(trail, NOW))).toEqual([false, false]);
});

test('silence is told only where nothing else explains it, so that no failure changes by time alone', () => {
  const stopped = { ...COMPLETE, status: { ...LOGGING, logging: false, latestDeliveryAt: '2026-10-29T00:00:00Z' } };
  expect(shortfallsOf(stopped, NOW)).toEqual(['is not logging']);
  expect(shortfallsOf({ ...stopped, status: { ...stopped.status, logging: true } }, NOW)).toEqual([
    'has delivered nothing to its bucket for a day',
  ]);
});

test('a trail that was started again today has a day to deliver', () => {
  const again = (startedAt: string) => ({ ...COMPLETE, status: { ...LOGGING, startedAt, latestDeliveryAt: '2026-10-01T00:00:00Z' } });
  expect(recordsEverything(again('2026-10-31T00:00:00Z'), NOW)).toBe(true);
  expect(recordsEverything(again('2026-10-30T23:59:59Z'), NOW)).toBe(false);
});

describe('a trail of which a part was not read', () => {
  test('is not judged if that part could be the one that fails', () => {
    expect(() => recordsEverything(trailWith({ status: LOGGING }), NOW)).toThrow('was denied');
    expect(() => recordsEverything(trailWith({ managementEvents: ALL_EVENTS }), NOW)).toThrow('was denied');
  });

  test('falls short if another part is known to', () => {
    const silent = trailWith({ status: { ...LOGGING, logging: false } });
    expect(recordsEverything(silent, NOW)).toBe(false);
    expect(shortfallsOf(silent, NOW)).toEqual(['is not logging']);
    expect(recordsEverything(trailWith({ managementEvents: { ...ALL_EVENTS, write: false } }), NOW)).toBe(false);
  });
});

describe('what comes to CloudWatch Logs', () => {
  const LOG_GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:trail';
  const WATCHED = { ...COMPLETE, trail: { ...TRAIL, logGroupArn: LOG_GROUP } };
  const KMS = 'kms.amazonaws.com';

  test('is everything that a trail of all regions records, whether it can deliver to its bucket or not', () => {
    expect(isMonitorable(WATCHED, undefined, NOW)).toBe(true);
    expect(isMonitorable({ ...WATCHED, status: { ...LOGGING, latestDeliveryError: 'AccessDenied' } }, undefined, NOW)).toBe(true);
  });

  test.each<[string, Partial<TrailState>]>([
    ['covers one region only', { trail: { ...WATCHED.trail, multiRegion: false } }],
    ['leaves out global services', { trail: { ...WATCHED.trail, includesGlobalEvents: false } }],
    ['is not logging', { status: { ...LOGGING, logging: false } }],
    ['does not deliver to CloudWatch Logs', { trail: TRAIL }],
    ['cannot deliver to CloudWatch Logs', { status: { ...LOGGING, latestLogDeliveryError: 'AccessDenied' } }],
    ['leaves out read events', { managementEvents: { ...ALL_EVENTS, read: false } }],
    ['leaves out write events', { managementEvents: { ...ALL_EVENTS, write: false } }],
    ['leaves out event sources', { managementEvents: { ...ALL_EVENTS, excludedSources: [KMS] } }],
  ])('is less of a trail that %s', (shortfall, part) => {
    expect(isMonitorable({ ...WATCHED, ...part }, undefined, NOW)).toBe(false);
    expect(monitoringShortfallsOf({ ...WATCHED, ...part }, undefined, NOW)).toEqual([shortfall]);
  });

  test('may lack the events of services that are not asked for', () => {
    const withoutKms = { ...WATCHED, managementEvents: { ...ALL_EVENTS, excludedSources: [KMS] } };
    expect(isMonitorable(withoutKms, 's3.amazonaws.com', NOW)).toBe(true);
    expect(isMonitorable(withoutKms, KMS, NOW)).toBe(false);
  });
});

describe('what is done with objects', () => {
  const RECORDED = { ...COMPLETE, objectEvents: { read: 'some', write: 'all' } } as const;

  test('is recorded for reads and for writes apart', () => {
    expect(recordsObjects(RECORDED, 'write')).toBe(true);
    expect(recordsObjects(RECORDED, 'read')).toBe(false);
    expect(objectShortfallsOf(RECORDED, 'read')).toEqual(['records reads of some objects only']);
    expect(objectShortfallsOf(COMPLETE, 'read')).toEqual(['leaves out reads of objects']);
  });

  test('may be nothing for days: then there is nothing to deliver', () => {
    expect(recordsObjects({ ...RECORDED, status: { ...LOGGING, latestDeliveryAt: '2026-10-01T00:00:00Z' } }, 'write')).toBe(true);
  });

  test.each<[string, Partial<TrailState>]>([
    ['covers one region only', { trail: { ...TRAIL, multiRegion: false } }],
    ['is not logging', { status: { ...LOGGING, logging: false } }],
    ['cannot deliver to its bucket', { status: { ...LOGGING, latestDeliveryError: 'AccessDenied' } }],
  ])('is not recorded by a trail that %s', (shortfall, part) => {
    expect(recordsObjects({ ...RECORDED, ...part }, 'write')).toBe(false);
    expect(objectShortfallsOf({ ...RECORDED, ...part }, 'write')).toEqual([shortfall]);
  });
});

test.each([
  ['everything', {}, true],
  ['nothing more', { ingesting: false }, false],
  ['one region', { multiRegion: false }, false],
  ['no reads', { managementEvents: { ...ALL_EVENTS, read: false } }, false],
  ['no writes', { managementEvents: { ...ALL_EVENTS, write: false } }, false],
  ['all but one source', { managementEvents: { ...ALL_EVENTS, excludedSources: ['kms.amazonaws.com'] } }, false],
])('an event data store that takes in %s', (_what, state, expected) => {
  const store = { ...EXAMPLE_EVENT_DATA_STORE, state: { ...EXAMPLE_EVENT_DATA_STORE.state, ...state } };
  expect(storesEverything(store)).toBe(expected);
});

function trailWith(known: { readonly status?: TrailStatus; readonly managementEvents?: ManagementEvents }): TrailState {
  return {
    ...EXAMPLE_TRAIL_STATE,
    get status() {
      return known.status ?? refuse('cloudtrail:GetTrailStatus');
    },
    get managementEvents() {
      return known.managementEvents ?? refuse('cloudtrail:GetTrailStatus');
    },
  };
}
