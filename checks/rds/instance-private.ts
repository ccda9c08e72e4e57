import { defineCheck, denied, partial, pass } from '../check.ts';
import { judgePublicDatabase } from '../predicates/database-reach.ts';
import { entry, rule } from '../predicates/example-rules.ts';

const access = { publiclyAccessible: true, port: 5432, groupIds: ['sg-1'] };
const toInternet = { destination: '0.0.0.0/0', target: 'internet-gateway', targetId: 'igw-1', active: true } as const;
const open = {
  subnetId: 'subnet-1',
  ingress: [rule('tcp', 5432, '0.0.0.0/0')],
  acl: [{ ingress: [entry(100, 'allow', '0.0.0.0/0')], egress: [entry(100, 'allow', '0.0.0.0/0')] }],
  routes: [toInternet],
};
const unread = partial<never>([], 'ec2:DescribeNetworkAcls');

export default defineCheck({
  id: 'rds-instance-private',
  title: 'RDS instances should not be publicly accessible',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:3.2.3', 'CIS-AWS-5.0:2.2.3', 'AWS-FSBP:RDS.2'],
  equivalents: { prowler: ['rds_instance_no_public_access'], securityHub: ['RDS.2'], checkov: ['CKV_AWS_17'] },
  risk: 'A database with a public address is one security group rule away from everyone who tries passwords.',
  remediation: {
    text: 'Take the public address away; reach the database through a VPN, Session Manager or a private network.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --no-publicly-accessible --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.PubliclyAccessible',
  },
  resourceType: 'AWS::RDS::DBInstance',
  needs: ['access', 'subnets'],
  evaluate: (instance) => (instance.access.publiclyAccessible ? judgePublicDatabase(instance.access, () => instance.subnets) : pass),
  examples: {
    pass: {
      private: { access: { ...access, publiclyAccessible: false }, subnets: [open] },
      'private, its network not read': { access: { ...access, publiclyAccessible: false }, subnets: denied('ec2:DescribeSubnets') },
    },
    fail: {
      'open to the internet': { access, subnets: [open] },
      'open in one of its subnets': { access, subnets: [{ ...open, subnetId: 'subnet-0', routes: [] }, open] },
      'open over IPv6': {
        access,
        subnets: [
          {
            ...open,
            ingress: [rule('tcp', 5432, '::/0')],
            acl: [{ ingress: [entry(100, 'allow', '::/0')], egress: [entry(100, 'allow', '::/0')] }],
            routes: [{ ...toInternet, destination: '::/0' }],
          },
        ],
      },
      'closed by its security group': { access, subnets: [{ ...open, ingress: [rule('tcp', 5432, '10.0.0.0/8')] }] },
      'another port is open': { access, subnets: [{ ...open, ingress: [rule('tcp', 443, '0.0.0.0/0')] }] },
      'in private subnets': { access, subnets: [{ ...open, routes: [] }] },
      'the network ACL not read': { access, subnets: [{ ...open, acl: unread }] },
      'its network not read': { access, subnets: denied('ec2:DescribeSecurityGroups') },
      'still without a port': { access: { ...access, port: undefined }, subnets: [open] },
    },
    unknown: { 'not read': { access: denied('rds:DescribeDBInstances'), subnets: [open] } },
  },
});
