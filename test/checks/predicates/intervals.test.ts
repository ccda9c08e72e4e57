import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  acceptedBy,
  difference,
  type Interval,
  type IntervalSet,
  intersection,
  sizeOf,
  union,
} from '../../../checks/predicates/intervals.ts';

const UNIVERSE = 24;
const interval = fc
  .tuple(fc.nat(UNIVERSE - 1), fc.nat(UNIVERSE - 1))
  .map(([a, b]): Interval => ({ from: BigInt(Math.min(a, b)), to: BigInt(Math.max(a, b)) }));
const intervals = fc.array(interval, { maxLength: 6 });
const sets = intervals.map(union);

const holds = (set: readonly Interval[], n: number): boolean => set.some(({ from, to }) => from <= n && n <= to);
const members = (set: readonly Interval[]): number[] => Array.from({ length: UNIVERSE }, (_, n) => n).filter((n) => holds(set, n));
const isCanonical = (set: IntervalSet): boolean =>
  set.every(({ from, to }, i) => from <= to && (i === 0 || from > (set[i - 1]?.to ?? 0n) + 1n));

describe('interval sets agree with brute force on a small universe', () => {
  test('union', () => {
    fc.assert(
      fc.property(intervals, (list) => {
        expect(members(union(list))).toEqual(members(list));
        expect(isCanonical(union(list))).toBe(true);
      }),
    );
  });

  test('intersection', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(members(intersection(a, b))).toEqual(members(a).filter((n) => holds(b, n)));
        expect(isCanonical(intersection(a, b))).toBe(true);
      }),
    );
  });

  test('difference', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expect(members(difference(a, b))).toEqual(members(a).filter((n) => !holds(b, n)));
        expect(isCanonical(difference(a, b))).toBe(true);
      }),
    );
  });

  test('size', () => {
    fc.assert(fc.property(sets, (set) => Number(sizeOf(set)) === members(set).length));
  });

  test('first match wins', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ interval, accept: fc.boolean() }), { maxLength: 6 }), (steps) => {
        const decide = (n: number) => steps.find(({ interval: one }) => holds([one], n))?.accept ?? false;
        expect(members(acceptedBy(steps))).toEqual(Array.from({ length: UNIVERSE }, (_, n) => n).filter(decide));
      }),
    );
  });
});
