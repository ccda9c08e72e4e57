import { describe, expect, test } from 'vitest';
import { globLanguage, holds, type Language, regexLanguage } from '../../../checks/predicates/filter-pattern-language.ts';
import { TooMany, witnessesOf } from '../../../checks/predicates/filter-pattern-witnesses.ts';

/** `a` is that text, `a*` what begins so, and `%…%` a regular expression. */
function language(text: string): Language {
  if (text.startsWith('%')) return regexLanguage(text.slice(1, -1)) ?? [];
  const [anyBefore, anyAfter] = [text.startsWith('*'), text.endsWith('*')];
  return globLanguage({ text: text.replaceAll('*', ''), anyBefore, anyAfter });
}

/** To which of the languages texts belong, each way once. */
function waysOf(texts: readonly string[], languages: readonly Language[]): readonly string[] {
  return [...new Set(texts.map((text) => languages.map((one) => Number(holds(one, text))).join('')))].sort();
}

/** All texts of up to five of a few letters. */
function allTexts(letters: string, longest = 5): readonly string[] {
  if (longest === 0) return [''];
  const shorter = allTexts(letters, longest - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => [...letters].map((letter) => text + letter))])];
}

describe('there is a text for each way to belong to some of the languages', () => {
  test.each([
    ['a'],
    ['a b other'],
    ['a*'],
    ['a* a ab'],
    ['*a a*'],
    ['a* ab* abc'],
    ['*ab* ba'],
    ['*'],
    ['* a'],
    ['%^a+$% aa aaa'],
    ['%^a.b$% a*'],
    ['%[0-9]{2}% 1* *2'],
    ['%^[a-c]+$% %^[b-d]+$% b'],
    ['%^[^x]$% x X'],
    ['%^a?$% a'],
    ['%^[XY0-]*$% x*'],
    ['a* a ab aba abab'],
  ])('%s', (given) => {
    const languages = given.split(' ').map(language);
    expect(waysOf(witnessesOf(languages), languages)).toEqual(
      waysOf([...allTexts('abcdx12'), ...allTexts('XY0-', 3), 'other', 'elsewhere'], languages),
    );
  });

  test('and each of those that are the only text of one is among them, once', () => {
    const texts = witnessesOf(['ab', 'a*', 'abc'].map(language));
    expect(texts).toEqual(expect.arrayContaining(['ab', 'abc']));
    expect(new Set(texts).size).toBe(texts.length);
  });

  test('in letters that can be read, where there are such', () => {
    for (const text of witnessesOf(['a*', '*b'].map(language))) expect(text).toMatch(/^[!-~]*$/);
    expect(witnessesOf(['%^[ -0]$%'].map(language)).join('')).toMatch(/^[!-~]+$/);
  });
});

test('where there is too much to go through, that is said', () => {
  expect(() => witnessesOf([language('%a.{40}b.{40}c%'), language('%b.{40}a%')])).toThrow(TooMany);
});
