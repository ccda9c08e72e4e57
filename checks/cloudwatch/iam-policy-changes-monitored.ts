import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-iam-policy-changes-monitored',
  title: 'Changes to IAM policies should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.4', 'CIS-AWS-5.0:4.4', 'CIS-AWS-3.0:4.4'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_policy_changes'], securityHub: ['CloudWatch.4'] },
  risk: 'An intruder who gives themselves rights is not noticed before they use them.',
  remediation: monitoringRemediation('5.4'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.4', params),
  examples: {
    ...monitoringExamples('5.4'),
  },
});
