import { describe, expect, test } from 'vitest';
import { EVERY_EVENT, type FilterPattern, isUnreadable, toFilterPattern } from '../../../checks/predicates/filter-pattern.ts';
import { coverage } from '../../../checks/predicates/filter-pattern-comparison.ts';

const named = (text: string) => ({ text, anyBefore: false, anyAfter: false });

describe('a pattern is read', () => {
  test.each<[string, object]>([
    ['{ $.eventName = UpdateTrail }', { selector: ['eventName'], test: '=', text: named('UpdateTrail') }],
    ['{$.eventName="UpdateTrail"}', { selector: ['eventName'], test: '=', text: named('UpdateTrail') }],
    ['{ $.eventSource = kms.amazonaws.com }', { selector: ['eventSource'], test: '=', text: named('kms.amazonaws.com') }],
    ['{ $.a = "say \\"no\\"" }', { selector: ['a'], test: '=', text: named('say "no"') }],
    [
      '{ $.sourceIPAddress != 123.123.* }',
      { selector: ['sourceIPAddress'], test: '!=', text: { text: '123.123.', anyBefore: false, anyAfter: true } },
    ],
    [
      '{ $.errorCode = "*Operation" }',
      { selector: ['errorCode'], test: '=', text: { text: 'Operation', anyBefore: true, anyAfter: false } },
    ],
    ['{ $.a = Ev*ent }', { selector: ['a'], test: '=', text: named('Ev*ent') }],
    ['{ $.a = * }', { selector: ['a'], test: '=', text: { text: '', anyBefore: true, anyAfter: true } }],
    ['{ $.a = *** }', { selector: ['a'], test: '=', text: { text: '', anyBefore: true, anyAfter: true } }],
    ['{ $.n < .5 }', { selector: ['n'], test: '<', number: 0.5 }],
    ['{ $.n > +2 }', { selector: ['n'], test: '>', number: 2 }],
    ['{ $.a = ** }', { selector: ['a'], test: '=', text: { text: '', anyBefore: true, anyAfter: true } }],
    ['{ $.users[0].id >= 10e3 }', { selector: ['users', 0, 'id'], test: '>=', number: 10_000 }],
    ['{ $.numbers[0][1] < -5.5 }', { selector: ['numbers', 0, 1], test: '<', number: -5.5 }],
    ['{ $.errorCode != 500 }', { selector: ['errorCode'], test: '!=', number: 500 }],
    ['{ $.a = "500" }', { selector: ['a'], test: '=', text: named('500') }],
    ["{ $['a.b'].c IS TRUE }", { selector: ['a.b', 'c'], test: 'is true' }],
    ['{ $.["a b"] IS FALSE }', { selector: ['a b'], test: 'is false' }],
    ['{ $.x IS NULL }', { selector: ['x'], test: 'is null' }],
    ['{ $.x not  exists }', { selector: ['x'], test: 'not exists' }],
    ['{ $.eventName = %^Delete[A-Z]% }', { selector: ['eventName'], test: '=', regex: '^Delete[A-Z]' }],
    ['{ (($.x IS NULL)) }', { selector: ['x'], test: 'is null' }],
  ])('%s', (text, condition) => {
    expect(toFilterPattern(text)).toEqual({ kind: 'condition', ...condition });
  });

  test('with && before ||, and parentheses before both', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ kind: 'condition', selector: [name], test: 'is null' }));
    expect(toFilterPattern('{ $.a IS NULL || $.b IS NULL && $.c IS NULL }')).toEqual({ kind: 'or', of: [a, { kind: 'and', of: [b, c] }] });
    expect(toFilterPattern('{ ($.a IS NULL || $.b IS NULL) && $.c IS NULL }')).toEqual({
      kind: 'and',
      of: [{ kind: 'or', of: [a, b] }, c],
    });
  });

  test('an empty one matches every event', () => {
    expect(toFilterPattern('  ')).toEqual(EVERY_EVENT);
  });
});

test.each([
  ['ERROR', 'ERROR'],
  ['[ip, user, status = 4*]', '[ip, user, status = 4*]'],
  ['%DeleteTrail%', '%DeleteTrail%'],
  ['{ $.a = b', '{ $.a = b'],
  ['{ $.a = b) }', ')'],
  ['{ ($.a = b }', ''],
  ['{ $.a ~ b }', '~ b'],
  ['{ $.a EXISTS }', 'EXISTS'],
  ['{ $.a IS NOT NULL }', 'IS NOT NULL'],
  ['{ $.list[*].a = b }', '[*].a = b'],
  ['{ $.a = b $.c = d }', '$.c = d'],
  ['{ $.a > b }', 'b'],
  ['{ $.a > b5 }', 'b5'],
  ['{ $.a x > 5 }', 'x > 5'],
  ['{ ($.a = b $.c) }', '$.c)'],
  ['{ $.a = "b }', '"b'],
  ['{ $.a = =b }', '=b'],
  ["{ $.a = 'b' }", "'b'"],
  ['{ a = b }', 'a = b'],
  ['{ $.a = b && }', ''],
  ['{ }', ''],
  ['{ $.a = b; }', 'b;'],
])('what is not understood of %s is told', (text, rest) => {
  const pattern = toFilterPattern(text);
  expect(isUnreadable(pattern) && pattern.unreadable).toBe(rest);
});

