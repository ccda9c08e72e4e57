import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-security-group-changes-monitored',
  title: 'Changes to security groups should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.10', 'CIS-AWS-5.0:4.10', 'CIS-AWS-3.0:4.10'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_security_group_changes'], securityHub: ['CloudWatch.10'] },
  risk: 'A port is opened to the internet, and nobody notices before it is found.',
  remediation: monitoringRemediation('5.10'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.10', params),
  examples: {
    ...monitoringExamples('5.10'),
  },
});
