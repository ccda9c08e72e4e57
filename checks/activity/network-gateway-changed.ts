import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { NETWORK_GATEWAY_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const INTERNET = { internetGatewayId: 'igw-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0' };

export default defineActivityCheck({
  id: 'activity-network-gateway-changed',
  title: 'A gateway to the internet or to a customer network was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.12', 'CIS-AWS-5.0:4.12', 'CIS-AWS-3.0:4.12'],
  attack: ['T1599'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_gateways_alarm_configured'], securityHub: ['CloudWatch.12'] },
  risk: 'A gateway is a way out of a network that had none, and a way in.',
  remediation: {
    text: 'Ask who did it, and detach the gateway if the network is to have none.',
    cli: 'aws ec2 detach-internet-gateway --internet-gateway-id <gateway> --vpc-id <vpc>',
    cloudFormation: 'AWS::EC2::VPCGatewayAttachment',
  },
  events: [
    {
      source: 'any',
      names: NETWORK_GATEWAY_EVENTS,
    },
  ],
  evaluate(event) {
    const { request, response } = event;
    const internet = response.at('internetGateway');
    const customer = response.at('customerGateway');
    const ids = {
      ...factsOf(internet, 'internetGatewayId'),
      ...factsOf(customer, 'customerGatewayId'),
      ...factsOf(request, 'internetGatewayId', 'customerGatewayId'),
    };
    return changeNotice(event, {
      service: 'ec2.amazonaws.com',
      what: Object.values(ids).map(String)[0],
      evidence: { ...ids, ...factsOf(request, 'vpcId', 'ipAddress') },
    });
  },
  examples: {
    activity: {
      'attached to a VPC': { ...EC2, eventName: 'AttachInternetGateway', requestParameters: INTERNET, responseElements: { _return: true } },
      'made, and named by the answer': {
        ...EC2,
        eventName: 'CreateInternetGateway',
        requestParameters: {},
        responseElements: { internetGateway: { internetGatewayId: INTERNET.internetGatewayId, attachmentSet: {} } },
      },
      'refused, and the request not recorded': { ...EC2, eventName: 'CreateCustomerGateway', errorCode: 'Client.UnauthorizedOperation' },
    },
    quiet: {
      'a dry run': { ...EC2, eventName: 'DetachInternetGateway', errorCode: 'Client.DryRunOperation', requestParameters: INTERNET },
    },
  },
});
