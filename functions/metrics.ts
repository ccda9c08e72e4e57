import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Reaction } from '../findings/reaction.ts';
import type { Summary } from '../findings/summarize.ts';

/** What the alarms and the dashboard look at. Of the whole hub: a metric per account or region would cost more than the audit. */
export type MetricName =
  | 'OpenCritical'
  | 'OpenHigh'
  | 'OpenOther'
  /** Percent of the evaluations. */
  | 'UnknownShare'
  | 'ScopesFailed'
  | 'AccountsRefused'
  | 'ApiCalls'
  /** From the start of an audit to its end: only an audit that ended says it. */
  | 'AuditSeconds'
  | 'AuditsSkipped'
  /** From what happened, as CloudTrail tells it, to its judgement: one value for each event, so that their number is that of the events. */
  | 'DetectionSeconds';

type Unit = 'Count' | 'Percent' | 'Seconds';
type Measured = Readonly<Partial<Record<MetricName, readonly [values: number | readonly number[], unit: Unit]>>>;

const metrics = new Metrics();

/** Writes metrics as a line of the log, which CloudWatch turns into metrics: nothing is asked, nothing can fail. */
export function publishMetrics(measured: Measured): void {
  for (const [name, [values, unit]] of Object.entries(measured))
    for (const value of [values].flat()) metrics.addMetric(name, MetricUnit[unit], value);
  metrics.publishStoredMetrics();
}

export function toMetrics({ open, evaluations, unknown, scopesFailed, accountsRefused, calls, durationSeconds }: Summary): Measured {
  const { CRITICAL, HIGH, ...other } = open;
  return {
    OpenCritical: [CRITICAL, 'Count'],
    OpenHigh: [HIGH, 'Count'],
    OpenOther: [Object.values(other).reduce((sum, count) => sum + count, 0), 'Count'],
    UnknownShare: [evaluations === 0 ? 0 : (100 * unknown) / evaluations, 'Percent'],
    ScopesFailed: [scopesFailed, 'Count'],
    AccountsRefused: [accountsRefused, 'Count'],
    ApiCalls: [calls, 'Count'],
    AuditSeconds: [durationSeconds, 'Seconds'],
  };
}

export function reactionMetrics({ detectionSeconds }: Reaction): Measured {
  return { DetectionSeconds: [detectionSeconds, 'Seconds'] };
}
