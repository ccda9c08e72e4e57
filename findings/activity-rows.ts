import type { Severity } from '../checks/check.ts';
import type { KeptActivity } from './kept-activity.ts';
import { compareText } from './order.ts';
import { perSeverity } from './posture.ts';
import { isUrgent, rankOf } from './severity.ts';
import { keepWorst } from './worst.ts';

/** Activities, all of them counted, a few of them kept. */
export interface ActivityRows {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** The worst first, then those with most. */
  readonly counts: readonly ActivityCount[];
  /** How many more counts there are. */
  readonly moreCounts: number;
  /** The worst first, then the newest, of those that were not told alone. */
  readonly rows: readonly KeptActivity[];
}

/** How often a check found something in an account. */
export interface ActivityCount {
  readonly accountId: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly count: number;
}

export interface AccountActivities {
  readonly add: (activity: KeptActivity) => void;
  /** The worst that was not told alone, and how many there are in all. Called once, when all have been added. */
  readonly end: () => { readonly total: number; readonly worstUntold: Severity | undefined };
}

export interface ActivityFold {
  readonly begin: () => AccountActivities;
  readonly soFar: () => ActivityRows;
}

/** Counts activities account by account, and keeps as many as `longest` of them, and of their counts. */
export function foldActivities(longest: number): ActivityFold {
  const bySeverity = perSeverity(() => 0);
  const rows = keepWorst(longest, compareActivities);
  const counts = keepWorst(longest, compareCounts);
  let total = 0;
  let countsInAll = 0;
  return {
    begin() {
      const own = new Map<string, ActivityCount>();
      return {
        add(activity) {
          const { checkId, severity, event } = activity;
          const key = `${severity} ${checkId}`;
          own.set(key, { accountId: event.accountId, checkId, severity, count: (own.get(key)?.count ?? 0) + 1 });
          bySeverity[severity] += 1;
          total += 1;
          if (!isUrgent(severity)) rows.add(activity);
        },
        end() {
          for (const count of own.values()) counts.add(count);
          countsInAll += own.size;
          const untold = [...own.values()].filter(({ severity }) => !isUrgent(severity)).sort(compareCounts);
          return { total: own.values().reduce((sum, { count }) => sum + count, 0), worstUntold: untold[0]?.severity };
        },
      };
    },
    soFar() {
      const kept = counts.rows();
      return { total, bySeverity: { ...bySeverity }, counts: kept, moreCounts: countsInAll - kept.length, rows: rows.rows() };
    },
  };
}

function compareActivities(a: KeptActivity, b: KeptActivity): number {
  return rankOf(a.severity) - rankOf(b.severity) || compareText(b.event.at, a.event.at) || compareText(a.id, b.id);
}

function compareCounts(a: ActivityCount, b: ActivityCount): number {
  return (
    rankOf(a.severity) - rankOf(b.severity) ||
    b.count - a.count ||
    compareText(a.checkId, b.checkId) ||
    compareText(a.accountId, b.accountId)
  );
}
