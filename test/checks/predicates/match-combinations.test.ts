import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchCombinations } from '../../../checks/predicates/match-combinations.ts';

function combinations(universe: string, patterns: readonly string[]): readonly string[] {
  return matchCombinations(universe, patterns)
    .map((set) => [...set].sort().join(' '))
    .sort();
}

/** Slow and plain: what the pattern says, one character at a time. */
function matches(pattern: string, text: string): boolean {
  const [head, rest] = [pattern[0], pattern.slice(1)];
  if (head === undefined) return text === '';
  if (head === '*') return matches(rest, text) || (text !== '' && matches(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && matches(rest, text.slice(1));
}

function* textsUpTo(length: number): Generator<string> {
  if (length === 0) return;
  let last = [''];
  yield '';
  for (let at = 1; at <= length; at += 1) {
    last = last.flatMap((text) => ['a', 'b', 'x'].map((character) => text + character));
    yield* last;
  }
}

describe('combinations of patterns that one text can match', () => {
  test.each([
    ['nothing named', [], ['']],
    ['one pattern', ['a*'], ['', 'a*']],
    ['one within the other', ['a*', 'ab*'], ['', 'a*', 'a* ab*']],
    ['two that overlap in the middle', ['a*', '*b'], ['', '*b', '*b a*', 'a*']],
    ['two that exclude each other', ['a', 'b'], ['', 'a', 'b']],
    ['one that matches all', ['*'], ['*']],
    ['a run of stars', ['**', '*?*'], ['**', '** *?*']],
  ])('%s', (_, patterns, expected) => {
    expect(combinations('*', patterns)).toEqual(expected);
  });

  test('only texts of the universe count', () => {
    expect(combinations('+:+', ['*:*', 'iam:*'])).toEqual(['*:*', '*:* iam:*']);
  });

  test('a word of the universe holds no colon', () => {
    expect(combinations('+:+', ['iam:put*', '*:get*'])).toEqual(['', '*:get*', 'iam:put*']);
  });

  test('is what trying all texts finds', () => {
    const texts = [...textsUpTo(7)];
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom('*', '?*', 'a*', '*b*'), fc.uniqueArray(pattern, { maxLength: 2 }), (universe, patterns) => {
        const found = new Set(
          texts
            .filter((text) => matches(universe, text))
            .map((text) =>
              patterns
                .filter((one) => matches(one, text))
                .sort()
                .join(' '),
            ),
        );
        expect(combinations(universe, patterns)).toEqual([...found].sort());
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  test('patterns made to be unreadable are refused, not guessed', () => {
    const entangled = Array.from({ length: 20 }, (_, index) => `*${String.fromCharCode(97 + index)}x${index}y*`);
    expect(() => matchCombinations('*', entangled)).toThrow('too entangled');
  });
});
