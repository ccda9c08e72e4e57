import type { Severity } from '../checks/check.ts';
import type { Finding, HistoryEntry } from './finding.ts';
import type { RunRecord } from './run.ts';

/** What a finding was when a run had ended. */
export interface Standing {
  readonly severity: Severity;
  readonly reason: string;
}

/** What is different between two runs, as seen from the first. */
export interface RunDiff {
  readonly opened: readonly Finding[];
  readonly resolved: readonly Finding[];
  /** Open at both, but changed, or gone and back, in between. */
  readonly changed: readonly { readonly finding: Finding; readonly from: Standing; readonly to: Standing }[];
  /** Open at both, and untouched in between. */
  readonly unchanged: number;
}

/**
 * Compares what was open when each run ended, told from the findings' histories.
 * @throws Error when a run did not end
 */
export function diffRuns(findings: Iterable<Finding>, from: RunRecord, to: RunRecord): RunDiff {
  const [start, end] = [endOf(from), endOf(to)];
  const opened: Finding[] = [];
  const resolved: Finding[] = [];
  const changed: RunDiff['changed'][number][] = [];
  let unchanged = 0;
  for (const finding of findings) {
    const [before, after] = [standingAt(finding, start), standingAt(finding, end)];
    if (!before && after) opened.push(finding);
    if (before && !after) resolved.push(finding);
    if (!before || !after) continue;
    if (isTouched(finding, start, end)) changed.push({ finding, from: before, to: after });
    else unchanged += 1;
  }
  return { opened, resolved, changed, unchanged };
}

function endOf({ id, finishedAt }: RunRecord): string {
  if (finishedAt === undefined) throw new Error(`the run ${id} was cut short: there is nothing to compare`);
  return finishedAt;
}

/** `undefined` when the finding was not open at that time. */
function standingAt(finding: Finding, time: string): Standing | undefined {
  const last = finding.history.findLast(({ at }) => at <= time);
  if (last) return last.kind === 'resolved' ? undefined : last;
  const [first] = finding.history;
  return first && finding.firstSeenAt <= time ? standingBefore(first) : undefined;
}

/** What the lost part of a long history must have ended with. */
function standingBefore(first: HistoryEntry): Standing | undefined {
  return first.kind === 'opened' || first.kind === 'reopened' ? undefined : first;
}

function isTouched({ history }: Finding, start: string, end: string): boolean {
  const [earlier, later] = start < end ? [start, end] : [end, start];
  return history.some(({ at }) => at > earlier && at <= later);
}
