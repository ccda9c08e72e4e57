import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-cloudtrail-changes-monitored',
  title: 'Changes to CloudTrail should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.5', 'CIS-AWS-5.0:4.5', 'CIS-AWS-3.0:4.5'],
  equivalents: {
    prowler: ['cloudwatch_log_metric_filter_and_alarm_for_cloudtrail_configuration_changes_enabled'],
    securityHub: ['CloudWatch.5'],
  },
  risk: 'Who means harm stops the record first; nobody notices that there is none.',
  remediation: monitoringRemediation('5.5'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.5', params),
  examples: {
    ...monitoringExamples('5.5'),
  },
});
