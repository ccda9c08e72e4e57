import { describe, expect, test } from 'vitest';
import { globLanguage, holds, onlyText, regexLanguage } from '../../../checks/predicates/filter-pattern-language.ts';

const glob = (text: string) =>
  globLanguage({ text: text.replaceAll('*', ''), anyBefore: text.startsWith('*'), anyAfter: text.length > 1 && text.endsWith('*') });

test.each([
  ['(a)', 'parentheses'],
  ['a**', 'a count of a count'],
  ['*a', 'a count of nothing'],
  ['a{2', 'a count without an end'],
  ['a{101}', 'a count above a hundred'],
  ['a{1}{2}', 'a count of a count in figures'],
  ['a{,2}', 'a count from nothing'],
  ['a{1,101}', 'a count up to above a hundred'],
  ['a{101,}', 'a count from above a hundred'],
  ['a{3,2}', 'a count that ends before it begins'],
  ['[]', 'an empty class'],
  ['[^]', 'a class of everything but nothing'],
  ['[z-a]', 'a range that ends before it begins'],
  ['[\\d-z]', 'a range from a class'],
  ['[!-\\d]', 'a range to a class'],
  ['[!-\\w]', 'a range to a class of several ranges'],
  ['[\\w-~]', 'a range from a class of several ranges'],
  ['[a\\b]', 'a class with an escape that is not described'],
  ['[a', 'a class without an end'],
  ['\\b', 'an escape that is not described'],
  ['\\x41', 'a character by its number'],
  ['\\', 'half an escape'],
  ['a^b', 'a beginning in the middle'],
  ['a$b', 'an end in the middle'],
  ['a|(b)', 'one alternative of two'],
  ['é', 'a letter that must be escaped'],
])('%s is not understood: %s', (source) => {
  expect(regexLanguage(source)).toBeUndefined();
});

describe('a wildcard', () => {
  test.each<[string, readonly string[]]>([
    ['ab', ['ab']],
    ['ab*', ['ab', 'abc']],
    ['*ab', ['ab', 'cab']],
    ['*ab*', ['ab', 'abc', 'cab', 'cabc']],
    ['*', ['', 'a', 'b', 'ab', 'abc', 'cab', 'cabc', '🦆']],
  ])('%s', (pattern, expected) => {
    const texts = ['', 'a', 'b', 'ab', 'abc', 'cab', 'cabc', '🦆'];
    expect(texts.filter((text) => holds(glob(pattern), text))).toEqual(expected);
  });

  test('takes characters beyond the first plane as one', () => {
    expect(holds(glob('🦆*'), '🦆🦢')).toBe(true);
    expect(holds(regexLanguage('^.$') ?? [], '🦆')).toBe(true);
  });
});

describe('the only text of a language', () => {
  test.each<[string, string | undefined]>([
    ['^abc$', 'abc'],
    ['^a{3}$', 'aaa'],
    ['^a[b-b]$', 'ab'],
    ['^$', ''],
    ['abc', undefined],
    ['^abc', undefined],
    ['abc$', undefined],
    ['^ab?$', undefined],
    ['^ab+$', undefined],
    ['^ab*$', undefined],
    ['^a[bc]$', undefined],
    ['^a[b-c]$', undefined],
    ['^a.$', undefined],
    ['^a$|^b$', undefined],
  ])('%s', (source, expected) => {
    const language = regexLanguage(source);
    expect(language && onlyText(language)).toBe(expected);
  });
});

/** What CloudWatch Logs takes is a part of what JavaScript takes, and means the same; but there the dot does not take an end of line. */
describe('a regular expression finds what JavaScript finds', () => {
  const texts = [
    ...[
      '',
      'a',
      'b',
      'z',
      'A',
      'aa',
      'aaa',
      'aaaa',
      'ab',
      'ba',
      'abc',
      'xaby',
      'xab',
      'aby',
      'xy',
      'x5y',
      'x_y',
      'x y',
      'x\ty',
      'x\ny',
      'x-y',
    ],
    ...[
      '0',
      '5',
      '9',
      '/',
      ':',
      '@',
      '[',
      '_',
      '`',
      '{',
      '-',
      '.',
      '$',
      '^',
      '|',
      '\\',
      ']',
      ' ',
      '\t',
      '\r',
      '\u000e',
      '!',
      'é',
      '\u{10ffff}',
    ],
    ...['a$', 'a^b', 'a|b', 'a.b', 'a\\', 'a\\$', 'k', 'AccessDenied', 'UnauthorizedOperation', '10.0.0.1', '5-z', 'b-'],
  ];
  test.each([
    ...['', '^', '$', '^$', 'a', '^a', 'a$', '^a$', '^ab$', 'ab', '^.$', '.', 'x.y'],
    ...[
      '^a?$',
      '^a*$',
      '^a+$',
      '^ab?$',
      '^a{2}$',
      '^a{0}$',
      '^a{2,}$',
      '^a{1,3}$',
      '^a{3,3}$',
      'a{100}',
      '^a{0,100}$',
      '^a?a?a$',
      '^a*b*$',
    ],
    ...['a|b', '^a|b$', 'a|', '^a$|^z$', '[a|b]', 'a\\|b', '^[^|]$', '^[\\]|]$|^a$'],
    ...['^\\d$', '^\\D$', '^\\w$', '^\\W$', '^\\s$', '^\\S$', 'x\\sy', 'x\\wy', 'x\\Wy', '^[\\w-]+$', '^[^\\w]$', '^[^\\s]$', '^[\\d.]+$'],
    ...[
      '^[abc]$',
      '^[a-c]$',
      '^[b-b]$',
      '^[^a-c]$',
      '^[a-]$',
      '^[-a]$',
      '^[0-9A-Z]$',
      '^[A-Za-z]+$',
      '^[!--]$',
      '^[.]$',
      '^[a^]$',
      '^[^z-z0-9a]$',
    ],
    ...['a\\$', 'a\\\\$', 'a\\\\\\$', '^\\^$', '^\\.$', '\\\\', 'a\\^b', '^a\\.b$'],
    ...['^[A-Z][a-z]+Denied$', 'Unauthorized|AccessDenied', '^10\\.0\\.0\\.[0-9]{1,3}$'],
  ])('%s', (source) => {
    const language = regexLanguage(source) ?? [];
    const found = texts.filter((text) => holds(language, text));
    expect(found).toEqual(texts.filter((text) => new RegExp(source, 'su').test(text)));
  });
});
