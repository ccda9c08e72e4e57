import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-config-changes-monitored',
  title: 'Changes to AWS Config should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.9', 'CIS-AWS-5.0:4.9', 'CIS-AWS-3.0:4.9'],
  equivalents: {
    prowler: ['cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled'],
    securityHub: ['CloudWatch.9'],
  },
  risk: 'The record of how resources were set up ends, and nobody notices.',
  remediation: monitoringRemediation('5.9'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.9', params),
  examples: {
    ...monitoringExamples('5.9'),
  },
});