function read(text: string): FilterPattern {
  const pattern = toFilterPattern(text);
  if (isUnreadable(pattern)) throw new Error(pattern.unreadable);
  return pattern;
}

describe('coverage', () => {
  test.each<[string, string, readonly string[], string]>([
    ['nothing', '{ $.a = b }', [], 'no'],
    ['the same in other words', '{ ($.a = b) || ($.a = "c") }', ['{ $.a = c || $.a = b }'], 'yes'],
    ['a prefix', '{ $.a = "DeleteTrail" }', ['{ $.a = Delete* }'], 'yes'],
    ['less than a prefix', '{ $.a = Delete* }', ['{ $.a = DeleteTrail }'], 'no'],
    ['two halves', '{ $.a = b || $.a = c }', ['{ $.a = b }', '{ $.a = c }'], 'yes'],
    ['all texts in two halves', '{ $.a = * }', ['{ $.a = b* }', '{ $.a != b* }'], 'yes'],
    ['a regular expression', '{ $.a = "AccessDenied*" }', ['{ $.a = %^Access% }'], 'yes'],
    ['a regular expression of another beginning', '{ $.a = "*Access" }', ['{ $.a = %^Access% }'], 'no'],
    ['a regular expression that is not described', '{ $.a = b }', ['{ $.a = %(b|c)% }'], 'unsure'],
    ['that beside one that covers', '{ $.a = b }', ['{ $.a = b }', '{ $.c = %(b|c)% }'], 'yes'],
    ['with one condition more', '{ $.a = b }', ['{ $.a = b && $.c NOT EXISTS }'], 'no'],
    ['another case', '{ $.a = b }', ['{ $.a = B }'], 'no'],
    ['what AWS does not say of !=', '{ $.a = b && $.c NOT EXISTS }', ['{ $.a = b && $.c != d }'], 'unsure'],
    ['a part of what there cannot be', '{ $.a = b && $.a.c = d }', [], 'yes'],
    ['a list that would be an object', '{ $.a[0] = b && $.a.c = d }', [], 'yes'],
    ['numbers', '{ $.n >= 500 && $.n < 600 }', ['{ $.n > 499 }'], 'yes'],
    ['a number, which a text may be written as', '{ $.n = 500 }', ['{ $.n >= 500 }'], 'no'],
    ['a number and what differs from it', '{ $.n > 5 }', ['{ $.n = 6 }', '{ $.n != 6 }'], 'yes'],
    ['numbers between two that are named', '{ $.n > 5 && $.n < 10 }', ['{ $.n <= 6 }', '{ $.n >= 7 }'], 'no'],
    ['numbers beyond all that are named', '{ $.n > 5 }', ['{ $.n <= 6 }'], 'no'],
    ['numbers below all that are named', '{ $.n < 5 }', ['{ $.n >= 4 }'], 'no'],
    ['a flag', '{ $.f IS TRUE }', ['{ $.f IS FALSE }'], 'no'],
    ['a flag that is no text', '{ $.f IS TRUE }', ['{ $.f = * }'], 'no'],
    ['nothing that is null', '{ $.f IS NULL }', ['{ $.f NOT EXISTS }'], 'no'],
    ['a property of an object that cannot be null', '{ $.a IS NULL && $.a.b = c }', [], 'yes'],
    ['elements of a list', '{ $.a[0] = b }', ['{ $.a[1] = b }'], 'no'],
    ['either of two conditions', '{ $.a = b && $.c = d }', ['{ $.a = b }'], 'yes'],
    ['both where either is asked', '{ $.a = b || $.c = d }', ['{ $.a = b }'], 'no'],
    ['every event', '', ['{ $.a = b }'], 'no'],
    ['every event, by an empty pattern', '{ $.a = b }', [''], 'yes'],
    ['what AWS does not say of != and null', '{ $.c IS NULL }', ['{ $.c != d }'], 'unsure'],
    ['numbers up to', '{ $.n >= 500 && $.n <= 600 }', ['{ $.n < 600 }'], 'no'],
  ])('%s', (_what, required, given, expected) => {
    expect(coverage(read(required), given.map(read)).covers).toBe(expected);
  });

  test('names an event that is missed', () => {
    expect(coverage(read('{ $.eventName = CreateRoute || $.eventName = DeleteRoute }'), [read('{ $.eventName = CreateRoute }')])).toEqual({
      covers: 'no',
      missed: { '$.eventName': '"DeleteRoute"' },
    });
  });

  test('tells of the event what is not there, and what is an object', () => {
    expect(coverage(read('{ $.a.b = c && $.d NOT EXISTS }'), [read('{ $.a = * }')])).toMatchObject({
      missed: { '$.a.b': '"c"', '$.d': 'absent', '$.a': 'an object' },
    });
  });

  test('gives up where there is too much to go through', () => {
    const all = Array.from({ length: 30 }, (_, index) => `$.p${index} = %a.{40}b.{40}c%`).join(' && ');
    expect(coverage(read(`{ ${all} }`), [read('{ $.x = y }')]).covers).toBe('unsure');
  });
});
