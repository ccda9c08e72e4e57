import { defineCheck, denied, partial } from '../check.ts';
import { attachments, groupRule, listRule, rule } from '../predicates/example-rules.ts';
import { DATABASE_PORTS, toServices } from '../predicates/ports.ts';
import { judgeOpenings, openIngress } from '../predicates/security-groups.ts';

const PORT = 'ec2_securitygroup_allow_ingress_from_internet_to_tcp_port';

export default defineCheck({
  id: 'ec2-security-group-database-ports-closed',
  title: 'Security groups should not open databases, caches and brokers to the internet',
  severity: 'HIGH',
  controls: [],
  equivalents: {
    prowler: [
      `${PORT}_cassandra_7199_9160_8888`,
      `${PORT}_elasticsearch_kibana_9200_9300_5601`,
      `${PORT}_kafka_9092`,
      `${PORT}_memcached_11211`,
      `${PORT}_mongodb_27017_27018`,
      `${PORT}_mysql_3306`,
      `${PORT}_oracle_1521_2483`,
      `${PORT}_postgres_5432`,
      `${PORT}_redis_6379`,
      `${PORT}_sql_server_1433_1434`,
    ],
  },
  risk: 'Data stores often run without a password or with a weak one; over UDP, caches also multiply attacks on others.',
  remediation: {
    text: 'Let in the security group of the application instead of address ranges.',
    cli: 'aws ec2 revoke-security-group-ingress --group-id <group> --security-group-rule-ids <rule>',
    cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress',
  },
  resourceType: 'AWS::EC2::SecurityGroup',
  needs: ['ingress', 'attachments'],
  params: { ports: DATABASE_PORTS },
  evaluate: (group, { ports }) =>
    judgeOpenings(
      openIngress(() => group.ingress, toServices(ports)),
      group,
      'MEDIUM',
    ),
  examples: {
    pass: {
      'MySQL from the application': { ingress: [groupRule('tcp', 3306)], attachments },
      'MySQL from private ranges': { ingress: [rule('tcp', 3306, '10.0.0.0/8'), rule('tcp', 3306, 'fc00::/7')], attachments },
      'HTTPS from anywhere': { ingress: [rule('tcp', 443, '0.0.0.0/0')], attachments },
    },
    fail: {
      'MySQL from anywhere': { ingress: [rule('tcp', 3306, '0.0.0.0/0')], attachments },
      'Memcached over UDP': { ingress: [rule('udp', 11_211, '::/0')], attachments },
      'inside a wide range of ports': { ingress: [rule('tcp', { from: 27_000, to: 27_017 }, '0.0.0.0/0')], attachments },
      'MySQL from an eighth of IPv4': { ingress: [rule('tcp', 3306, '32.0.0.0/3')], attachments },
      'attached to nothing': { ingress: [rule('tcp', 3306, '0.0.0.0/0')], attachments: [] },
    },
    unknown: {
      'rules not read': { ingress: denied('ec2:DescribeSecurityGroups'), attachments },
      'a list of which only a part was read': {
        ingress: [listRule(3306, partial(['203.0.113.0/24'], 'ec2:GetManagedPrefixListEntries'))],
        attachments,
      },
    },
  },
});
