import { matchesWildcard } from './wildcard.ts';

const WILDCARDS = /[*?]/;

/** True if some text matches both of IAM's patterns: the question for what an Allow may reach. Needs no stack: a policy's pattern may be 20,000 characters long. */
export function patternsOverlap(left: string, right: string): boolean {
  if (!WILDCARDS.test(right)) return matchesWildcard(left, right);
  if (!WILDCARDS.test(left)) return matchesWildcard(right, left);
  const width = right.length + 1;
  const seen = new Set([0]);
  const waiting = [0];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const atLeft = Math.floor(state / width);
    const atRight = state % width;
    if (atLeft === left.length && atRight === right.length) return true;
    for (const [stepLeft, stepRight] of stepsFrom(left[atLeft], right[atRight])) {
      const next = (atLeft + stepLeft) * width + atRight + stepRight;
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

/** How far each pattern may go on: a star ends, or takes the other's next part. */
function stepsFrom(one: string | undefined, other: string | undefined): readonly (readonly [left: number, right: number])[] {
  if (one === '*')
    return other === undefined
      ? [[1, 0]]
      : [
          [1, 0],
          [0, 1],
        ];
  if (other === '*')
    return one === undefined
      ? [[0, 1]]
      : [
          [0, 1],
          [1, 0],
        ];
  if (one === undefined || other === undefined) return [];
  return one === other || one === '?' || other === '?' ? [[1, 1]] : [];
}

/** True only if every text that matches `narrow` surely matches `wide` too: the question for what a Deny takes away. */
export function patternCovers(wide: string, narrow: string): boolean {
  // A `?` of `wide` would take a `*` of `narrow` for one character.
  if (wide.includes('?') && narrow.includes('*')) return false;
  return matchesWildcard(wide, narrow);
}

/** The pattern with every policy variable, such as `${aws:username}`, as what it may be: anything. */
export function widenVariables(pattern: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}/g, '*');
}
