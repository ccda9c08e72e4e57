import type { Remediation } from '../check.ts';
import { MONITORED_EVENTS, type MonitoredRecommendation } from './metric-filters.ts';

/** How to have somebody told of these events. */
export function monitoringRemediation(recommendation: MonitoredRecommendation): Remediation {
  const { pattern } = MONITORED_EVENTS[recommendation];
  return {
    text: 'Deploy this scanner, which tells these events from every enabled region within seconds; or count them with a metric filter on the log group of a trail of all regions, with an alarm on its metric and a topic that somebody has subscribed to.',
    cli: `aws logs put-metric-filter --log-group-name <group> --filter-name <name> --filter-pattern '${pattern}' --metric-transformations metricName=<name>,metricNamespace=<namespace>,metricValue=1`,
    cloudFormation: 'AWS::Logs::MetricFilter.FilterPattern',
  };
}
