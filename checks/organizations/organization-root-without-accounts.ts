import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { knownOf } from '../predicates/unread.ts';

const SHOP = { accountId: '222233334444', path: ['r-exam'] } as const;

/** How the units are cut only a person can judge; that an account is in none, an API tells. */
export default defineCheck({
  id: 'organizations-organization-root-without-accounts',
  title: 'Member accounts should be in organizational units, not directly in the root',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.1.4'],
  equivalents: {},
  risk: 'An account in no unit gets the policies of none: what holds for production or for sandboxes does not hold there. Whether the units are cut by environment and sensitivity is not judged.',
  remediation: {
    text: 'Move the account into the unit of its environment and sensitivity.',
    cli: 'aws organizations move-account --account-id <account> --source-parent-id <root> --destination-parent-id <unit>',
    cloudFormation: 'AWS::Organizations::Account.ParentIds',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['rootAccounts'],
  evaluate(organization) {
    const { known, unread } = knownOf(() => organization.rootAccounts);
    const accounts = known.map(({ accountId }) => accountId).toSorted();
    if (accounts.length > 0) return fail('member accounts stand directly in the root', { accounts });
    if (unread) throw unread;
    return pass;
  },
  examples: {
    pass: { 'all in units': { rootAccounts: [] } },
    fail: {
      'one in the root': { rootAccounts: [SHOP] },
      'one seen, others not read': { rootAccounts: partial([SHOP], 'organizations:ListAccountsForParent') },
    },
    unknown: {
      'not allowed to ask': { rootAccounts: denied('organizations:ListRoots') },
      'read in part': { rootAccounts: partial([], 'organizations:ListAccountsForParent') },
    },
  },
});
