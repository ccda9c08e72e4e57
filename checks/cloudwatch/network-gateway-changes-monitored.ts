import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-network-gateway-changes-monitored',
  title: 'Changes to network gateways should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.12', 'CIS-AWS-5.0:4.12', 'CIS-AWS-3.0:4.12'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_gateways_alarm_configured'], securityHub: ['CloudWatch.12'] },
  risk: 'A private network gets a way to the internet or to somebody else, and nobody notices.',
  remediation: monitoringRemediation('5.12'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.12', params),
  examples: {
    ...monitoringExamples('5.12'),
  },
});
