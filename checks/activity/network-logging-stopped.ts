import { defineActivityCheck } from '../activity.ts';
import { factOf, factsIn, factsOf } from '../predicates/event-facts.ts';
import { tamperingNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const DNS = { eventSource: 'route53resolver.amazonaws.com' };
const DELETE = { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-0123456789abcdef0' } } };

export default defineActivityCheck({
  id: 'activity-network-logging-stopped',
  title: 'Logs of network traffic or of DNS queries were stopped',
  severity: 'HIGH',
  controls: [],
  attack: ['T1562.008'],
  equivalents: {},
  risk: 'Where data went and who was asked for it can no longer be told, and GuardDuty is the only one left to look.',
  remediation: {
    text: 'Make the flow log or the query log again.',
    cli: 'aws ec2 create-flow-logs --resource-type VPC --resource-ids <vpc> --traffic-type ALL --log-destination-type s3 --log-destination <bucket ARN>',
    cloudFormation: 'AWS::EC2::FlowLog',
  },
  events: [
    { source: 'ec2.amazonaws.com', names: ['DeleteFlowLogs'] },
    { source: 'route53resolver.amazonaws.com', names: ['DeleteResolverQueryLogConfig', 'DisassociateResolverQueryLogConfig'] },
  ],
  evaluate(event) {
    const { request, response } = event;
    const flowLogs = [...factsIn(request, 'flowLogId'), ...factsIn(request, 'flowLogIds')];
    return tamperingNotice(event, {
      what: flowLogs[0] ?? factOf(request, 'resourceId') ?? factOf(request, 'resolverQueryLogConfigId'),
      evidence: {
        ...(flowLogs.length === 0 ? {} : { flowLogs }),
        ...factsOf(response.at('resolverQueryLogConfig'), 'name'),
        ...factsOf(request, 'resolverQueryLogConfigId', 'resourceId'),
      },
    });
  },
  examples: {
    activity: {
      'a flow log deleted': { ...EC2, eventName: 'DeleteFlowLogs', requestParameters: DELETE },
      'two of them, refused': {
        ...EC2,
        eventName: 'DeleteFlowLogs',
        errorCode: 'Client.UnauthorizedOperation',
        requestParameters: {
          DeleteFlowLogsRequest: {
            FlowLogId: [
              { tag: 1, content: 'fl-0123456789abcdef0' },
              { tag: 2, content: 'fl-0fedcba9876543210' },
            ],
          },
        },
      },
      'DNS queries of a VPC no longer logged': {
        ...DNS,
        eventName: 'DisassociateResolverQueryLogConfig',
        requestParameters: { resolverQueryLogConfigId: 'rqlc-0123456789abcdef', resourceId: 'vpc-0123456789abcdef0' },
      },
    },
    quiet: { 'a dry run': { ...EC2, eventName: 'DeleteFlowLogs', errorCode: 'Client.DryRunOperation', requestParameters: DELETE } },
  },
});
