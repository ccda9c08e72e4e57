import { matchesWildcard } from './wildcard.ts';

/** True if some text matches both of IAM's patterns: the question for what an Allow may reach. */
export function patternsOverlap(left: string, right: string): boolean {
  const seen = new Set<number>();
  const overlap = (atLeft: number, atRight: number): boolean => {
    const state = atLeft * (right.length + 1) + atRight;
    if (seen.has(state)) return false;
    seen.add(state);
    const one = left[atLeft];
    const other = right[atRight];
    if (one === '*') return overlap(atLeft + 1, atRight) || (other !== undefined && overlap(atLeft, atRight + 1));
    if (other === '*') return overlap(atLeft, atRight + 1) || (one !== undefined && overlap(atLeft + 1, atRight));
    if (one === undefined || other === undefined) return one === other;
    return (one === other || one === '?' || other === '?') && overlap(atLeft + 1, atRight + 1);
  };
  return overlap(0, 0);
}

/** True only if every text that matches `narrow` surely matches `wide` too: the question for what a Deny takes away. */
export function patternCovers(wide: string, narrow: string): boolean {
  // A `?` of `wide` would take a `*` of `narrow` for one character.
  if (wide.includes('?') && narrow.includes('*')) return false;
  return matchesWildcard(wide, narrow);
}
