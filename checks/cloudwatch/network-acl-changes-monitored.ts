import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-network-acl-changes-monitored',
  title: 'Changes to network ACLs should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.11', 'CIS-AWS-5.0:4.11', 'CIS-AWS-3.0:4.11'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_acls_alarm_configured'], securityHub: ['CloudWatch.11'] },
  risk: 'A subnet loses what protected it as a whole, and nobody notices.',
  remediation: monitoringRemediation('5.11'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.11', params),
  examples: {
    ...monitoringExamples('5.11'),
  },
});
