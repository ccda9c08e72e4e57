import type { Severity } from '../checks/check.ts';
import type { HistoryEntry } from './finding.ts';
import { isUrgent, worstOf } from './severity.ts';

/**
 * The steps of a history that deserve a message of their own: CRITICAL and HIGH opened, reopened or escalated, and the end of what was announced so.
 * Of a history whose beginning is lost, the first entry's severity decides.
 */
export function urgentSteps(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let told = isUrgent(history[0]?.severity ?? 'INFORMATIONAL');
  return history.filter((entry) => {
    switch (entry.kind) {
      case 'opened':
      case 'reopened':
        told = isUrgent(entry.severity);
        return told;
      case 'escalated':
        told ||= isUrgent(entry.severity);
        return isUrgent(entry.severity);
      case 'resolved':
        return told;
      case 'changed':
        return false;
      default:
        return entry.kind satisfies never;
    }
  });
}

/** True when the newest step is one that deserves a message of its own. */
export function isNewestUrgent(history: readonly HistoryEntry[]): boolean {
  return history.length > 0 && urgentSteps(history).at(-1) === history.at(-1);
}

/** The worst severity since the finding was last opened: who was told of it as HIGH wants to hear of its end, whatever it has become since. */
export function worstSinceOpened(history: readonly HistoryEntry[]): Severity | undefined {
  const start = history.findLastIndex(({ kind }) => kind === 'opened' || kind === 'reopened');
  return worstOf(history.slice(Math.max(0, start)).map(({ severity }) => severity));
}
