import fc from 'fast-check';
import { expect, test } from 'vitest';
import { network, toldByBruteForce, toldByEngine } from './reachability-cases.ts';

test('what is reachable is what brute force reaches, and what is in doubt what brute force doubts', () => {
  const outcomes = new Map<string, number>();
  fc.assert(
    fc.property(network, (small) => {
      const expected = toldByBruteForce(small);
      const outcome = expected.found.length > 0 ? 'open' : expected.doubtful ? 'unknown' : 'closed';
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      expect(toldByEngine(small)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(...['open', 'unknown', 'closed'].map((outcome) => outcomes.get(outcome) ?? 0))).toBeGreaterThan(100);
}, 60_000);
