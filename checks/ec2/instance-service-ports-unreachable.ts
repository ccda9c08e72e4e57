import { defineCheck, denied, partial } from '../check.ts';
import { instance, stopped, terminated } from '../predicates/example-instances.ts';
import { balanced, exposed, way } from '../predicates/example-networks.ts';
import { rule } from '../predicates/example-rules.ts';
import { SERVICE_PORTS } from '../predicates/ports.ts';
import { judgePortsReachable } from '../predicates/reachability.ts';

const PROWLER = 'cassandra elasticsearch_kibana ftp kafka kerberos ldap memcached mongodb mysql oracle postgresql redis sqlserver';
const data = { ...exposed, ingress: [rule('tcp', 5432, '0.0.0.0/0')] };
const unreadAcl = partial<never>([], 'ec2:DescribeNetworkAcls');

export default defineCheck({
  id: 'ec2-instance-service-ports-unreachable',
  title: 'Instances should not be reachable from the internet on ports of databases, directories and file transfer',
  severity: 'CRITICAL',
  controls: [],
  equivalents: { prowler: PROWLER.split(' ').map((name) => `ec2_instance_port_${name}_exposed_to_internet`) },
  risk: 'Data stores often run without a password or with a weak one, and are emptied within hours; directories tell who works here.',
  remediation: {
    text: 'Let in the security group of the application instead of address ranges, or move the host to a private subnet.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::Instance',
  needs: ['instance', 'interfaces'],
  params: { ports: SERVICE_PORTS },
  evaluate: (resource, { ports }) => judgePortsReachable(resource, ports),
  examples: {
    pass: {
      'no public address': { instance, interfaces: [{ ...data, publicAddresses: [] }] },
      'SSH, which is another check': { instance, interfaces: [exposed] },
      'HTTPS from anywhere': { instance, interfaces: [{ ...data, ingress: [rule('tcp', 443, '0.0.0.0/0')] }] },
      'PostgreSQL for the office': { instance, interfaces: [{ ...data, ingress: [rule('tcp', 5432, '203.0.113.0/24')] }] },
      'UDP on 5432 is not PostgreSQL': { instance, interfaces: [{ ...data, ingress: [rule('udp', 5432, '0.0.0.0/0')] }] },
      'no route to the internet': { instance, interfaces: [{ ...data, routes: [] }] },
    },
    fail: {
      'PostgreSQL from anywhere': { instance, interfaces: [data] },
      'Redis from both halves of IPv4': {
        instance,
        interfaces: [{ ...data, ingress: [rule('tcp', 6379, '0.0.0.0/1'), rule('tcp', 6379, '128.0.0.0/1')] }],
      },
      'LDAP over UDP': { instance, interfaces: [{ ...data, ingress: [rule('udp', 389, '0.0.0.0/0')] }] },
      'FTP for a large part of IPv4': { instance, interfaces: [{ ...data, ingress: [rule('tcp', 21, '64.0.0.0/3')] }] },
      'everything from anywhere': { instance, interfaces: [{ ...data, ingress: [rule('all', undefined, '0.0.0.0/0')] }] },
      'private, behind a load balancer': {
        instance,
        interfaces: [{ ...balanced, ingress: [rule('tcp', 3306, '0.0.0.0/0')], ways: [{ ...way, target: { ...way.target, port: 3306 } }] }],
      },
      'stopped, with an Elastic IP': { instance: stopped, interfaces: [data] },
    },
    unknown: {
      'the network ACL not read': { instance, interfaces: [{ ...data, acl: unreadAcl }] },
      'interfaces not read': { instance, interfaces: denied('ec2:DescribeNetworkInterfaces') },
    },
    notApplicable: { terminated: { instance: terminated, interfaces: [] } },
  },
});
