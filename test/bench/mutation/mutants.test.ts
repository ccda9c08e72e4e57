import { describe, expect, test } from 'vitest';
import { instrument, SWITCH } from '../../../bench/mutation/instrument.ts';
import { toMutants } from '../../../bench/mutation/mutants.ts';

function changesOf(code: string): readonly string[] {
  return toMutants('file.ts', code, 0).map(({ text }) => text);
}

/** What the code returns while one of its mutants is active. */
function outcome(code: string, active: number | undefined, ...given: readonly unknown[]): unknown {
  const body = instrument(code, toMutants('file.ts', code, 0));
  const run = new Function(SWITCH, 'a', 'b', `${body}; return result;`);
  return run({ is: (id: number) => id === active }, ...given);
}

describe('changes', () => {
  test.each([
    ['a condition is decided, and its operator turned', 'x(a < b)', ['true', 'false', 'a <= b', 'a >= b']],
    ['either side of a logical operator is enough, or both are needed', 'x(a && b)', ['true', 'false', 'a || b']],
    ['operands keep their parentheses', 'x((a ?? b) - c)', ['(a ?? b) + c', 'a && b']],
    ['a list of what is told is emptied', 'x([a, b])', ['[]']],
    ['a method is left out where it only chooses', 'x((a ?? []).filter(b))', ['(a ?? [])', 'a && []']],
    ['one method stands for the other', 'a.some(b)', ['a.every(b)']],
    ['a link of an optional chain is changed within the chain', 'x(a?.b.some(c))', ['a?.b.every(c)', 'a.b.some(c)']],
    ['an anchor of a pattern is dropped', 'x(/^a$/)', ['/a$/', '/^a/']],
    ['a body is emptied', 'function x() { y(); }', ['{}']],
    ['text is wording, and stays', "x('a', `b`)", []],
    ['types are no code', 'type X = A extends true ? [B] : { c: false };', []],
    ['lists of no elements cannot be emptied', 'x([], {})', []],
  ])('%s', (_, code, expected) => {
    expect(changesOf(code)).toEqual(expected);
  });

  test('say in which line they are, and what they change', () => {
    expect(toMutants('a.ts', 'x();\ny(!z);', 7)).toMatchObject([{ id: 7, line: 2, operator: 'boolean', original: '!z', replacement: 'z' }]);
  });
});

describe('a file with its mutants built in', () => {
  const code = 'let result = 0; for (const each of a) { if (each > 1 && b?.ok !== false) { result += each; } }';
  const mutants = toMutants('file.ts', code, 0);

  test('does what it did as long as none is active', () => {
    expect(outcome(code, undefined, [1, 2, 3], { ok: true })).toBe(5);
    expect(outcome(code, undefined, [1, 2, 3], { ok: false })).toBe(0);
    expect(outcome(code, undefined, [1, 2], undefined)).toBe(2);
  });

  test.each([
    ['each > 1', 'each >= 1', 6],
    ['each > 1', 'each <= 1', 1],
    ['b?.ok !== false', 'b?.ok === false', 0],
    ['result += each', 'result -= each', -5],
    ['{ result += each; }', '{}', 0],
  ])('with %s as %s answers so', (original, replacement, expected) => {
    const mutant = mutants.find((one) => one.original === original && one.replacement === replacement);
    expect(outcome(code, mutant?.id, [1, 2, 3], { ok: true })).toBe(expected);
  });
});
