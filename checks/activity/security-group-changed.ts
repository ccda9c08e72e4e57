import { defineActivityCheck } from '../activity.ts';
import { changedRules } from '../predicates/changed-rules.ts';
import { factOf, factsOf } from '../predicates/event-facts.ts';
import { SECURITY_GROUP_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const EC2 = { eventSource: 'ec2.amazonaws.com' };
const GROUP = { groupId: 'sg-0123456789abcdef0' };
const MODIFIED = { SecurityGroupRuleId: 'sgr-0123456789abcdef0', SecurityGroupRule: { CidrIpv4: '10.0.0.0/8', IpProtocol: '-1' } };
const ALL_OUT = { groups: {}, ipProtocol: '-1', ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] }, ipv6Ranges: {}, prefixListIds: {} };

/** What every new group has and Terraform takes away at once. */
const DEFAULT_EGRESS: ReadonlySet<string> = new Set(['all to 0.0.0.0/0', 'all to ::/0']);

export default defineActivityCheck({
  id: 'activity-security-group-changed',
  title: 'A security group was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.10', 'CIS-AWS-5.0:4.10', 'CIS-AWS-3.0:4.10'],
  attack: ['T1562.007'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_security_group_changes'], securityHub: ['CloudWatch.10'] },
  risk: 'A rule decides who reaches a host. Whether one is open to the internet now is judged apart from this.',
  remediation: {
    text: 'Ask who did it, and take the rule away if nobody needs it.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  events: [
    {
      source: 'any',
      names: SECURITY_GROUP_EVENTS,
    },
  ],
  evaluate(event) {
    const { request, response, name } = event;
    const rules = changedRules(event);
    const isDefault = name === 'RevokeSecurityGroupEgress' && rules.length > 0 && rules.every((rule) => DEFAULT_EGRESS.has(rule));
    return changeNotice(event, {
      service: 'ec2.amazonaws.com',
      what: factOf(request, 'groupId') ?? factOf(response, 'groupId') ?? factOf(request, 'groupName'),
      evidence: {
        ...factsOf(response, 'groupId'),
        ...factsOf(request, 'groupId', 'groupName', 'vpcId'),
        ...(rules.length > 0 ? { rules } : {}),
      },
      routine: isDefault ? 'the default rule' : undefined,
    });
  },
  examples: {
    activity: {
      'SSH let in from anywhere, told by the answer': {
        ...EC2,
        eventName: 'AuthorizeSecurityGroupIngress',
        requestParameters: { ...GROUP, ipPermissions: {}, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' },
        responseElements: {
          securityGroupRuleSet: {
            items: [{ ...GROUP, isEgress: false, ipProtocol: 'tcp', fromPort: 22, toPort: 22, cidrIpv4: '0.0.0.0/0' }],
          },
        },
      },
      'a rule modified, in the newer encoding': {
        ...EC2,
        eventName: 'ModifySecurityGroupRules',
        requestParameters: { ModifySecurityGroupRulesRequest: { GroupId: GROUP.groupId, SecurityGroupRule: { tag: 1, ...MODIFIED } } },
      },
      'the default rule for what goes out taken away': {
        ...EC2,
        eventName: 'RevokeSecurityGroupEgress',
        requestParameters: { ...GROUP, ipPermissions: { items: [ALL_OUT] } },
      },
      'deletion refused': { ...EC2, eventName: 'DeleteSecurityGroup', errorCode: 'Client.UnauthorizedOperation', requestParameters: GROUP },
    },
    quiet: {
      'a dry run': { ...EC2, eventName: 'DeleteSecurityGroup', errorCode: 'Client.DryRunOperation', requestParameters: GROUP },
    },
  },
});
