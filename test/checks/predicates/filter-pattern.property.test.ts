import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FilterPattern, isUnreadable, toFilterPattern } from '../../../checks/predicates/filter-pattern.ts';
import { type Coverage, coverage } from '../../../checks/predicates/filter-pattern-comparison.ts';
import { events, matches, type Node, node, written } from './filter-pattern-oracle.ts';

const numRuns = Number(process.env.POSTURE_FUZZ_CASES ?? 250);

function read(root: Node, few: boolean): FilterPattern {
  const pattern = toFilterPattern(written(root, few));
  if (isUnreadable(pattern)) throw new Error(`not understood: ${pattern.unreadable}`);
  return pattern;
}

/** By trying every event that could make a difference, in both readings of what is not there. */
function tried(required: Node, given: readonly Node[]): Coverage['covers'] {
  const all = events([required, ...given]);
  const isMissed = (absentDiffers: boolean) =>
    all.some((event) => matches(required, event, absentDiffers) && !given.some((each) => matches(each, event, absentDiffers)));
  const [one, other] = [isMissed(false), isMissed(true)];
  if (one !== other) return 'unsure';
  return one ? 'no' : 'yes';
}

const patterns = fc.record({ required: node, given: fc.array(node, { maxLength: 2 }), few: fc.boolean() });

test('whether patterns cover another is what trying out every event says', () => {
  fc.assert(
    fc.property(patterns, ({ required, given, few }) => {
      const result = coverage(
        read(required, few),
        given.map((each) => read(each, few)),
      );
      expect(result.covers).toBe(tried(required, given));
    }),
    { numRuns },
  );
});

test('a pattern covers itself, whatever stands beside it and in whatever order', () => {
  fc.assert(
    fc.property(node, node, (required, other) => {
      expect(coverage(read(required, true), [read(required, false)]).covers).toBe('yes');
      expect(coverage(read(required, true), [read({ join: '||', of: [other, required] }, true)]).covers).toBe('yes');
      expect(coverage(read({ join: '&&', of: [required, other] }, true), [read(required, true)]).covers).toBe('yes');
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});
