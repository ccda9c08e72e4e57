import { defineCheck, denied, fail, pass } from '../check.ts';
import { engineOf, unlessInCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-database-storage-encrypted',
  title: 'RDS databases should be encrypted at rest',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:3.2.1', 'CIS-AWS-5.0:2.2.1', 'CIS-AWS-3.0:2.3.1', 'AWS-FSBP:RDS.3', 'AWS-FSBP:RDS.27'],
  equivalents: {
    prowler: ['rds_instance_storage_encrypted', 'rds_cluster_storage_encrypted'],
    securityHub: ['RDS.3', 'RDS.27'],
    checkov: ['CKV_AWS_16', 'CKV_AWS_96'],
  },
  risk: 'Its snapshots are unencrypted too, and can be copied or made public without any key.',
  remediation: {
    text: 'Encryption is decided when a database is made: copy a snapshot of it with a key, restore the copy, and move over.',
    cli: 'aws rds copy-db-snapshot --source-db-snapshot-identifier <snapshot> --target-db-snapshot-identifier <copy> --kms-key-id <key>',
    cloudFormation: 'AWS::RDS::DBInstance.StorageEncrypted',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  evaluate: ({ database }) =>
    unlessInCluster(database, () => (database.encrypted ? pass : fail('its storage is not encrypted', engineOf(database)))),
  examples: {
    pass: {
      encrypted: { database: EXAMPLE_DATABASE },
      'a cluster': { identity: { type: 'AWS::RDS::DBCluster' }, database: EXAMPLE_CLUSTER },
    },
    fail: {
      'not encrypted': { database: { ...EXAMPLE_DATABASE, encrypted: false } },
      'a cluster of Aurora': { identity: { type: 'AWS::RDS::DBCluster' }, database: { ...EXAMPLE_CLUSTER, encrypted: false } },
      'a cluster of DocumentDB': {
        identity: { type: 'AWS::RDS::DBCluster' },
        database: { ...EXAMPLE_CLUSTER, engine: 'docdb', engineVersion: '5.0.0', encrypted: false },
      },
    },
    unknown: { 'not read': { database: denied('rds:DescribeDBInstances') } },
    notApplicable: { 'the storage is its cluster’s': { database: EXAMPLE_MEMBER } },
  },
});
