import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../findings/audit-store.ts';
import { memoryLedger } from './memory-ledger.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 21, 9);

/** A time so many milliseconds after the start. */
const moment = (milliseconds: number): Date => new Date(START + milliseconds);

/** What every ledger must do. `open` gives a new connection to the same ledger, `empty` makes that ledger a new one. */
export function ledgerContract(name: string, kept: { readonly empty: () => Promise<void>; readonly open: () => Promise<Ledger> }): void {
  describe(`the ledger: ${name}`, () => {
    let mine: Ledger;
    let yours: Ledger;
    beforeEach(async () => {
      await kept.empty();
      [mine, yours] = [await kept.open(), await kept.open()];
    }, 60_000);

    const claim = (ledger: Ledger, milliseconds: number, id = 'x-1') => ledger.claim(id, moment(milliseconds), MINUTE);

    test('lets claim what nobody claimed, each message by itself', async () => {
      expect(await claim(mine, 0)).toBe('claimed');
      expect(await claim(yours, 0, 'x-2')).toBe('claimed');
    });

    test.each([
      ['at once', 0, 0],
      ['by a clock that is behind', -500, 0],
      ['later', 42_000, 42_000],
      ['just before it is stale', MINUTE - 1, MINUTE - 1],
      ['when it is stale', MINUTE, 'claimed'],
      ['long after', 24 * 60 * MINUTE, 'claimed'],
    ])('answers to a second claim %s', async (_when, milliseconds, outcome) => {
      await claim(mine, 0);
      expect(await claim(yours, milliseconds)).toBe(outcome);
    });

    test('does not take a second claim of the same process for the first', async () => {
      await claim(mine, 0);
      expect(await claim(mine, 1_000)).toBe(1_000);
    });

    test('measures from the newest claim', async () => {
      await claim(mine, 0);
      await claim(yours, MINUTE);
      expect(await claim(mine, MINUTE + 5)).toBe(5);
    });

    test.each([
      ['that was claimed', async () => void (await claim(mine, 0)), () => mine],
      ['that somebody else claimed', async () => void (await claim(yours, 0)), () => mine],
      ['that nobody claimed', async () => undefined, () => mine],
      ['twice', () => mine.markTold('x-1', moment(0)), () => yours],
    ])('keeps for ever that a message was told %s', async (_what, before, by) => {
      await before();
      await by().markTold('x-1', moment(1));
      expect([await claim(mine, 2), await claim(yours, 24 * 60 * MINUTE)]).toEqual(['told', 'told']);
    });

    test('lets claim again at once what was released', async () => {
      await claim(mine, 0);
      await mine.release('x-1');
      expect(await claim(yours, 1)).toBe('claimed');
    });

    const markTold = (ledger: Ledger, milliseconds: number) => ledger.markTold('x-1', moment(milliseconds));

    test.each([
      ['that was told', [() => claim(mine, 0), () => markTold(yours, 1)], 'told'],
      ['that was told by ourselves', [() => claim(mine, 0), () => markTold(mine, 1)], 'told'],
      ['that somebody else claimed', [() => claim(yours, 0)], 2 * MINUTE - 1],
      ['that somebody else claimed since', [() => claim(mine, 0), () => claim(yours, MINUTE)], MINUTE - 1],
    ])('does not release a message %s', async (_what, asked, outcome) => {
      for (const ask of asked) await ask();
      await mine.release('x-1');
      expect(await yours.claim('x-1', moment(2 * MINUTE - 1), 10 * MINUTE)).toBe(outcome);
    });

    test('bears the release of what nobody claimed', async () => {
      await mine.release('x-1');
      expect(await claim(mine, 0)).toBe('claimed');
    });

    test('lets one of several claimants claim, and again when the claim is stale', async () => {
      const claimants = await Promise.all(Array.from({ length: 8 }, () => kept.open()));
      for (const milliseconds of [0, MINUTE, 2 * MINUTE, 3 * MINUTE]) {
        const outcomes = await Promise.all(claimants.map((claimant) => claim(claimant, milliseconds)));
        expect(outcomes.filter((outcome) => outcome === 'claimed')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 0)).toHaveLength(7);
      }
    }, 60_000);

    test('ends told when it is claimed, released and marked at once', async () => {
      const rivals = await Promise.all(Array.from({ length: 6 }, () => kept.open()));
      for (let round = 0; round < 5; round += 1) {
        const id = `x-${round}`;
        await claim(mine, 0, id);
        await Promise.all([
          ...rivals.map((rival, n) => claim(rival, n * MINUTE, id).then(() => rival.release(id))),
          mine.markTold(id, moment(1)),
        ]);
        expect(await claim(yours, 100 * MINUTE, id)).toBe('told');
      }
    }, 60_000);

    test('answers as its model does, whatever is asked', async () => {
      const step = fc.record({
        by: fc.nat(2),
        what: fc.constantFrom('claim', 'claim', 'claim', 'mark', 'release'),
        id: fc.constantFrom('a-1', 'b-1'),
        pass: fc.constantFrom(0, 1_000, 59_999, 60_000),
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          run += 1;
          const model = memoryLedger();
          const real = await Promise.all([kept.open(), kept.open(), kept.open()]);
          const modelled = [model.open(), model.open(), model.open()];
          const ask = async (ledger: Ledger | undefined, { what, id }: (typeof steps)[number], now: Date, prefix: string) => {
            if (what === 'claim') return ledger?.claim(`${prefix}${id}`, now, MINUTE);
            return what === 'mark' ? ledger?.markTold(`${prefix}${id}`, now) : ledger?.release(`${prefix}${id}`);
          };
          let now = 0;
          for (const each of steps) {
            now += each.pass;
            expect(await ask(real[each.by], each, moment(now), `${run}-`)).toEqual(await ask(modelled[each.by], each, moment(now), ''));
          }
        }),
        { numRuns: 25 },
      );
    }, 120_000);
  });
}
