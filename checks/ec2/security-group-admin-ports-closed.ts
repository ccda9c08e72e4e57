import { defineCheck, denied, partial } from '../check.ts';
import { attachments, groupRule, listRule, rule } from '../predicates/example-rules.ts';
import { ADMIN_PORTS, toServices } from '../predicates/ports.ts';
import { judgeOpenings, openIngress } from '../predicates/security-groups.ts';

export default defineCheck({
  id: 'ec2-security-group-admin-ports-closed',
  title: 'Security groups should not open remote administration ports to the internet',
  severity: 'HIGH',
  controls: [
    'CIS-AWS-7.0:6.1.2',
    'CIS-AWS-7.0:6.3',
    'CIS-AWS-7.0:6.4',
    'CIS-AWS-5.0:5.1.2',
    'CIS-AWS-5.0:5.3',
    'CIS-AWS-5.0:5.4',
    'CIS-AWS-3.0:5.2',
    'CIS-AWS-3.0:5.3',
  ],
  equivalents: {
    prowler: [
      'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22',
      'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389',
      'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_telnet_23',
    ],
    securityHub: ['EC2.13', 'EC2.14'],
    checkov: ['CKV_AWS_24', 'CKV_AWS_25'],
  },
  risk: 'Anyone on the internet can try passwords and exploits on the service that controls the host.',
  remediation: {
    text: 'Remove the rule. Reach the host through Session Manager, EC2 Instance Connect Endpoint or a range of your own.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['ingress', 'attachments'],
  params: { ports: ADMIN_PORTS },
  evaluate: (group, { ports }) =>
    judgeOpenings(
      openIngress(() => group.ingress, toServices(ports)),
      group,
      'MEDIUM',
    ),
  examples: {
    pass: {
      'SSH from one range': { ingress: [rule('tcp', 22, '203.0.113.0/24')], attachments },
      'SSH from another group': { ingress: [groupRule('tcp', 22)], attachments },
      'UDP on 22 is not SSH': { ingress: [rule('udp', 22, '0.0.0.0/0')], attachments },
      'ping from anywhere': { ingress: [rule('icmp', undefined, '0.0.0.0/0')], attachments },
      'HTTPS from an unread list': { ingress: [listRule(443, partial([], 'ec2:GetManagedPrefixListEntries'))], attachments },
    },
    fail: {
      'SSH from any IPv6 address': { ingress: [rule('tcp', 22, '0:0:0:0:0:0:0:0/0')], attachments },
      'SSH from both halves of IPv4': { ingress: [rule('tcp', 22, '0.0.0.0/1'), rule('tcp', 22, '128.0.0.0/1')], attachments },
      'CIFS from anywhere': { ingress: [rule('tcp', 445, '0.0.0.0/0')], attachments },
      'all traffic from anywhere': { ingress: [rule('all', undefined, '0.0.0.0/0')], attachments },
      'a list that holds everything': { ingress: [listRule(3389, ['::/1', '8000::/1'])], attachments },
      'an open rule beside unread ones': { ingress: partial([rule('tcp', 22, '2000::/3')], 'ec2:DescribeSecurityGroups'), attachments },
      'SSH on a load balancer': {
        ingress: [rule('tcp', 22, '0.0.0.0/0')],
        attachments: [{ interfaceId: 'eni-1', owner: 'load-balancer', hasPublicAddress: true }],
      },
      'attached to nothing': { ingress: [rule('tcp', 22, '0.0.0.0/0')], attachments: [] },
      'attachments not read': { ingress: [rule('tcp', 22, '0.0.0.0/0')], attachments: denied('ec2:DescribeNetworkInterfaces') },
    },
    unknown: { 'rules not read': { ingress: denied('ec2:DescribeSecurityGroups'), attachments } },
  },
});
