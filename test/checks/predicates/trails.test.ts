import { describe, expect, test } from 'vitest';
import { refuse } from '../../../checks/check.ts';
import { recordsEverything, shortfallsOf } from '../../../checks/predicates/trails.ts';
import type { ManagementEvents, TrailState, TrailStatus } from '../../../inventory/cloudtrail/trail.ts';

const TRAIL = {
  name: 'main',
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
  homeRegion: 'eu-west-1',
  multiRegion: true,
  includesGlobalEvents: true,
  logFileValidation: true,
  organization: false,
  bucketName: 'example-trail-bucket',
  kmsKeyId: undefined,
};
const LOGGING = { logging: true, latestDeliveryAt: undefined, latestDeliveryError: undefined };
const ALL_EVENTS = { read: true, write: true, excludedSources: [] };
const COMPLETE = { trail: TRAIL, status: LOGGING, managementEvents: ALL_EVENTS };

test('a trail that has delivered nothing yet, and failed at nothing, records everything', () => {
  expect(recordsEverything(COMPLETE)).toBe(true);
  expect(shortfallsOf(COMPLETE)).toEqual([]);
});

test.each<[string, Partial<TrailState>]>([
  ['covers one region only', { trail: { ...TRAIL, multiRegion: false } }],
  ['leaves out global services', { trail: { ...TRAIL, includesGlobalEvents: false } }],
  ['is not logging', { status: { ...LOGGING, logging: false } }],
  ['cannot deliver to its bucket', { status: { ...LOGGING, latestDeliveryError: 'AccessDenied' } }],
  ['leaves out read events', { managementEvents: { ...ALL_EVENTS, read: false } }],
  ['leaves out write events', { managementEvents: { ...ALL_EVENTS, write: false } }],
  ['leaves out event sources', { managementEvents: { ...ALL_EVENTS, excludedSources: ['rdsdata.amazonaws.com'] } }],
])('a trail that %s does not', (shortfall, part) => {
  expect(recordsEverything({ ...COMPLETE, ...part })).toBe(false);
  expect(shortfallsOf({ ...COMPLETE, ...part })).toEqual([shortfall]);
});

describe('a trail of which a part was not read', () => {
  test('is not judged if that part could be the one that fails', () => {
    expect(() => recordsEverything(trailWith({ status: LOGGING }))).toThrow('was denied');
    expect(() => recordsEverything(trailWith({ managementEvents: ALL_EVENTS }))).toThrow('was denied');
  });

  test('falls short if another part is known to', () => {
    const silent = trailWith({ status: { ...LOGGING, logging: false } });
    expect(recordsEverything(silent)).toBe(false);
    expect(shortfallsOf(silent)).toEqual(['is not logging']);
    expect(recordsEverything(trailWith({ managementEvents: { ...ALL_EVENTS, write: false } }))).toBe(false);
  });
});

function trailWith(known: { readonly status?: TrailStatus; readonly managementEvents?: ManagementEvents }): TrailState {
  return {
    trail: TRAIL,
    get status() {
      return known.status ?? refuse('cloudtrail:GetTrailStatus');
    },
    get managementEvents() {
      return known.managementEvents ?? refuse('cloudtrail:GetTrailStatus');
    },
  };
}
