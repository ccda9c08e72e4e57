import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases, compareWithBruteForce } from './small-universe.ts';

test('every request is decided as by brute force, and what is decided of a request known in part holds for all that it may be', () => {
  fc.assert(
    fc.property(cases, (one) => {
      expect(compareWithBruteForce(one).disagreements.slice(0, 3)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
}, 120_000);
