import type { Gap } from '../inventory/coverage.ts';
import { gapKey } from './changes.ts';
import type { Sight, Usage } from './job.ts';
import type { Observation } from './observe.ts';

/** What one look has seen. The gaps and the usage are of its session, which looks at nothing else. */
export function toSight({ evaluations, resources, incompleteTypes }: Observation, gaps: readonly Gap[], usage: Usage): Sight {
  let unknown = 0;
  let crashed = 0;
  for (const evaluation of evaluations) {
    if (evaluation.status !== 'UNKNOWN') continue;
    unknown += 1;
    if (evaluation.crashed) crashed += 1;
  }
  return { resources, evaluations: evaluations.length, unknown, crashed, incompleteTypes: [...incompleteTypes].sort(), gaps, usage };
}

/** The operation by which an account is entered. */
export const ASSUME_ROLE = 'sts:AssumeRole';

/** Whether the scan was not let in: then it has seen nothing. */
export function isRefusal({ evaluations, gaps }: Sight): boolean {
  return evaluations === 0 && gaps.some(({ operation }) => operation === ASSUME_ROLE);
}

/** What two rounds of one scan have seen together. */
export function addSights(a: Sight, b: Sight): Sight {
  return {
    resources: a.resources + b.resources,
    evaluations: a.evaluations + b.evaluations,
    unknown: a.unknown + b.unknown,
    crashed: a.crashed + b.crashed,
    incompleteTypes: [...new Set([...a.incompleteTypes, ...b.incompleteTypes])].sort(),
    gaps: mergeGaps([...a.gaps, ...b.gaps]),
    usage: addUsages(a.usage, b.usage),
  };
}

/** One gap for each operation, cause and region, with how often it was met in all. */
export function mergeGaps(gaps: Iterable<Gap>): readonly Gap[] {
  const merged = new Map<string, Gap>();
  for (const gap of gaps) {
    const key = gapKey(gap);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, count: known.count + gap.count } : gap);
  }
  return [...merged.values()];
}

function addUsages(a: Usage, b: Usage): Usage {
  return { calls: a.calls + b.calls, throttles: a.throttles + b.throttles, milliseconds: a.milliseconds + b.milliseconds };
}
