import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-vpc-changes-monitored',
  title: 'Changes to VPCs should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.14', 'CIS-AWS-5.0:4.14', 'CIS-AWS-3.0:4.14'],
  equivalents: { prowler: ['cloudwatch_changes_to_vpcs_alarm_configured'], securityHub: ['CloudWatch.14'] },
  risk: 'A peering connection joins networks that were apart, and nobody notices.',
  remediation: monitoringRemediation('5.14'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.14', params),
  examples: {
    ...monitoringExamples('5.14'),
  },
});
