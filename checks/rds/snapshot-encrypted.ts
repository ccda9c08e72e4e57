import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_SNAPSHOT } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-snapshot-encrypted',
  title: 'RDS snapshots should be encrypted at rest',
  severity: 'MEDIUM',
  controls: ['AWS-FSBP:RDS.4'],
  equivalents: { prowler: ['rds_snapshots_encrypted'], securityHub: ['RDS.4'] },
  risk: 'A snapshot without a key can be made public, and be copied by whoever may copy snapshots.',
  remediation: {
    text: 'Copy the snapshot with a key, and delete the one without.',
    cli: 'aws rds copy-db-snapshot --source-db-snapshot-identifier <snapshot> --target-db-snapshot-identifier <copy> --kms-key-id <key>',
  },
  resourceType: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  needs: ['snapshot'],
  evaluate({ snapshot: { engine, database, encrypted } }) {
    return encrypted ? pass : fail('the snapshot is not encrypted', { engine, database });
  },
  examples: {
    pass: { encrypted: { snapshot: { ...EXAMPLE_SNAPSHOT, encrypted: true } } },
    fail: {
      'not encrypted': { snapshot: EXAMPLE_SNAPSHOT },
      'of a cluster': { identity: { type: 'AWS::RDS::DBClusterSnapshot' }, snapshot: EXAMPLE_SNAPSHOT },
    },
    unknown: { 'not read': { snapshot: denied('rds:DescribeDBSnapshots') } },
  },
});
