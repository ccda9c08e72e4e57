import { defineCheck, denied, partial } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import * as networks from '../predicates/example-networks.ts';
import { entry } from '../predicates/example-rules.ts';
import { ADMIN_PORTS } from '../predicates/ports.ts';
import { judgePortsReachable } from '../predicates/reachability.ts';

const { accelerated, acceleratedElsewhere, balanced, balancer, exposed: open, internetRoute: route, way } = networks;
const unreadAcl = partial<never>([], 'ec2:DescribeNetworkAcls');
const unreadAccelerators = partial<never>([], 'globalaccelerator:ListAccelerators');

export default defineCheck({
  id: 'ec2-instance-admin-ports-unreachable',
  title: 'Instances should not be reachable from the internet on remote administration ports',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:6.1.2', 'CIS-AWS-5.0:5.1.2'],
  equivalents: {
    prowler: ['cifs', 'rdp', 'ssh', 'telnet'].map((name) => `ec2_instance_port_${name}_exposed_to_internet`),
  },
  risk: 'Nothing stands between the internet and the service that controls this host: it is probed within minutes.',
  remediation: {
    text: 'Close the port in the security group, or move the host to a private subnet and reach it through Session Manager.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'interfaces'],
  params: { ports: ADMIN_PORTS },
  evaluate: (resource, { ports }) => judgePortsReachable(resource, ports),
  examples: {
    pass: {
      'no public address': { instance, interfaces: [{ ...open, publicAddresses: [] }] },
      'no public address, the rest unread': { instance, interfaces: [{ ...open, publicAddresses: [], acl: unreadAcl, routes: unreadAcl }] },
      'routed through NAT': { instance, interfaces: [{ ...open, routes: [{ ...route, target: 'nat', targetId: 'nat-1' }] }] },
      'its gateway is gone': { instance, interfaces: [{ ...open, routes: [{ ...route, active: false }] }] },
      'the network ACL lets no answer out': {
        instance,
        interfaces: [{ ...open, acl: [{ ingress: [entry(100, 'allow', '0.0.0.0/0')], egress: [] }] }],
      },
      'behind a load balancer for the office alone': {
        instance,
        interfaces: [
          { ...balanced, ways: [{ ...way, hops: [{ balancer, listener: { protocol: 'TCP', port: 2222 }, clients: ['203.0.113.0/24'] }] }] },
        ],
      },
      'behind an accelerator for other ports': { instance, interfaces: [acceleratedElsewhere] },
      'closed groups, the ACL unread': { instance, interfaces: [{ ...open, ingress: [], acl: unreadAcl }] },
      'IPv6 out only': {
        instance,
        interfaces: [
          { ...open, publicAddresses: ['2001:db8::7'], routes: [{ ...route, destination: '::/0', target: 'egress-only-gateway' }] },
        ],
      },
    },
    fail: {
      'SSH from anywhere': { instance, interfaces: [open] },
      'on the second interface': { instance, interfaces: [{ ...open, interfaceId: 'eni-0', publicAddresses: [] }, open] },
      'on one of several interfaces, others unread': { instance, interfaces: partial([open], 'ec2:DescribeNetworkInterfaces') },
      'private, behind a load balancer': { instance, interfaces: [balanced] },
      'private, behind an accelerator': { instance, interfaces: [accelerated] },
      'stopped, with an Elastic IP': { instance: stopped, interfaces: [open] },
    },
    unknown: {
      'the network ACL not read': { instance, interfaces: [{ ...open, acl: unreadAcl }] },
      'load balancers not read': {
        instance,
        interfaces: [{ ...open, publicAddresses: [], ways: partial([], 'elasticloadbalancing:DescribeLoadBalancers') }],
      },
      'accelerators not read': { instance, interfaces: [{ ...open, publicAddresses: [], accelerated: unreadAccelerators }] },
      'interfaces not read': { instance, interfaces: denied('ec2:DescribeNetworkInterfaces') },
    },
    notApplicable: { terminated: { instance: terminated, interfaces: [] } },
  },
});
