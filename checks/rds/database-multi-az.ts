import { defineCheck, denied, fail, pass } from '../check.ts';
import { engineOf, unlessInCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-database-multi-az',
  title: 'RDS databases should be in more than one availability zone',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:3.2.4', 'CIS-AWS-5.0:2.2.4', 'AWS-FSBP:RDS.5', 'AWS-FSBP:RDS.15'],
  equivalents: {
    prowler: ['rds_instance_multi_az', 'rds_cluster_multi_az'],
    securityHub: ['RDS.5', 'RDS.15'],
    checkov: ['CKV_AWS_157'],
  },
  risk: 'When the zone fails, or its only machine, the database is gone until a backup is restored.',
  remediation: {
    text: 'Give the instance a standby in another zone; give a cluster of Aurora, DocumentDB or Neptune a second instance in another zone.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --multi-az --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.MultiAZ',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  evaluate: ({ database }) =>
    unlessInCluster(database, () => (database.multiAz ? pass : fail('it is in one availability zone only', engineOf(database)))),
  examples: {
    pass: {
      'with a standby': { database: EXAMPLE_DATABASE },
      'a cluster over two zones': { identity: { type: 'AWS::RDS::DBCluster' }, database: EXAMPLE_CLUSTER },
    },
    fail: {
      'in one zone': { database: { ...EXAMPLE_DATABASE, multiAz: false } },
      'a replica in one zone': { database: { ...EXAMPLE_DATABASE, multiAz: false, replicaOf: 'orders' } },
      'a cluster in one zone': { identity: { type: 'AWS::RDS::DBCluster' }, database: { ...EXAMPLE_CLUSTER, multiAz: false } },
    },
    unknown: { 'not read': { database: denied('rds:DescribeDBInstances') } },
    notApplicable: { 'one of several in a cluster': { database: EXAMPLE_MEMBER } },
  },
});
