import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-kms-key-disabling-monitored',
  title: 'Disabled KMS keys, and those scheduled for deletion, should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.7', 'CIS-AWS-5.0:4.7', 'CIS-AWS-3.0:4.7'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_disable_or_scheduled_deletion_of_kms_cmk'], securityHub: ['CloudWatch.7'] },
  risk: 'The waiting period ends unnoticed, and what the key has encrypted is lost for good.',
  remediation: monitoringRemediation('5.7'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.7', params),
  examples: {
    ...monitoringExamples('5.7'),
  },
});
