import { beforeEach, describe, expect, test } from 'vitest';
import { toActivityKey } from '../../findings/kept-activity.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import { kept } from './activity-samples.ts';
import { ACCOUNT, at, collect, SCOPE } from './samples.ts';

const OTHER = '222233334444';
const soon = new Date(at(23));

/** What every store of reactions must do. `open` gives a new connection to the same store, `empty` makes that store a new one. */
export function reactionStoreContract(
  name: string,
  stored: { readonly empty: () => Promise<void>; readonly open: () => Promise<ReactionStore> },
): void {
  describe(`the store of reactions: ${name}`, () => {
    let store: ReactionStore;
    let other: ReactionStore;
    beforeEach(async () => {
      await stored.empty();
      [store, other] = [await stored.open(), await stored.open()];
    }, 60_000);

    const since = async (hour: number, accountId = ACCOUNT) =>
      (await collect(store.activitiesSince(accountId, at(hour)))).map(({ id }) => id);
    const untold = async (accountId = ACCOUNT) => (await collect(store.untoldActivities(accountId))).map(({ id }) => id);
    const elsewhere = (id: string, hour: number, accountId: string) => kept(id, hour, { event: { ...kept(id, hour).event, accountId } });

    test('gives back an activity as it was', async () => {
      const odd = kept('a', 8, {
        evidence: { ['__proto__']: 'x', nested: { list: [1, 'two', true], empty: '' }, lone: '\u{1f600}' },
        unsure: true,
        event: { ...kept('a', 8).event, errorCode: 'AccessDenied' },
      });
      await store.saveActivity(odd);
      expect(await store.activities([toActivityKey(odd)])).toEqual([odd]);
      expect(await collect(other.activitiesSince(ACCOUNT, at(8)))).toEqual([odd]);
    });

    test('keeps an activity once, whoever comes first', async () => {
      expect(await store.saveActivity(kept('a', 8))).toBe('saved');
      expect(await other.saveActivity(kept('a', 8, { reason: 'another reason' }))).toBe('known');
      expect(await store.activities([toActivityKey(kept('a', 8))])).toMatchObject([{ reason: 'Root signed in without MFA' }]);
    });

    test('keeps an activity once when many come at the same time', async () => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? store : other).saveActivity(kept('a', 8))));
      expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    });

    test('finds those of some activities that are kept, each once', async () => {
      await store.saveActivity(kept('a', 8));
      await store.saveActivity(kept('b', 8));
      const keys = ['a', 'a', 'b', 'c'].map((id) => toActivityKey(kept(id, 8)));
      expect((await store.activities(keys)).map(({ id }) => id).sort()).toEqual(['a', 'b']);
      expect(await store.activities([])).toEqual([]);
    });

    test('lists those of an account from a time on, oldest first', async () => {
      for (const each of [kept('c', 10), kept('a', 8), kept('b', 9), elsewhere('d', 9, OTHER), elsewhere('e', 9, '')]) {
        await store.saveActivity(each);
      }
      expect(await since(8)).toEqual(['a', 'b', 'c']);
      expect(await since(9)).toEqual(['b', 'c']);
      expect(await since(11)).toEqual([]);
      expect([await since(1, OTHER), await since(1, '')]).toEqual([['d'], ['e']]);
    });

    test('lists what is urgent until it is marked as told', async () => {
      for (const each of [kept('a', 8), kept('b', 9, { severity: 'CRITICAL' }), kept('c', 10, { severity: 'MEDIUM' })]) {
        await store.saveActivity(each);
      }
      await store.saveActivity(elsewhere('d', 9, OTHER));
      expect([await untold(), await untold(OTHER)]).toEqual([['a', 'b'], ['d']]);
      await other.markActivityTold(toActivityKey(kept('a', 8)));
      await other.markActivityTold(toActivityKey(kept('a', 8)));
      expect(await untold()).toEqual(['b']);
      expect(await since(1)).toEqual(['a', 'b', 'c']);
    });

    test('marks nothing that it does not keep', async () => {
      await store.markActivityTold(toActivityKey(kept('a', 8)));
      expect(await store.saveActivity(kept('a', 8))).toBe('saved');
      expect(await untold()).toEqual(['a']);
    });

    test('counts different items under a key, whoever notes them', async () => {
      expect(await store.tally('key', 'a', 9, soon)).toBe(1);
      expect(await other.tally('key', 'b', 9, soon)).toBe(2);
      expect(await store.tally('key', 'a', 9, soon)).toBe(2);
      expect(await store.tally('other key', 'c', 9, soon)).toBe(1);
      expect(await store.tally('key', `${'long'.repeat(5_000)}`, 9, soon)).toBe(3);
    });

    test('keeps no more items under a key than it is asked for', async () => {
      const counts: number[] = [];
      for (const item of ['a', 'b', 'c', 'd', 'a', 'c']) counts.push(await store.tally('key', item, 3, soon));
      expect(counts).toEqual([1, 2, 3, 3, 3, 3]);
    });

    test('loses no item when many are noted at the same time', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? store : other).tally('key', `item ${n % 10}`, 50, soon)));
      expect(await store.tally('key', 'item 0', 50, soon)).toBe(10);
    });

    test('knows when things were looked at last', async () => {
      const long = `arn:${'x'.repeat(4_000)}`;
      await store.saveLook('a', at(8));
      await store.saveLook(long, at(9));
      await other.saveLook('a', at(10));
      await other.saveLook('a', at(9));
      expect(await store.looks(['a', 'a', long, 'b'])).toEqual(
        new Map([
          ['a', at(10)],
          [long, at(9)],
        ]),
      );
      expect(await store.looks([])).toEqual(new Map());
    });

    test('finds the looks at more things than DynamoDB reads at once', async () => {
      const keys = Array.from({ length: 230 }, (_, n) => `thing ${n}`);
      await Promise.all(keys.map((key) => store.saveLook(key, at(8))));
      expect((await other.looks(keys)).size).toBe(230);
    }, 30_000);

    test('knows the newest heartbeat of each scope', async () => {
      expect(await store.heartbeat(SCOPE)).toBeUndefined();
      await store.saveHeartbeat(SCOPE, at(8));
      await other.saveHeartbeat(SCOPE, at(10));
      await other.saveHeartbeat(SCOPE, at(9));
      await store.saveHeartbeat({ ...SCOPE, region: 'us-east-1' }, at(7));
      expect(await store.heartbeat(SCOPE)).toBe(at(10));
      expect(await other.heartbeat({ ...SCOPE, region: 'us-east-1' })).toBe(at(7));
    });
  });
}
