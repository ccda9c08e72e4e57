import type { Severity } from '../checks/check.ts';
import type { HistoryEntry } from './finding.ts';
import { isUrgent, worstOf } from './severity.ts';

/**
 * The steps of a history that deserve a message of their own: CRITICAL and HIGH opened, reopened, escalated or no longer excepted, and the end of what was
 * announced so. What comes back again and again is announced three times a day at most, with its ends; the rest is for digests. Of a history whose beginning is lost, the first entry's severity decides; what begins excepted was announced to nobody.
 */
export function urgentSteps(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let told = isUrgent(history[0]?.severity ?? 'INFORMATIONAL') && history[0]?.kind !== 'excepted';
  return history.filter((entry, index) => {
    const wasTold = told;
    switch (entry.kind) {
      case 'opened':
        told = isUrgent(entry.severity);
        return told;
      case 'reopened':
        told = isUrgent(entry.severity) && reopeningsBy(history, index) <= MOST_REOPENINGS;
        return told;
      case 'escalated':
      case 'lapsed':
        told ||= isUrgent(entry.severity);
        return isUrgent(entry.severity);
      case 'resolved':
        told = false;
        return wasTold;
      case 'excepted':
      case 'changed':
        return false;
      default:
        return entry.kind satisfies never;
    }
  });
}

/** So many in a day are told one by one. */
const MOST_REOPENINGS = 3;
const DAY = 86_400_000;

/** How often a finding has come back within a day up to a step of its history, that step included. */
function reopeningsBy(history: readonly HistoryEntry[], index: number): number {
  const since = Date.parse(history[index]?.at ?? '') - DAY;
  return history.slice(0, index + 1).filter(({ kind, at }) => kind === 'reopened' && Date.parse(at) > since).length;
}

/** True from the step on with which a finding has come back three times within a day: of further ones only digests tell. */
export function isFlapping(history: readonly HistoryEntry[], step: HistoryEntry): boolean {
  const index = history.lastIndexOf(step);
  return step.kind === 'reopened' && index >= 0 && reopeningsBy(history, index) >= MOST_REOPENINGS;
}

/** True when the newest step is one that deserves a message of its own. */
export function isNewestUrgent(history: readonly HistoryEntry[]): boolean {
  return history.length > 0 && urgentSteps(history).at(-1) === history.at(-1);
}

/** The worst severity since the finding last began: who was told of it as HIGH wants to hear of its end, whatever it has become since. */
export function worstSinceOpened(history: readonly HistoryEntry[]): Severity | undefined {
  const start = history.findLastIndex((step, index) => isBeginning(step, history[index - 1]));
  return worstOf(history.slice(Math.max(0, start)).map(({ severity }) => severity));
}

/** What fails for the first time, or again, while an exception is in force begins as excepted. */
function isBeginning({ kind }: HistoryEntry, before: HistoryEntry | undefined): boolean {
  return kind === 'opened' || kind === 'reopened' || (kind === 'excepted' && before?.kind === 'resolved');
}
