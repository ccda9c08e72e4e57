import { SEVERITIES, type Severity } from '../checks/check.ts';
import type { Finding, Transition, TransitionKind } from './finding.ts';

/** Findings of one severity: how many are open, how many are excepted, and what moved. Escalated findings count as neither opened nor resolved. */
export interface PostureCounts {
  /** Without those that are excepted. */
  readonly open: number;
  /** Those that an exception covers now. */
  readonly excepted: number;
  readonly opened: number;
  readonly reopened: number;
  /** Those that are open because their exception has ended. */
  readonly lapsed: number;
  readonly resolved: number;
}

/** Counts of findings at a time, in all and by severity. */
export interface Posture extends PostureCounts {
  readonly bySeverity: Readonly<Record<Severity, PostureCounts>>;
}

/** Counts findings one by one, so that none has to be kept. */
export interface Tally {
  /** Counts the finding if it is open or excepted. */
  readonly stands: (finding: Pick<Finding, 'state' | 'severity'>) => void;
  readonly moved: (kind: TransitionKind, severity: Severity) => void;
  /** What was counted so far. */
  readonly posture: () => Posture;
}

export function startTally(): Tally {
  const counts = perSeverity((): { -readonly [Count in keyof PostureCounts]: number } => ({
    open: 0,
    excepted: 0,
    opened: 0,
    reopened: 0,
    lapsed: 0,
    resolved: 0,
  }));
  const sum = (count: keyof PostureCounts): number => SEVERITIES.reduce((total, severity) => total + counts[severity][count], 0);
  return {
    stands({ state, severity }) {
      if (state !== 'resolved') counts[severity][state] += 1;
    },
    moved(kind, severity) {
      if (kind === 'opened' || kind === 'reopened' || kind === 'lapsed' || kind === 'resolved') counts[severity][kind] += 1;
    },
    posture: () => ({
      ...{ open: sum('open'), excepted: sum('excepted') },
      ...{ opened: sum('opened'), reopened: sum('reopened'), lapsed: sum('lapsed'), resolved: sum('resolved') },
      bySeverity: perSeverity((severity) => ({ ...counts[severity] })),
    }),
  };
}

/** Counts findings as they stand, and the transitions that led there. */
export function toPosture(findings: Iterable<Finding>, transitions: readonly Pick<Transition, 'kind' | 'finding'>[]): Posture {
  const tally = startTally();
  for (const finding of findings) tally.stands(finding);
  for (const { kind, finding } of transitions) tally.moved(kind, finding.severity);
  return tally.posture();
}

/** One value for each severity. */
export function perSeverity<Value>(toValue: (severity: Severity) => Value): Record<Severity, Value> {
  const [critical, high, medium, low, informational] = SEVERITIES;
  return {
    [critical]: toValue(critical),
    [high]: toValue(high),
    [medium]: toValue(medium),
    [low]: toValue(low),
    [informational]: toValue(informational),
  };
}
