import { defineCheck, denied, notApplicable, partial, pass } from '../check.ts';
import { attachments, groupRule, rule } from '../predicates/example-rules.ts';
import { anyOf, someOf } from '../predicates/logic.ts';
import { failOfGroup } from '../predicates/security-groups.ts';

const group = { name: 'default', vpcId: 'vpc-1', isDefault: true, isShared: false } as const;
const fromItself = groupRule('all');
const toAnywhere = rule('all', undefined, '0.0.0.0/0');
const refused = 'ec2:DescribeSecurityGroups';

export default defineCheck({
  id: 'ec2-default-security-group-empty',
  title: "Every VPC's default security group should have no rules",
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:6.5', 'CIS-AWS-5.0:5.5', 'CIS-AWS-3.0:5.4', 'AWS-FSBP:EC2.2'],
  equivalents: { prowler: ['ec2_securitygroup_default_restrict_traffic'], securityHub: ['EC2.2'] },
  risk: 'What is launched without naming a group gets this one, and with it reaches and is reached by all others that did the same.',
  remediation: {
    text: 'Give what uses it groups of its own, then remove its inbound and outbound rules.',
    cli: 'aws ec2 revoke-security-group-egress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['group', 'ingress', 'egress', 'attachments'],
  evaluate: (resource) => {
    if (!resource.group.isDefault) return notApplicable('not the default group of a VPC');
    const hasRules = anyOf(
      () => someOf(resource.ingress, () => true),
      () => someOf(resource.egress, () => true),
    );
    if (!hasRules) return pass;
    return failOfGroup(resource, 'has rules', { vpcId: resource.group.vpcId });
  },
  examples: {
    pass: {
      'no rules': { group, ingress: [], egress: [], attachments },
      'no rules, attached to nothing': { group, ingress: [], egress: [], attachments: [] },
    },
    fail: {
      'the rules it was made with': { group, ingress: [fromItself], egress: [toAnywhere], attachments },
      'only an outbound rule': { group, ingress: [], egress: [toAnywhere], attachments },
      'rules, but attached to nothing': { group, ingress: [fromItself], egress: [toAnywhere], attachments: [] },
      'an outbound rule beside unread inbound ones': { group, ingress: denied(refused), egress: [toAnywhere], attachments },
      'attachments not read': { group, ingress: [fromItself], egress: [], attachments: denied('ec2:DescribeNetworkInterfaces') },
    },
    unknown: {
      'outbound rules not read': { group, ingress: [], egress: denied(refused), attachments },
      'inbound rules not all read': { group, ingress: partial([], refused), egress: [], attachments },
    },
    notApplicable: {
      'a group that somebody made': { group: { ...group, name: 'web', isDefault: false }, ingress: [], egress: [toAnywhere], attachments },
    },
  },
});
