import { defineCheck, denied, partial, pass } from '../check.ts';
import { attachments, groupRule, listRule, rule } from '../predicates/example-rules.ts';
import { otherPorts } from '../predicates/ports.ts';
import { failOfGroup } from '../predicates/security-groups.ts';
import { proofsOf, wideRanges } from '../predicates/wide-ranges.ts';

export default defineCheck({
  id: 'ec2-security-group-public-ranges-narrow',
  title: 'Security groups should let in public addresses by narrow ranges only',
  severity: 'MEDIUM',
  controls: [],
  equivalents: {
    prowler: ['ec2_securitygroup_allow_wide_open_public_ipv4', 'ec2_securitygroup_allow_ingress_from_internet_to_any_port_from_ip'],
  },
  risk: 'A range as wide as that of a cloud or of a country holds hosts that anybody can rent by the hour.',
  remediation: {
    text: 'Narrow the ranges to those that you know. What a provider publishes belongs into a prefix list, which is kept in one place; ports meant for the public into `webPorts`.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['ingress', 'attachments'],
  params: { widestIpv4: 16, widestIpv6: 32, webPorts: [80, 443] },
  evaluate(group, { widestIpv4, widestIpv6, webPorts }) {
    const widest = { ipv4: widestIpv4, ipv6: widestIpv6 };
    const { found, undecided } = wideRanges(() => group.ingress, otherPorts(webPorts), widest);
    const [first, ...others] = [...new Set(found.map(({ text }) => text))].sort();
    if (first === undefined) {
      if (undecided) throw undecided;
      return pass;
    }
    return failOfGroup(group, `lets in ${first}${others.length > 0 ? ` and ${others.length} more ranges` : ''}`, proofsOf(found));
  },
  examples: {
    pass: {
      'SSH from one network': { ingress: [rule('tcp', 22, '203.0.113.0/24')], attachments },
      'SSH from a university': { ingress: [rule('tcp', 22, '129.132.0.0/16')], attachments },
      'SSH from private ranges and from carriers': {
        ingress: [rule('tcp', 22, '10.0.0.0/8'), rule('tcp', 22, '100.64.0.0/10')],
        attachments,
      },
      'HTTPS from a large network': { ingress: [rule('tcp', 443, '52.0.0.0/11')], attachments },
      "a provider's published ranges in a list": { ingress: [listRule(8080, ['104.16.0.0/13', '2a06:98c0::/29'])], attachments },
      'the whole internet, which is another check': {
        ingress: [rule('tcp', 22, '0.0.0.0/1'), rule('tcp', 22, '128.0.0.0/1')],
        attachments,
      },
      'another group, a list unread': {
        ingress: [groupRule('tcp', 22), listRule(22, partial([], 'ec2:GetManagedPrefixListEntries'))],
        attachments,
      },
    },
    fail: {
      'SSH from the addresses of a cloud': { ingress: [rule('tcp', 22, '52.0.0.0/11')], attachments },
      'a whole /8': { ingress: [rule('tcp', 22, '52.0.0.0/8')], attachments },
      'the same in two halves': { ingress: [rule('tcp', 22, '52.0.0.0/16'), rule('tcp', 22, '52.1.0.0/17')], attachments },
      'all traffic from an IPv6 provider': { ingress: [rule('all', undefined, '2a01:4f00::/29')], attachments },
      'attached to nothing': { ingress: [rule('udp', 53, '52.0.0.0/11')], attachments: [] },
      'beside unread rules': { ingress: partial([rule('tcp', 22, '52.0.0.0/11')], 'ec2:DescribeSecurityGroups'), attachments },
    },
    unknown: {
      'rules not read': { ingress: denied('ec2:DescribeSecurityGroups'), attachments },
      'only narrow ones were read': { ingress: partial([rule('tcp', 22, '203.0.113.0/24')], 'ec2:DescribeSecurityGroups'), attachments },
    },
  },
});
