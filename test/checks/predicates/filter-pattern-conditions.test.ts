import { describe, expect, test } from 'vitest';
import { type FilterPattern, isUnreadable, toFilterPattern } from '../../../checks/predicates/filter-pattern.ts';
import {
  BRANCH,
  conditionsOf,
  isMet,
  type Leaf,
  leavesFor,
  type Sole,
  toText,
} from '../../../checks/predicates/filter-pattern-conditions.ts';

function read(text: string): FilterPattern {
  const pattern = toFilterPattern(text);
  if (isUnreadable(pattern)) throw new Error(pattern.unreadable);
  return pattern;
}

function sole(condition: string): Sole {
  const [only] = conditionsOf(read(`{ $.a ${condition} }`));
  if (only === undefined) throw new Error('no condition');
  return only;
}

const LEAVES: readonly Leaf[] = ['', 'a', 'ab', 'b', '5', 4, 5, 6, true, false, null, undefined, BRANCH];

describe('a condition is met by', () => {
  test.each<[string, readonly Leaf[]]>([
    ['NOT EXISTS', [undefined]],
    ['IS NULL', [null]],
    ['IS TRUE', [true]],
    ['IS FALSE', [false]],
    ['= a', ['a']],
    ['= a*', ['a', 'ab']],
    ['= *b', ['ab', 'b']],
    ['= *a*', ['a', 'ab']],
    ['= *', ['', 'a', 'ab', 'b', '5', 4, 5, 6]],
    ['!= a', ['', 'ab', 'b', '5', 4, 5, 6]],
    ['!= a*', ['', 'b', '5', 4, 5, 6]],
    ['!= *', []],
    ['= 5', ['5', 5]],
    ['!= 5', ['', 'a', 'ab', 'b', 4, 6]],
    ['< 5', [4]],
    ['<= 5', [4, 5]],
    ['> 5', [6]],
    ['>= 5', [5, 6]],
    ['= %^a%', ['a', 'ab']],
    ['!= %^a%', ['', 'b', '5', 4, 5, 6]],
    ['= "5"', ['5']],
  ])('%s', (condition, expected) => {
    const test = sole(condition);
    expect(LEAVES.filter((leaf) => isMet(test, leaf, 'absent differs from nothing'))).toEqual(expected);
  });

  test.each([undefined, null])('!= where there is %s, if that is how it is read', (leaf) => {
    expect(isMet(sole('!= a'), leaf, 'absent differs')).toBe(true);
    expect(isMet(sole('= a'), leaf, 'absent differs')).toBe(false);
    expect(isMet(sole('> 5'), leaf, 'absent differs')).toBe(false);
  });
});

describe('what a selector may lead to', () => {
  const numbers = (...conditions: readonly string[]) =>
    leavesFor(conditions.map(sole))
      .filter((leaf) => typeof leaf === 'number')
      .sort((one, other) => one - other);

  test('has every kind', () => {
    const leaves = leavesFor([sole('= a')]);
    for (const kind of [undefined, null, true, false, BRANCH]) expect(leaves).toContain(kind);
    expect(leaves.map((leaf) => typeof leaf)).toEqual(expect.arrayContaining(['string', 'number']));
  });

  test('has each number that is named, one below, one above, and one between each two', () => {
    const [below, ...rest] = numbers('>= 500', '< 10', '= 20');
    const [a, ab, b, bc, c, above] = rest;
    expect([a, b, c]).toEqual([10, 20, 500]);
    expect(below).toBeLessThan(10);
    expect(ab).toSatisfy((number: number) => 10 < number && number < 20);
    expect(bc).toSatisfy((number: number) => 20 < number && number < 500);
    expect(above).toBeGreaterThan(500);
  });

  test('has each text that is named, and one that is none of them', () => {
    const texts = leavesFor([sole('= other'), sole('= otherx'), sole('= a')]).filter((leaf) => typeof leaf === 'string');
    expect(texts).toEqual(expect.arrayContaining(['other', 'otherx', 'a']));
    expect(new Set(texts).size).toBe(4);
  });

  test('cannot be told where a regular expression is not understood', () => {
    expect(() => leavesFor([sole('= %(a|b)%')])).toThrow();
  });
});

test('a selector is written as it was', () => {
  expect(toText(['users', 0, 'id'])).toBe('$.users[0].id');
  expect(toText([])).toBe('$');
});
