import { defineActivityCheck } from '../activity.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { NETWORK_ACL_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const ENTRY = {
  networkAclId: 'acl-0123456789abcdef0',
  ruleNumber: 100,
  egress: false,
  ruleAction: 'allow',
  icmpTypeCode: {},
  portRange: {},
  aclProtocol: '-1',
  cidrBlock: '0.0.0.0/0',
};

export default defineActivityCheck({
  id: 'activity-network-acl-changed',
  title: 'A network ACL was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.11', 'CIS-AWS-5.0:4.11', 'CIS-AWS-3.0:4.11'],
  attack: ['T1562.007'],
  equivalents: { prowler: ['cloudwatch_changes_to_network_acls_alarm_configured'], securityHub: ['CloudWatch.11'] },
  risk: 'A network ACL keeps traffic from all hosts of its subnets, or lets it in where a security group is open.',
  remediation: {
    text: 'Ask who did it, and put the earlier entry back.',
    cli: 'aws ec2 replace-network-acl-entry --network-acl-id <acl> --ingress --rule-number <number> --protocol <protocol> --cidr-block <range> --rule-action deny',
    cloudFormation: 'AWS::EC2::NetworkAclEntry',
  },
  events: [
    {
      source: 'any',
      names: NETWORK_ACL_EVENTS,
    },
  ],
  evaluate(event) {
    const { request, response } = event;
    return changeNotice(event, {
      service: 'ec2.amazonaws.com',
      what: factOf(request, 'networkAclId') ?? factOf(response, 'networkAcl', 'networkAclId') ?? factOf(request, 'associationId'),
      evidence: {
        ...factsOf(response.at('networkAcl'), 'networkAclId'),
        ...factsOf(request, 'networkAclId', 'associationId', 'vpcId', 'ruleNumber', 'egress', 'ruleAction', 'aclProtocol'),
        ...factsOf(request, 'cidrBlock', 'ipv6CidrBlock'),
        ...factsOf(request.at('portRange'), 'from', 'to'),
      },
    });
  },
  examples: {
    activity: {
      'all let in from anywhere': { ...EC2, eventName: 'ReplaceNetworkAclEntry', requestParameters: ENTRY },
      'a subnet put behind another': {
        ...EC2,
        eventName: 'ReplaceNetworkAclAssociation',
        requestParameters: { associationId: 'aclassoc-0123456789abcdef0', networkAclId: ENTRY.networkAclId },
      },
      'deletion of one that is in use': {
        ...EC2,
        eventName: 'DeleteNetworkAcl',
        errorCode: 'Client.DependencyViolation',
        requestParameters: { networkAclId: ENTRY.networkAclId },
      },
    },
    quiet: {
      'a dry run': { ...EC2, eventName: 'CreateNetworkAclEntry', errorCode: 'Client.DryRunOperation', requestParameters: ENTRY },
    },
  },
});
