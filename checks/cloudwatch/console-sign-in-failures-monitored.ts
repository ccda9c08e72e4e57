import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-console-sign-in-failures-monitored',
  title: 'Failed console sign-ins should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.6', 'CIS-AWS-5.0:4.6', 'CIS-AWS-3.0:4.6'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_authentication_failures'], securityHub: ['CloudWatch.6'] },
  risk: 'Passwords are tried out until one fits, and nobody notices.',
  remediation: monitoringRemediation('5.6'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.6', params),
  examples: {
    ...monitoringExamples('5.6'),
  },
});
