import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_SNAPSHOT } from '../predicates/example-databases.ts';
import { outsiderNamed } from '../predicates/outsiders.ts';

const TRUSTED: readonly string[] = [];

export default defineCheck({
  id: 'rds-snapshot-shared-with-trusted',
  title: 'RDS snapshots should be shared with trusted accounts only',
  severity: 'HIGH',
  controls: [],
  equivalents: {},
  risk: 'Whoever may restore the snapshot has the whole database in his own account, with a password of his own.',
  remediation: {
    text: 'Take the permission back. Accounts of your own go into `trustedAccounts`.',
    cli: 'aws rds modify-db-snapshot-attribute --db-snapshot-identifier <snapshot> --attribute-name restore --values-to-remove <account>',
  },
  resourceType: ['AWS::RDS::DBSnapshot', 'AWS::RDS::DBClusterSnapshot'],
  needs: ['snapshot', 'sharedWith'],
  params: { trustedAccounts: TRUSTED },
  evaluate({ snapshot, sharedWith, identity: { accountId } }, { trustedAccounts }) {
    const strangers = sharedWith.filter((name) => outsiderNamed(name, { accountId, trustedAccounts })?.kind === 'account').toSorted();
    const [first] = strangers;
    if (first === undefined) return pass;
    const { engine, database, encrypted } = snapshot;
    const others = strangers.length - 1;
    const evidence = { engine, database, encrypted, sharedWith: strangers.slice(0, 20) };
    return fail(`account ${first}${others > 0 ? ` and ${others} more` : ''} can restore the snapshot`, evidence);
  },
  examples: {
    pass: {
      private: { snapshot: EXAMPLE_SNAPSHOT, sharedWith: [] },
      'shared with its own account': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: ['111122223333'] },
      'public, which is another check': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: ['all'] },
    },
    fail: {
      'shared with a foreign account': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: ['444455556666'] },
      'encrypted, which does not hinder those who have the key': {
        snapshot: { ...EXAMPLE_SNAPSHOT, encrypted: true },
        sharedWith: ['444455556666', '777788889999'],
      },
    },
    unknown: { 'not allowed to ask': { snapshot: EXAMPLE_SNAPSHOT, sharedWith: denied('rds:DescribeDBSnapshotAttributes') } },
  },
});
