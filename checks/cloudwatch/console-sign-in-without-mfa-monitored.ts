import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-console-sign-in-without-mfa-monitored',
  title: 'Console sign-ins without MFA should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.2', 'CIS-AWS-5.0:4.2', 'CIS-AWS-3.0:4.2'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_sign_in_without_mfa'], securityHub: ['CloudWatch.3'] },
  risk: 'A password that was guessed, reused or phished is used, and nobody notices.',
  remediation: monitoringRemediation('5.2'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.2', params),
  examples: {
    ...monitoringExamples('5.2'),
  },
});
