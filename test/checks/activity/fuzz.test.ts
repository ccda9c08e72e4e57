import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf, fuzzCases } from './fuzz-records.ts';

const { stackTraceLimit } = Error;
/** Thousands are thrown, and nobody looks where. */
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

/** `npm run bench -- fuzz` tries 100,000. */
test('whatever of a record is broken, nothing throws and nothing that was told or touched falls silent', () => {
  fc.assert(
    fc.property(fuzzCases(), (each) => {
      expect(complaintsOf(each)).toEqual([]);
    }),
    { numRuns: Number(process.env.POSTURE_FUZZ_CASES ?? 4_000) },
  );
});
