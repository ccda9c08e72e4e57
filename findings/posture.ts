import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Finding, Transition } from './finding.ts';

/** Findings of one severity: how many are open, and what moved. Escalated findings count as neither opened nor resolved. */
export interface PostureCounts {
  readonly open: number;
  readonly opened: number;
  readonly reopened: number;
  readonly resolved: number;
}

/** Counts of findings at a time, in all and by severity. */
export interface Posture extends PostureCounts {
  readonly bySeverity: Readonly<Record<Severity, PostureCounts>>;
}

/** Counts findings as they stand, and the transitions that led there. */
export function toPosture(findings: Iterable<Finding>, transitions: readonly Pick<Transition, 'kind' | 'finding'>[]): Posture {
  const open = [...findings].filter(({ state }) => state === 'open');
  const countOf = (belongs: (finding: Finding) => boolean): PostureCounts => {
    const moved = (kind: Transition['kind']) =>
      transitions.filter((transition) => transition.kind === kind && belongs(transition.finding)).length;
    return { open: open.filter(belongs).length, opened: moved('opened'), reopened: moved('reopened'), resolved: moved('resolved') };
  };
  const bySeverity = toRecord((severity) => countOf((finding) => finding.severity === severity));
  return { ...countOf(() => true), bySeverity };
}

function toRecord(countsOf: (severity: Severity) => PostureCounts): Record<Severity, PostureCounts> {
  const [critical, high, medium, low, informational] = SEVERITIES;
  return {
    [critical]: countsOf(critical),
    [high]: countsOf(high),
    [medium]: countsOf(medium),
    [low]: countsOf(low),
    [informational]: countsOf(informational),
  };
}
