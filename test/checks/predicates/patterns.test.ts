import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternCovers, patternsOverlap, widenVariables } from '../../../checks/predicates/patterns.ts';
import { matchesWildcard } from '../../../checks/predicates/wildcard.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });

test.each([
  ['arn:aws:s3:::b/*', '*', true],
  ['arn:aws:s3:::b/*', '*/public/*', true],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b*', true],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::c*', false],
  ['a?c', 'ab*', true],
  ['', '*', true],
])('%s and %s overlap: %s', (left, right, overlap) => {
  expect(patternsOverlap(left, right)).toBe(overlap);
  expect(patternsOverlap(right, left)).toBe(overlap);
});

test.each([
  ['*', 'arn:aws:s3:::b/*', true],
  ['arn:aws:s3:::b*', 'arn:aws:s3:::b/*', true],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/public/*', true],
  ['arn:aws:s3:::b/public/*', 'arn:aws:s3:::b/*', false],
  ['a?', 'a*', false],
  ['a?*', 'ab', true],
])('%s covers %s: %s', (wide, narrow, covers) => {
  expect(patternCovers(wide, narrow)).toBe(covers);
});

test.each([
  [`arn:aws:s3:::b/home/\${aws:username}/*`, 'arn:aws:s3:::b/home/*/*'],
  [`\${aws:PrincipalAccount}-\${aws:username}`, '*-*'],
  ['arn:aws:s3:::b/*', 'arn:aws:s3:::b/*'],
  [`\${}`, '*'],
])('%s may be %s', (pattern, wide) => {
  expect(widenVariables(pattern)).toBe(wide);
});

test('a pattern built to be tried in every way is read in one go', () => {
  const pattern = `${'*a'.repeat(200)}*b`;
  expect(matchesWildcard(pattern, 'a'.repeat(2_000))).toBe(false);
  expect(matchesWildcard(pattern, `${'a'.repeat(2_000)}b`)).toBe(true);
});

test('a pattern of any length can be compared', () => {
  const long = `arn:aws:s3:::b/${'*x?'.repeat(6_000)}`;
  expect(patternsOverlap(long, 'arn:aws:s3:::b/*')).toBe(true);
  expect(patternsOverlap('arn:aws:s3:::c/*', long)).toBe(false);
});

test('patterns overlap when a text is found that both match', () => {
  fc.assert(
    fc.property(pattern, pattern, text, (left, right, found) => {
      fc.pre(matchesWildcard(left, found) && matchesWildcard(right, found));
      expect(patternsOverlap(left, right)).toBe(true);
    }),
  );
});

test('patterns that overlap have such a text', () => {
  const texts = textsUpTo(8);
  fc.assert(
    fc.property(pattern, pattern, (left, right) => {
      expect(patternsOverlap(left, right)).toBe(texts.some((found) => matchesWildcard(left, found) && matchesWildcard(right, found)));
    }),
    { numRuns: 300 },
  );
});

test('what a pattern covers matches nothing that it does not', () => {
  fc.assert(
    fc.property(pattern, pattern, text, (wide, narrow, found) => {
      fc.pre(patternCovers(wide, narrow) && matchesWildcard(narrow, found));
      expect(matchesWildcard(wide, found)).toBe(true);
    }),
  );
});

/** Every text of `a` and `b` up to a length. */
function textsUpTo(length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = textsUpTo(length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((start) => [`${start}a`, `${start}b`])])];
}
