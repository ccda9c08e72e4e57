import { expect, test } from 'vitest';
import { exitCodeOf } from '../../cli/exit-codes.ts';

test.each([
  { failing: 0, incomplete: false, undelivered: false, strict: false, code: 0 },
  { failing: 0, incomplete: true, undelivered: false, strict: false, code: 0 },
  { failing: 0, incomplete: true, undelivered: false, strict: true, code: 3 },
  { failing: 2, incomplete: false, undelivered: false, strict: false, code: 1 },
  { failing: 2, incomplete: false, undelivered: false, strict: true, code: 1 },
  { failing: 2, incomplete: true, undelivered: false, strict: false, code: 1 },
  { failing: 2, incomplete: true, undelivered: false, strict: true, code: 3 },
  { failing: 0, incomplete: false, undelivered: true, strict: false, code: 5 },
  { failing: 2, incomplete: true, undelivered: true, strict: true, code: 5 },
])('$failing failing, incomplete $incomplete, undelivered $undelivered, strict $strict: $code', ({ strict, code, ...outcome }) => {
  expect(exitCodeOf(outcome, strict)).toBe(code);
});
