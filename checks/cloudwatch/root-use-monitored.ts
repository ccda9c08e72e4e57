import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-root-use-monitored',
  title: 'Use of the root user should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.3', 'CIS-AWS-5.0:4.3', 'CIS-AWS-3.0:4.3'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_root_usage'], securityHub: ['CloudWatch.1'] },
  risk: 'Nothing limits the root user: what it does must not wait until somebody reads the logs.',
  remediation: monitoringRemediation('5.3'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.3', params),
  examples: {
    ...monitoringExamples('5.3'),
  },
});
