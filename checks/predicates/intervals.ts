/** Inclusive. */
export interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/** Ascending, disjoint and never adjacent: two sets are equal when their intervals are. */
export type IntervalSet = readonly Interval[];

/** One step of a list in which the first match decides. */
export interface Step {
  readonly interval: Interval;
  readonly accept: boolean;
}

export function union(intervals: readonly Interval[]): IntervalSet {
  if (intervals.length < 2) return intervals;
  const merged: Interval[] = [];
  for (const next of [...intervals].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = merged.at(-1);
    if (!last || next.from > last.to + 1n) merged.push(next);
    else if (next.to > last.to) merged[merged.length - 1] = { from: last.from, to: next.to };
  }
  return merged;
}

export function intersection(one: IntervalSet, other: IntervalSet): IntervalSet {
  const common: Interval[] = [];
  for (let i = 0, j = 0; ; ) {
    const a = one[i];
    const b = other[j];
    if (!a || !b) return common;
    const from = a.from > b.from ? a.from : b.from;
    const to = a.to < b.to ? a.to : b.to;
    if (from <= to) common.push({ from, to });
    if (a.to < b.to) i++;
    else j++;
  }
}

export function difference(one: IntervalSet, other: IntervalSet): IntervalSet {
  const rest: Interval[] = [];
  for (const { from, to } of one) {
    let start = from;
    for (const hole of other) {
      if (hole.to < start) continue;
      if (hole.from > to) break;
      if (hole.from > start) rest.push({ from: start, to: hole.from - 1n });
      start = hole.to + 1n;
    }
    if (start <= to) rest.push({ from: start, to });
  }
  return rest;
}

/** How many numbers the set holds. */
export function sizeOf(set: IntervalSet): bigint {
  return set.reduce((size, { from, to }) => size + to - from + 1n, 0n);
}

/** What an ordered list accepts when the first step that matches decides, and what no step matches is refused. */
export function acceptedBy(steps: Iterable<Step>): IntervalSet {
  let decided: IntervalSet = [];
  const accepted: Interval[] = [];
  for (const { interval, accept } of steps) {
    if (accept) accepted.push(...difference([interval], decided));
    decided = union([...decided, interval]);
  }
  return union(accepted);
}
