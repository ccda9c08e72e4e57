import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { engineOf, unlessInCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-database-backups-kept',
  title: 'RDS databases should keep automated backups for a week or more',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:RDS.11'],
  equivalents: { prowler: ['rds_instance_backup_enabled'], securityHub: ['RDS.11'] },
  risk: 'Data that was deleted or encrypted by an intruder cannot be had back once the last good backup has aged out.',
  remediation: {
    text: 'Keep automated backups for at least `days` days.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --backup-retention-period 7 --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.BackupRetentionPeriod',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  params: { days: 7 },
  evaluate: ({ database }, { days }) =>
    unlessInCluster(database, () => {
      const { backupRetentionDays: kept, replicaOf } = database;
      if (kept >= days) return pass;
      if (replicaOf !== undefined) return notApplicable(`${replicaOf}, of which it is a replica, is backed up instead`);
      const evidence = { ...engineOf(database), days: kept };
      return fail(kept === 0 ? 'automated backups are off' : `automated backups are kept for ${kept} of ${days} days`, evidence);
    }),
  examples: {
    pass: {
      'kept for two weeks': { database: EXAMPLE_DATABASE },
      'kept for a week': { database: { ...EXAMPLE_DATABASE, backupRetentionDays: 7 } },
      'a cluster': { identity: { type: 'AWS::RDS::DBCluster' }, database: EXAMPLE_CLUSTER },
      'a replica with backups of its own': { database: { ...EXAMPLE_DATABASE, replicaOf: 'orders' } },
    },
    fail: {
      'no backups': { database: { ...EXAMPLE_DATABASE, backupRetentionDays: 0 } },
      'kept for six days': { database: { ...EXAMPLE_DATABASE, backupRetentionDays: 6 } },
      'a cluster, for one day': {
        identity: { type: 'AWS::RDS::DBCluster' },
        database: { ...EXAMPLE_CLUSTER, backupRetentionDays: 1 },
      },
    },
    unknown: { 'not read': { database: denied('rds:DescribeDBInstances') } },
    notApplicable: {
      'backed up with its cluster': { database: EXAMPLE_MEMBER },
      'a replica': { database: { ...EXAMPLE_DATABASE, backupRetentionDays: 0, replicaOf: 'orders' } },
    },
  },
});
