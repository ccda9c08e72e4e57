import { defineCheck, denied, partial } from '../check.ts';
import { attachments, groupRule, listRule, rule } from '../predicates/example-rules.ts';
import { judgeOpenings } from '../predicates/security-groups.ts';
import { openTransports, transportsOf } from '../predicates/whole-transports.ts';

export default defineCheck({
  id: 'ec2-security-group-all-traffic-closed',
  title: 'Security groups should not open all ports to the internet',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:6.3', 'CIS-AWS-7.0:6.4', 'CIS-AWS-5.0:5.3', 'CIS-AWS-5.0:5.4', 'CIS-AWS-3.0:5.2', 'CIS-AWS-3.0:5.3'],
  equivalents: { prowler: ['ec2_securitygroup_allow_ingress_from_internet_to_all_ports'] },
  risk: 'Whatever listens on the host, now or later, is on the internet.',
  remediation: {
    text: 'Replace the rule by one per port that the service needs, from the ranges that need it.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['ingress', 'attachments'],
  evaluate: (group) =>
    judgeOpenings(
      openTransports(() => group.ingress),
      group,
      'HIGH',
      transportsOf,
    ),
  examples: {
    pass: {
      'all traffic from another group': { ingress: [groupRule('all')], attachments },
      'one port from anywhere': { ingress: [rule('tcp', 443, '0.0.0.0/0')], attachments },
      'ping from anywhere': { ingress: [rule('icmp', undefined, '0.0.0.0/0')], attachments },
      'one port from an unread list': { ingress: [listRule(443, partial([], 'ec2:GetManagedPrefixListEntries'))], attachments },
      'all TCP ports but one': {
        ingress: [rule('tcp', { from: 0, to: 21 }, '0.0.0.0/0'), rule('tcp', { from: 23, to: 65_535 }, '0.0.0.0/0')],
        attachments,
      },
    },
    fail: {
      'all traffic from anywhere': { ingress: [rule('all', undefined, '0.0.0.0/0')], attachments },
      'ports 1 to 65535 from anywhere': { ingress: [rule('tcp', { from: 1, to: 65_535 }, '::/0')], attachments },
      'two halves of the ports': {
        ingress: [rule('udp', { from: 0, to: 30_000 }, '0.0.0.0/0'), rule('udp', { from: 30_001, to: 65_535 }, '0.0.0.0/0')],
        attachments,
      },
      'attached to nothing': { ingress: [rule('all', undefined, '0.0.0.0/0')], attachments: [] },
    },
    unknown: {
      'rules not read': { ingress: denied('ec2:DescribeSecurityGroups'), attachments },
      'all ports but one from anywhere, that one from an unread list': {
        ingress: [
          rule('tcp', { from: 0, to: 442 }, '0.0.0.0/0'),
          rule('tcp', { from: 444, to: 65_535 }, '0.0.0.0/0'),
          listRule(443, partial([], 'ec2:GetManagedPrefixListEntries')),
        ],
        attachments,
      },
    },
  },
});
