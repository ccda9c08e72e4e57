import { defineCheck, denied, fail, pass } from '../check.ts';
import { engineOf, unlessInCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-database-deletion-protected',
  title: 'RDS databases should be protected from deletion',
  severity: 'LOW',
  controls: ['AWS-FSBP:RDS.7', 'AWS-FSBP:RDS.8'],
  equivalents: { prowler: ['rds_instance_deletion_protection', 'rds_cluster_deletion_protection'], securityHub: ['RDS.7', 'RDS.8'] },
  risk: 'One call deletes the database, its automated backups with it, by mistake or by whoever holds the data to ransom.',
  remediation: {
    text: 'Turn deletion protection on: who wants to delete the database must turn it off first.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --deletion-protection --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.DeletionProtection',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  evaluate: ({ database }) =>
    unlessInCluster(database, () => (database.deletionProtection ? pass : fail('deletion protection is off', engineOf(database)))),
  examples: {
    pass: {
      protected: { database: EXAMPLE_DATABASE },
      'a protected cluster': { identity: { type: 'AWS::RDS::DBCluster' }, database: EXAMPLE_CLUSTER },
    },
    fail: {
      'not protected': { database: { ...EXAMPLE_DATABASE, deletionProtection: false } },
      'a cluster of Neptune': {
        identity: { type: 'AWS::RDS::DBCluster' },
        database: { ...EXAMPLE_CLUSTER, engine: 'neptune', deletionProtection: false },
      },
    },
    unknown: { 'not read': { database: denied('rds:DescribeDBInstances') } },
    notApplicable: { 'its cluster is protected or not': { database: EXAMPLE_MEMBER } },
  },
});
