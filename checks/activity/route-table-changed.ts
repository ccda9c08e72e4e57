import { defineActivityCheck } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { ROUTE_TABLE_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const ROUTE = { routeTableId: 'rtb-0123456789abcdef0', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-0123456789abcdef0' };

export default defineActivityCheck({
  id: 'activity-route-table-changed',
  title: 'A route table was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.13', 'CIS-AWS-5.0:4.13', 'CIS-AWS-3.0:4.13'],
  attack: ['T1599'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_route_tables_alarm_configured'], securityHub: ['CloudWatch.13'] },
  risk: 'A route puts a private subnet on the internet, or sends its traffic past what inspects it.',
  remediation: {
    text: 'Ask who did it, and put the earlier route back.',
    cli: 'aws ec2 replace-route --route-table-id <table> --destination-cidr-block <range> --gateway-id <gateway>',
    cloudFormation: 'AWS::EC2::Route',
  },
  events: [
    {
      source: 'any',
      names: ROUTE_TABLE_EVENTS,
    },
  ],
  evaluate(event) {
    const { request, response } = event;
    return changeNotice(event, {
      service: 'ec2.amazonaws.com',
      what: factOf(request, 'routeTableId') ?? factOf(response, 'routeTable', 'routeTableId') ?? factOf(request, 'associationId'),
      evidence: {
        ...factsOf(response.at('routeTable'), 'routeTableId', 'vpcId'),
        ...factsOf(request, 'routeTableId', 'associationId', 'vpcId'),
        ...factsOf(request, 'destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'),
        ...factsOf(request, 'gatewayId', 'natGatewayId', 'egressOnlyInternetGatewayId', 'vpcPeeringConnectionId', 'transitGatewayId'),
        ...factsOf(request, 'networkInterfaceId', 'instanceId', 'vpcEndpointId'),
      },
    });
  },
  examples: {
    activity: {
      'a way to the internet': { ...EC2, eventName: 'CreateRoute', requestParameters: ROUTE },
      'only the association named': {
        ...EC2,
        eventName: 'DisassociateRouteTable',
        requestParameters: { associationId: 'rtbassoc-0123456789abcdef0' },
      },
      'by a service': {
        ...EC2,
        eventName: 'ReplaceRoute',
        sourceIPAddress: 'cloudformation.amazonaws.com',
        userIdentity: { type: 'AssumedRole', accountId: '111122223333', invokedBy: 'cloudformation.amazonaws.com' },
        requestParameters: ROUTE,
      },
      'of an HTTP API': {
        eventSource: 'apigateway.amazonaws.com',
        eventName: 'DeleteRoute',
        requestParameters: { apiId: 'a1b2c3d4e5', routeId: 'abc1234' },
      },
    },
    quiet: {
      'a dry run': { ...EC2, eventName: 'DeleteRoute', errorCode: 'Client.DryRunOperation', requestParameters: ROUTE },
    },
  },
});
