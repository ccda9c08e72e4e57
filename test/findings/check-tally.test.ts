import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTallies, nothingKnown, tallyOf } from '../../findings/check-tally.ts';
import type { Evaluation } from '../../findings/finding.ts';
import { CHECK, doesNotApply, fails, group, isUnknown, passes } from './samples.ts';

describe('the tally of a look', () => {
  test('counts resources by what each check says of them', () => {
    const evaluations = [passes(group('a')), fails(group('b')), fails(group('c')), isUnknown(group('d')), doesNotApply(group('e'))];
    expect(tallyOf([...evaluations, { ...passes(group('a')), checkId: 'another-check' }])).toEqual({
      [CHECK]: [1, 2, 1, 1],
      'another-check': [1, 0, 0, 0],
    });
  });

  test('counts a resource that was judged twice once, and not as passed if it ever was not', () => {
    expect(tallyOf([passes(group('a')), isUnknown(group('a')), passes(group('a'))])).toEqual({ [CHECK]: [0, 0, 1, 0] });
    expect(tallyOf([isUnknown(group('a')), fails(group('a'))])).toEqual({ [CHECK]: [0, 1, 0, 0] });
  });

  test('of nothing is empty, and of a scope that nobody was let into unknown', () => {
    expect(tallyOf([])).toEqual({});
    expect(nothingKnown(['b', 'a'])).toEqual({ a: [0, 0, 1, 0], b: [0, 0, 1, 0] });
  });

  test('is the same in one round and in several, whatever their order', () => {
    const evaluation = fc
      .tuple(fc.nat(200), fc.constantFrom(passes, fails, isUnknown, doesNotApply), fc.constantFrom(CHECK, 'another-check'))
      .map(([id, says, checkId]): Evaluation => ({ ...says(group(`sg-${id}`)), checkId }));
    const looks = fc.uniqueArray(evaluation, { selector: ({ checkId, resource }) => `${checkId} ${resource.arn}`, maxLength: 60 });
    const property = fc.property(looks, fc.nat(60), (all, at) => {
      const [first, second] = [tallyOf(all.slice(0, at)), tallyOf(all.slice(at))];
      expect(JSON.stringify(addTallies(first, second))).toBe(JSON.stringify(tallyOf(all)));
      expect(JSON.stringify(addTallies(second, first))).toBe(JSON.stringify(tallyOf(all)));
    });
    fc.assert(property);
  });
});
