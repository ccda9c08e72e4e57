import { defineCheck, denied, partial } from '../check.ts';
import { attachments, listRule, rule } from '../predicates/example-rules.ts';
import { transportPortsOf } from '../predicates/openings.ts';
import { openProtocols } from '../predicates/portless-protocols.ts';
import { otherPorts } from '../predicates/ports.ts';
import { judgeOpenings, openIngress } from '../predicates/security-groups.ts';

export default defineCheck({
  id: 'ec2-security-group-ports-closed',
  title: 'Security groups should open nothing but web ports to the internet',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:EC2.18', 'AWS-FSBP:EC2.19'],
  equivalents: {
    prowler: [
      'ec2_securitygroup_allow_ingress_from_internet_to_any_port',
      'ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports',
      'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_ftp_20_21',
    ],
    securityHub: ['EC2.18', 'EC2.19'],
  },
  risk: 'Every port that is open to the internet is found and probed within minutes.',
  remediation: {
    text: 'Remove the rule, narrow its source, or put the service behind a load balancer. What is meant to be public goes into `webPorts` or `publicProtocols`.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['ingress', 'attachments'],
  params: { webPorts: [80, 443], publicProtocols: [50, 51] },
  evaluate(group, { webPorts, publicProtocols }) {
    const ports = openIngress(() => group.ingress, otherPorts(webPorts));
    const protocols = openProtocols(() => group.ingress, publicProtocols);
    const all = { found: [...ports.found, ...protocols.found], undecided: ports.undecided ?? protocols.undecided };
    return judgeOpenings(all, group, 'LOW', transportPortsOf);
  },
  examples: {
    pass: {
      'HTTP from anywhere': { ingress: [rule('tcp', 80, '0.0.0.0/0')], attachments },
      'HTTP/3 from anywhere': { ingress: [rule('udp', 443, '::/0')], attachments },
      'ping from anywhere': { ingress: [rule('icmp', undefined, '0.0.0.0/0')], attachments },
      'IPsec from anywhere, whose packets are signed': {
        ingress: [rule(50, undefined, '0.0.0.0/0'), rule(51, undefined, '::/0')],
        attachments,
      },
      'a tunnel from the office': { ingress: [rule(47, undefined, '203.0.113.0/24')], attachments },
      'HTTPS from anywhere, on a load balancer': {
        ingress: [rule('tcp', 443, '0.0.0.0/0')],
        attachments: [{ interfaceId: 'eni-1', owner: 'load-balancer', hasPublicAddress: true }],
      },
      'a port for one provider': { ingress: [listRule(8080, ['173.245.48.0/20', '104.16.0.0/13', '2a06:98c0::/29'])], attachments },
    },
    fail: {
      'another port from anywhere': { ingress: [rule('tcp', 8080, '0.0.0.0/0')], attachments },
      'web ports and their neighbours': { ingress: [rule('tcp', { from: 79, to: 443 }, '0.0.0.0/0')], attachments },
      'all traffic from anywhere': { ingress: [rule('all', undefined, '0.0.0.0/0')], attachments },
      'DNS over UDP from four quarters': {
        ingress: ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'].map((cidr) => rule('udp', 53, cidr)),
        attachments,
      },
      'a tunnel that anybody may speak into': { ingress: [rule(47, undefined, '0.0.0.0/0')], attachments },
      'attached to nothing': { ingress: [rule('tcp', 8080, '0.0.0.0/0')], attachments: [] },
    },
    unknown: {
      'rules not read': { ingress: denied('ec2:DescribeSecurityGroups'), attachments },
      'only web rules were read': { ingress: partial([rule('tcp', 80, '0.0.0.0/0')], 'ec2:DescribeSecurityGroups'), attachments },
    },
  },
});
