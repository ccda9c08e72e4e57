import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_SNAPSHOT } from '../predicates/example-databases.ts';

export default defineCheck({
  id: 'rds-snapshot-private',
  title: 'RDS snapshots should not be public',
  severity: 'CRITICAL',
  controls: ['AWS-FSBP:RDS.1'],
  equivalents: { prowler: ['rds_snapshots_public_access'], securityHub: ['RDS.1'] },
  risk: 'Anyone with an AWS account can restore the whole database, with a password of his own.',
  remediation: {
    text: 'Take the permission back from everyone, and count the data as known to others.',
    cli: 'aws rds modify-db-snapshot-attribute --db-snapshot-identifier <snapshot> --attribute-name restore --values-to-remove all',
  },
  resourceType: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  needs: ['snapshot', 'sharedWith'],
  evaluate({ snapshot, sharedWith }) {
    const { engine, database } = snapshot;
    return sharedWith.includes('all') ? fail('anyone can restore the snapshot', { engine, database }) : pass;
  },
  examples: {
    pass: {
      private: { snapshot: EXAMPLE_SNAPSHOT, sharedWith: [] },
      'shared with one account': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: ['444455556666'] },
    },
    fail: {
      public: { snapshot: EXAMPLE_SNAPSHOT, sharedWith: ['444455556666', 'all'] },
      'of a cluster': {
        identity: { type: 'AWS::RDS::DBClusterSnapshot' },
        snapshot: { ...EXAMPLE_SNAPSHOT, engine: 'docdb' },
        sharedWith: ['all'],
      },
    },
    unknown: { 'not allowed to ask': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: denied('rds:DescribeDBSnapshotAttributes') } },
  },
});
