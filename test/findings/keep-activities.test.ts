import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { JudgedActivity } from '../../findings/judge-activities.ts';
import { type KeepOptions, keepActivities } from '../../findings/keep-activities.ts';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import { eventAt, judged } from './activity-samples.ts';
import { memoryReactionStore } from './memory-reaction-store.ts';
import { ACCOUNT, at, collect } from './samples.ts';

const MINUTE = 60;
const now = (): Date => new Date(at(9));
let store: ReactionStore;
beforeEach(() => {
  store = memoryReactionStore();
});

const keep = (seconds: number, one: JudgedActivity, record = {}, options: Partial<KeepOptions> = {}) =>
  keepActivities(eventAt(seconds, record), [one], { store, now, ...options });
const all = (): Promise<readonly KeptActivity[]> => collect(store.activitiesSince(ACCOUNT, at(0)));

describe('an activity', () => {
  test('is kept with its event and actor', async () => {
    const [kept, ...others] = await keep(0, judged());
    expect(others).toEqual([]);
    expect(kept).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      ...{ checkId: 'activity-root-signed-in', severity: 'HIGH', reason: 'Root signed in', evidence: { mfa: false }, unsure: false },
      event: { id: 'event-0', name: 'ConsoleLogin', source: 'signin.amazonaws.com', at: at(8), accountId: ACCOUNT, region: 'eu-west-1' },
      actor: expect.objectContaining({ kind: 'user', name: 'ana' }),
      ...{ seenAt: at(9), filedAt: at(8) },
    });
    expect(await all()).toEqual([kept]);
  });

  test('is kept once, however often its event comes', async () => {
    expect(await keep(0, judged())).toHaveLength(1);
    expect(await keep(0, judged())).toEqual([]);
    expect(await all()).toHaveLength(1);
  });

  test('is one for each event and check', async () => {
    const other = { ...judged(), check: { ...judged().check, id: 'activity-other' } };
    expect(await keepActivities(eventAt(0), [judged(), other], { store, now })).toHaveLength(2);
    expect(await keep(0, judged(), { eventID: 'another' })).toHaveLength(1);
    expect(await keep(0, judged(), { recipientAccountId: '222233334444' })).toHaveLength(1);
  });

  test('whose event has no id is known by all else that its event says', async () => {
    const record = { eventID: undefined, requestParameters: { userName: 'ana' } };
    expect(await keep(0, judged(), record)).toHaveLength(1);
    expect(await keep(0, judged(), record)).toEqual([]);
    expect(await keep(0, judged(), { ...record, requestParameters: { userName: 'bob' } })).toHaveLength(1);
    expect(await keep(1, judged(), record)).toHaveLength(1);
  });

  test('whose event does not tell its time is kept once a day', async () => {
    const record = { eventTime: 'yesterday' };
    expect(await keep(0, judged(), record)).toMatchObject([{ event: { at: '' }, filedAt: at(0) }]);
    expect(await keep(0, judged(), record)).toEqual([]);
  });

  test('is of a size and form that can be kept, whatever its event says', async () => {
    const long = `\u202e\u001b[31m${'x'.repeat(10_000)}\n`;
    const one = judged({ reason: long, evidence: { name: long, list: Array.from({ length: 5_000 }, () => 'y') } });
    const [kept] = await keep(0, one, { eventID: long, eventName: long, awsRegion: long, errorCode: long });
    expect(JSON.stringify(kept).length).toBeLessThan(12_000);
    expect(JSON.stringify(kept?.event)).toMatch(/^[ -~…]*$/);
  });

  test('comes to the same when it is kept again after a failure', async () => {
    const failing: KeepOptions['store'] = { ...store, saveActivity: () => Promise.reject(new Error('throttled')) };
    const burst = judged({ threshold: { key: 'k', item: 'a', count: 1, minutes: 5 } });
    await expect(keep(0, burst, {}, { store: failing })).rejects.toThrow('throttled');
    expect(await keep(0, burst)).toHaveLength(1);
  });
});

