import type { Severity } from '../checks/check.ts';
import type { Change } from './digest.ts';
import { noTransitions, TRANSITION_KINDS, type TransitionKind } from './finding.ts';
import { compareFindings, compareText } from './order.ts';
import { perSeverity } from './posture.ts';
import { rankOf } from './severity.ts';
import { keepWorst } from './worst.ts';

/** Changes, all of them counted, the worst of them kept. */
export interface ChangeRows {
  /** Worst first. */
  readonly rows: readonly Change[];
  readonly total: number;
  readonly byKind: Readonly<Record<TransitionKind, number>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** The worst first, then those with most. */
  readonly byCheck: readonly CheckCount[];
}

export interface CheckCount {
  readonly checkId: string;
  readonly severity: Severity;
  readonly count: number;
}

export interface ChangeCount {
  readonly add: (change: Change) => void;
  readonly soFar: () => ChangeRows;
}

/** Counts changes one by one, and keeps as many as `longest` of them. */
export function countChanges(longest: number): ChangeCount {
  const worst = keepWorst(longest, compareChanges);
  const byKind = noTransitions();
  const bySeverity = perSeverity(() => 0);
  const byCheck = new Map<string, CheckCount>();
  let total = 0;
  return {
    add(change) {
      const { checkId, severity } = change.finding;
      const key = `${severity} ${checkId}`;
      worst.add(change);
      byKind[change.kind] += 1;
      bySeverity[severity] += 1;
      byCheck.set(key, { checkId, severity, count: (byCheck.get(key)?.count ?? 0) + 1 });
      total += 1;
    },
    soFar: () => ({
      ...{ rows: worst.rows(), total, byKind: { ...byKind }, bySeverity: { ...bySeverity } },
      byCheck: [...byCheck.values()].sort(compareCounts),
    }),
  };
}

/** As people read them: what ended stands below what is open and as bad. */
export function compareChanges(a: Change, b: Change): number {
  return (
    rankOf(a.finding.severity) - rankOf(b.finding.severity) ||
    TRANSITION_KINDS.indexOf(a.kind) - TRANSITION_KINDS.indexOf(b.kind) ||
    compareFindings(a.finding, b.finding) ||
    compareText(a.finding.id, b.finding.id)
  );
}

function compareCounts(a: CheckCount, b: CheckCount): number {
  return rankOf(a.severity) - rankOf(b.severity) || b.count - a.count || compareText(a.checkId, b.checkId);
}
