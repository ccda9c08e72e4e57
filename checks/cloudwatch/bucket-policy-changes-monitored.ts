import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-bucket-policy-changes-monitored',
  title: 'Changes to who may read a bucket, and to how long it keeps objects, should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.8', 'CIS-AWS-5.0:4.8', 'CIS-AWS-3.0:4.8'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_for_s3_bucket_policy_changes'], securityHub: ['CloudWatch.8'] },
  risk: 'A bucket is opened, or what it holds is copied or deleted by a rule, and nobody notices.',
  remediation: monitoringRemediation('5.8'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.8', params),
  examples: {
    ...monitoringExamples('5.8'),
  },
});
