import type { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

export const NAMESPACE = 'CloudPosture';
/** Of every function: Powertools makes it the one dimension of our metrics. */
export const SERVICE = 'cloud-posture';

/** What the functions say of an audit. None has a dimension per account or region: each would cost, for each account. */
export type PostureMetric =
  | 'OpenCritical'
  | 'OpenHigh'
  | 'OpenOther'
  /** Percent of evaluations. */
  | 'UnknownShare'
  | 'ScopesFailed'
  | 'AccountsRefused'
  | 'ApiCalls'
  /** From the start of an audit to its end: only an audit that ended says it. */
  | 'AuditSeconds'
  | 'AuditsSkipped';

export interface Shown {
  readonly statistic: 'max' | 'sum' | 'count';
  readonly period: Duration;
  readonly label?: string;
}

const STATISTICS = { max: Stats.MAXIMUM, sum: Stats.SUM, count: Stats.SAMPLE_COUNT };

export function postureMetric(metricName: PostureMetric, { statistic, period, label }: Shown): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE },
    statistic: STATISTICS[statistic],
    period,
    ...(label === undefined ? {} : { label }),
  });
}
