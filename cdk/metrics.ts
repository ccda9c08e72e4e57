import type { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName } from '../functions/metrics.ts';

export const NAMESPACE = 'CloudPosture';
/** Of every function: Powertools makes it the one dimension of our metrics. */
export const SERVICE = 'cloud-posture';

export interface Shown {
  readonly statistic: 'max' | 'sum' | 'count';
  readonly period: Duration;
  readonly label?: string;
}

const STATISTICS = { max: Stats.MAXIMUM, sum: Stats.SUM, count: Stats.SAMPLE_COUNT };

export function postureMetric(metricName: MetricName, { statistic, period, label }: Shown): Metric {
  return new Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE },
    statistic: STATISTICS[statistic],
    period,
    ...(label === undefined ? {} : { label }),
  });
}
