import type { Gap } from '../inventory/coverage.ts';
import type { Change } from './digest.ts';
import type { Finding, HistoryEntry } from './finding.ts';
import { isFirstLook } from './first-look.ts';
import { hasReaction } from './reaction-id.ts';
import type { ScopeRecord } from './run.ts';
import { urgentSteps } from './urgent.ts';

/**
 * What a digest tells of a finding: the last step among those that it is about which is worth telling, unless that was told alone. What was urgent in a run's
 * first look at its scope was not: the digest tells it. `record` is of that scope.
 */
export function changeIn(finding: Finding, isAbout: (step: HistoryEntry) => boolean, record: ScopeRecord | undefined): Change | undefined {
  const { history } = finding;
  const index = history.findLastIndex((entry) => entry.kind !== 'changed' && isAbout(entry));
  const step = history[index];
  if (!step) return undefined;
  const isToldAlone = urgentSteps(history).includes(step) && (hasReaction(history.slice(0, index + 1)) || !isFirstLook(record, step.runId));
  return isToldAlone ? undefined : { kind: step.kind, finding };
}

/** The gaps that were not there before. */
export function listNewGaps(gaps: readonly Gap[], before: readonly Gap[]): readonly Gap[] {
  const known = new Set(before.map(gapKey));
  return gaps.filter((gap) => !known.has(gapKey(gap)));
}

/** A gap is known by what was asked, where, and how it was refused. */
export function gapKey({ operation, cause, region }: Gap): string {
  return `${operation} ${cause} ${region}`;
}
