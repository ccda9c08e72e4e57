import type { Severity } from '../checks/check.ts';
import type { Finding, HistoryEntry } from './finding.ts';
import type { RunRecord } from './run.ts';

/** What a finding was when a run had ended, if it was not resolved. */
export interface Standing {
  readonly state: 'open' | 'excepted';
  readonly severity: Severity;
  readonly reason: string;
}

/** What is different between two runs, as seen from the first. */
export interface RunDiff {
  readonly opened: readonly Finding[];
  readonly resolved: readonly Finding[];
  /** Excepted at the second, and not at the first. */
  readonly excepted: readonly Finding[];
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
  const compared = [...findings].map((finding) => ({ finding, from: standingAt(finding, start), to: standingAt(finding, end) }));
  const both = compared.flatMap(({ finding, from: before, to: after }) =>
    isOpen(before) && isOpen(after) ? [{ finding, from: before, to: after }] : [],
  );
  const changed = both.filter(({ finding }) => isTouched(finding, start, end));
  return {
    opened: compared.flatMap(({ finding, from: before, to: after }) => (isOpen(after) && !isOpen(before) ? finding : [])),
    resolved: compared.flatMap(({ finding, from: before, to: after }) => (before && !after ? finding : [])),
    excepted: compared.flatMap(({ finding, from: before, to: after }) => (isExcepted(after) && !isExcepted(before) ? finding : [])),
    changed,
    unchanged: both.length - changed.length,
  };
}

function isOpen(standing: Standing | undefined): standing is Standing {
  return standing?.state === 'open';
}

function isExcepted(standing: Standing | undefined): boolean {
  return standing?.state === 'excepted';
}

function endOf({ id, finishedAt }: RunRecord): string {
  if (finishedAt === undefined) throw new Error(`the run ${id} was cut short: there is nothing to compare`);
  return finishedAt;
}

/** `undefined` when the finding was resolved at that time, or not known. */
function standingAt(finding: Finding, time: string): Standing | undefined {
  const last = finding.history.findLast(({ at }) => at <= time);
  if (last) return last.kind === 'resolved' ? undefined : { severity: last.severity, reason: last.reason, state: stateAt(finding, time) };
  const [first] = finding.history;
  return first && finding.firstSeenAt <= time ? standingBefore(first) : undefined;
}

/** A change leaves a finding in the state in which it was. */
function stateAt({ history }: Finding, time: string): Standing['state'] {
  const step = history.findLast(({ at, kind }) => at <= time && kind !== 'changed');
  const next = history.find(({ kind }) => kind !== 'changed');
  return step?.kind === 'excepted' || (step === undefined && next?.kind === 'lapsed') ? 'excepted' : 'open';
}

/** What the lost part of a long history must have ended with. */
function standingBefore(first: HistoryEntry): Standing | undefined {
  const { kind, severity, reason } = first;
  if (kind === 'opened' || kind === 'reopened') return undefined;
  return { severity, reason, state: kind === 'lapsed' ? 'excepted' : 'open' };
}

function isTouched({ history }: Finding, start: string, end: string): boolean {
  const [earlier, later] = start < end ? [start, end] : [end, start];
  return history.some(({ at }) => at > earlier && at <= later);
}
