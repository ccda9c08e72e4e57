import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { VPC_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const PEERING = { vpcPeeringConnectionId: 'pcx-0123456789abcdef0' };

export default defineActivityCheck({
  id: 'activity-vpc-changed',
  title: 'A VPC or what it is joined with was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.14', 'CIS-AWS-5.0:4.14', 'CIS-AWS-3.0:4.14'],
  attack: ['T1599'],
  equivalents: { prowler: ['cloudwatch_changes_to_vpcs_alarm_configured'], securityHub: ['CloudWatch.14'] },
  risk: 'A peering connection joins networks that were apart, perhaps with that of another account.',
  remediation: {
    text: 'Ask who did it, and delete the peering connection if the networks are to be apart.',
    cli: 'aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id <connection>',
    cloudFormation: 'AWS::EC2::VPCPeeringConnection',
  },
  events: [
    {
      source: 'any',
      names: VPC_EVENTS,
    },
  ],
  evaluate(event) {
    const { request, response } = event;
    const peering = response.at('vpcPeeringConnection');
    const ids = {
      ...factsOf(peering, 'vpcPeeringConnectionId'),
      ...factsOf(request, 'vpcPeeringConnectionId'),
      ...factsOf(response.at('vpc'), 'vpcId'),
      ...factsOf(request, 'vpcId'),
    };
    return changeNotice(event, {
      service: 'ec2.amazonaws.com',
      what: Object.values(ids).map(String)[0],
      evidence: { ...ids, ...factsOf(request, 'cidrBlock', 'peerVpcId', 'peerOwnerId', 'peerRegion', 'instanceId') },
    });
  },
  examples: {
    activity: {
      'a VPC made': {
        ...EC2,
        eventName: 'CreateVpc',
        requestParameters: { cidrBlock: '10.0.0.0/16', instanceTenancy: 'default' },
        responseElements: { vpc: { vpcId: 'vpc-0123456789abcdef0', cidrBlock: '10.0.0.0/16' } },
      },
      'joined with the network of another account': {
        ...EC2,
        eventName: 'CreateVpcPeeringConnection',
        requestParameters: { vpcId: 'vpc-0123456789abcdef0', peerVpcId: 'vpc-0fedcba9876543210', peerOwnerId: '444455556666' },
        responseElements: { vpcPeeringConnection: PEERING },
      },
      'one too many': {
        ...EC2,
        eventName: 'CreateVpc',
        errorCode: 'Client.VpcLimitExceeded',
        requestParameters: { cidrBlock: '10.0.0.0/16' },
      },
    },
    quiet: {
      'a dry run': { ...EC2, eventName: 'AcceptVpcPeeringConnection', errorCode: 'Client.DryRunOperation', requestParameters: PEERING },
    },
  },
});
