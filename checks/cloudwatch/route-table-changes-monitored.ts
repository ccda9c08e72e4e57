import { defineCheck } from '../check.ts';
import { monitoringExamples } from '../predicates/example-monitoring.ts';
import { judgeMonitoring, MONITORING_PARAMS } from '../predicates/monitoring.ts';
import { monitoringRemediation } from '../predicates/monitoring-remediation.ts';

export default defineCheck({
  id: 'cloudwatch-route-table-changes-monitored',
  title: 'Changes to route tables should be monitored',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.13', 'CIS-AWS-5.0:4.13', 'CIS-AWS-3.0:4.13'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_route_tables_alarm_configured'], securityHub: ['CloudWatch.13'] },
  risk: 'A route puts a private subnet on the internet, or sends its traffic past what inspects it, and nobody notices.',
  remediation: monitoringRemediation('5.13'),
  resourceType: 'AWS::Organizations::Account',
  needs: ['monitoring', 'eventDelivery'],
  params: MONITORING_PARAMS,
  evaluate: (account, params) => judgeMonitoring(account, '5.13', params),
  examples: {
    ...monitoringExamples('5.13'),
  },
});
