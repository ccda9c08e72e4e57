import fc from 'fast-check';
import { expect, test } from 'vitest';
import { network, toldByBruteForce, toldByEngine, toldWithAndWithoutAccelerator } from './reachability-cases.ts';

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

test('an accelerator opens what public addresses and a route to the internet open', () => {
  const outcomes = new Map<boolean, number>();
  fc.assert(
    fc.property(network, (small) => {
      const [direct, accelerated] = toldWithAndWithoutAccelerator(small);
      const isOpen = (direct?.found.length ?? 0) > 0;
      outcomes.set(isOpen, (outcomes.get(isOpen) ?? 0) + 1);
      expect(accelerated).toEqual(direct);
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(outcomes.get(true) ?? 0, outcomes.get(false) ?? 0)).toBeGreaterThan(100);
}, 60_000);
