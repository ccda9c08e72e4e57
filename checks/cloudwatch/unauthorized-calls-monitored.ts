import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-unauthorized-calls-monitored',
  title: 'Refused API calls should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.1', 'CIS-AWS-5.0:4.1', 'CIS-AWS-3.0:4.1'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_unauthorized_api_calls'], securityHub: ['CloudWatch.2'] },
  risk: 'Whoever tries out what stolen credentials may do is refused many times first, and nobody notices.',
  remediation: monitoringRemediation('5.1'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.1', params),
  examples: {
    ...monitoringExamples('5.1'),
  },
});
