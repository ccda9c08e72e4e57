import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-organization-changes-monitored',
  title: 'Changes to the organization should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.15', 'CIS-AWS-5.0:4.15', 'CIS-AWS-3.0:4.15'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_aws_organizations_changes'] },
  risk: 'A policy that limits all accounts is taken away, or an account leaves, and nobody notices.',
  remediation: monitoringRemediation('5.15'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.15', params),
  examples: {
    ...monitoringExamples('5.15'),
  },
});