describe('what is told once for a key', () => {
  const hourly = (key = 'k', severity?: 'LOW') => judged({ once: { key, minutes: 60 } }, severity);

  test('is kept once, whichever event comes first', async () => {
    expect(await keep(600, hourly())).toHaveLength(1);
    expect(await keep(0, hourly())).toEqual([]);
    expect(await keep(1_200, hourly())).toEqual([]);
  });

  test('is kept for each key, account and severity', async () => {
    expect(await keep(0, hourly())).toHaveLength(1);
    expect(await keep(1, hourly('another'))).toHaveLength(1);
    expect(await keep(2, hourly('k', 'LOW'))).toHaveLength(1);
    expect(await keep(3, hourly(), { recipientAccountId: '222233334444' })).toHaveLength(1);
  });

  test.each([
    ['just before and after the hour', -1, 1],
    ['almost an hour apart', -30 * MINUTE, 29 * MINUTE],
    ['late, and earlier than the first', 1, -1],
  ])('is kept once: %s', async (_when, first, second) => {
    expect(await keep(first, hourly())).toHaveLength(1);
    expect(await keep(second, hourly())).toEqual([]);
  });

  test.each([
    ['an hour later', 0, 60 * MINUTE],
    ['an hour earlier, late', 60 * MINUTE, 0],
    ['the day after', 0, 24 * 60 * MINUTE],
  ])('is kept again %s', async (_when, first, second) => {
    await keep(first, hourly());
    expect(await keep(second, hourly())).toHaveLength(1);
  });

  test('is kept at least an hour apart, and never more than two hours after the one before while it goes on', async () => {
    for (let minute = 0; minute < 600; minute += 1) await keep(minute * MINUTE, hourly());
    const times = (await all()).map(({ event }) => Date.parse(event.at) / 60_000);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.every((gap) => gap >= 60 && gap <= 120)).toBe(true);
  });
});

describe('a burst', () => {
  const COUNT = 5;
  const denied = (item: string, key = 'k') => judged({ threshold: { key, item, count: COUNT, minutes: 10 } });

  test('is kept when so many different things came, and says what was counted', async () => {
    const kept = [];
    for (const n of [0, 1, 2, 3, 3, 3, 0, 4, 5, 6]) kept.push(await keep(n, denied(`call ${n}`)));
    expect(kept.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(kept[7]).toMatchObject([{ event: { id: 'event-4' }, evidence: { mfa: false, counted: 'at least 5 within 20 minutes' } }]);
  });

  test('of fewer different things is not kept, however many there are', async () => {
    for (let n = 0; n < 50; n += 1) expect(await keep(n, denied(`call ${n % (COUNT - 1)}`))).toEqual([]);
  });

  test('is of one key', async () => {
    for (let n = 0; n < COUNT - 1; n += 1) await keep(n, denied(`call ${n}`));
    expect(await keep(9, denied('call 9', 'another'))).toEqual([]);
    expect(await keep(9, denied('call 9'))).toHaveLength(1);
  });

  test('that is spread over more than twice the time is none', async () => {
    for (let n = 0; n < 20; n += 1) expect(await keep(n * 5 * MINUTE + 1, denied(`call ${n}`))).toEqual([]);
  });

  test('in which a key is told once within some longer time is kept once in that time', async () => {
    const both = (n: number) =>
      judged({ threshold: { key: 'k', item: `call ${n}`, count: 2, minutes: 1 }, once: { key: 'k', minutes: 60 } });
    let kept = 0;
    for (let n = 0; n < 30; n += 1) kept += (await keep(n * 30, both(n))).length;
    expect(kept).toBe(1);
  });

  const burst = fc.record({
    start: fc.integer({ min: 0, max: 40 * MINUTE }),
    offsets: fc.uniqueArray(fc.integer({ min: 0, max: 10 * MINUTE - 1 }), { minLength: COUNT, maxLength: 12 }),
    noise: fc.array(fc.tuple(fc.integer({ min: 0, max: 60 * MINUTE }), fc.integer({ min: 0, max: COUNT - 2 })), { maxLength: 6 }),
    order: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
  });

  test('is always kept, and once, in whatever order and however often its events come, wherever it begins', async () => {
    await fc.assert(
      fc.asyncProperty(burst, async ({ start, offsets, order }) => {
        store = memoryReactionStore();
        const events = offsets.map((offset, n) => [start + offset, denied(`call ${n}`)] as const);
        const deliveries = [...events, ...events].sort(([a], [b]) => (order[a % 30] ?? 0) - (order[b % 30] ?? 0));
        for (const [seconds, one] of deliveries) await keep(seconds, one);
        expect(await all()).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });

  test('is always kept, or follows closely on one that was, whatever came before and after it', async () => {
    await fc.assert(
      fc.asyncProperty(burst, async ({ start, offsets, noise, order }) => {
        store = memoryReactionStore();
        const events = [
          ...offsets.map((offset, n) => [start + offset, denied(`call ${n}`)] as const),
          ...noise.map(([seconds, n]) => [seconds, denied(`call ${n}`)] as const),
        ].sort(([a], [b]) => (order[a % 30] ?? 0) - (order[b % 30] ?? 0));
        for (const [seconds, one] of events) await keep(seconds, one);
        const told = (await all()).map(({ event }) => (Date.parse(event.at) - Date.parse(at(8))) / 1_000);
        const end = start + Math.max(...offsets);
        expect(told.some((seconds) => seconds > start - 20 * MINUTE && seconds < end + 20 * MINUTE)).toBe(true);
        expect(told.length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 300 },
    );
  });
});
