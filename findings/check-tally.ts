import type { Evaluation, Status } from './finding.ts';
import { worstPerFinding } from './worst-evaluation.ts';

/** How many resources of a look passed a check, failed it, could not be judged, and are none of its business, in this order. */
export type CheckTally = readonly [pass: number, fail: number, unknown: number, notApplicable: number];

/** By check id; a check of which nothing was judged is not among them. */
export type LookTally = Readonly<Record<string, CheckTally>>;

/** Counts the verdicts of a look: those of one check on one resource count once, as the worst of them. */
export function tallyOf(evaluations: readonly Evaluation[]): LookTally {
  const counts = new Map<string, Record<Status, number>>();
  for (const { checkId, status } of worstPerFinding(evaluations).values()) {
    const count = counts.get(checkId) ?? { PASS: 0, FAIL: 0, UNKNOWN: 0, NOT_APPLICABLE: 0 };
    count[status] += 1;
    counts.set(checkId, count);
  }
  return sorted([...counts].map(([checkId, count]) => [checkId, [count.PASS, count.FAIL, count.UNKNOWN, count.NOT_APPLICABLE]]));
}

/** What two rounds of one look have counted together. */
export function addTallies(a: LookTally, b: LookTally): LookTally {
  const sum = new Map(Object.entries(a));
  for (const [checkId, tally] of Object.entries(b)) {
    const before = sum.get(checkId);
    sum.set(checkId, before ? added(before, tally) : tally);
  }
  return sorted([...sum]);
}

/** Of a scope that nobody was let into: each of these checks is unknown there. */
export function nothingKnown(checkIds: readonly string[]): LookTally {
  return sorted(checkIds.map((checkId) => [checkId, [0, 0, 1, 0]]));
}

function added([pass, fail, unknown, notApplicable]: CheckTally, other: CheckTally): CheckTally {
  return [pass + other[0], fail + other[1], unknown + other[2], notApplicable + other[3]];
}

/** One order, so that the same counts are the same text. */
function sorted(tallies: readonly (readonly [string, CheckTally])[]): LookTally {
  return Object.fromEntries(tallies.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
