import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { unlimitedAccount } from '../predicates/guardrails.ts';

const ALL = { id: 'o-exampleorgid', managementAccountId: '111122223333', allFeatures: true } as const;
const DENY = { statements: [{ effect: 'Deny', actions: ['cloudtrail:StopLogging'], resources: ['*'], conditions: [] }] } as const;
const ALLOW = { statements: [{ effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] }] } as const;
const GUARDRAIL = { id: 'p-guardrail', name: 'guardrail', document: DENY, targets: ['r-exam'] } as const;
const IN_UNIT = { ...GUARDRAIL, targets: ['ou-exam-shop'] } as const;
const SHOP = { accountId: '222233334444', path: ['r-exam', 'ou-exam-shop'] } as const;
const LONE = { accountId: '333344445555', path: ['r-exam'] } as const;
const BASE = { organization: ALL, unlimitedTargets: ['r-exam', 'ou-exam-shop'], accounts: [SHOP, LONE] } as const;

/** That there is a limit for every account an API can tell; whether the limits are the right ones, only a person. */
export default defineCheck({
  id: 'organizations-organization-guardrails-attached',
  title: 'Every member account should be under a service control policy that limits something',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.1.2'],
  equivalents: {},
  risk: 'An administrator of the account, or who has become one, can do everything in it: leave the organization, stop its trail, delete its backups. What the policies deny, and whether that is enough, is not judged.',
  remediation: {
    text: 'Attach a policy to the root or to each unit that denies what no account needs: leaving the organization, stopping CloudTrail, Config and GuardDuty, regions that are not in use.',
    cli: 'aws organizations attach-policy --policy-id <policy> --target-id <root-or-unit>',
    cloudFormation: 'AWS::Organizations::Policy.TargetIds',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['organization', 'serviceControlPolicies', 'unlimitedTargets', 'accounts'],
  evaluate(organization) {
    if (!organization.organization.allFeatures) return fail('the organization has no service control policies: billing features only');
    const account = unlimitedAccount(organization);
    return account ? fail('no service control policy limits a member account', { account: account.accountId, path: account.path }) : pass;
  },
  examples: {
    pass: {
      'attached to the root, accounts not read': {
        ...BASE,
        serviceControlPolicies: [GUARDRAIL],
        accounts: denied('organizations:ListAccountsForParent'),
      },
      'attached to the unit and to the account beside it': {
        ...BASE,
        serviceControlPolicies: [{ ...GUARDRAIL, targets: ['ou-exam-shop', '333344445555'] }],
      },
      'an allow list in the place of FullAWSAccess': {
        ...BASE,
        unlimitedTargets: [],
        serviceControlPolicies: [
          { ...GUARDRAIL, document: { statements: [{ ...ALLOW.statements[0], actions: ['s3:*'] }] }, targets: ['r-exam'] },
        ],
      },
      'no member accounts': { ...BASE, serviceControlPolicies: [], accounts: [] },
    },
    fail: {
      'FullAWSAccess only': { ...BASE, serviceControlPolicies: [] },
      'an account beside the unit': { ...BASE, serviceControlPolicies: [IN_UNIT] },
      'a policy that allows everything': { ...BASE, serviceControlPolicies: [{ ...GUARDRAIL, document: ALLOW }] },
      'billing features only': { ...BASE, organization: { ...ALL, allFeatures: false }, serviceControlPolicies: [GUARDRAIL] },
    },
    unknown: {
      'policies not read': { ...BASE, serviceControlPolicies: denied('organizations:ListPolicies') },
      'perhaps another policy': { ...BASE, serviceControlPolicies: partial([IN_UNIT], 'organizations:ListPolicies') },
      'perhaps another account': {
        ...BASE,
        serviceControlPolicies: [IN_UNIT],
        accounts: partial([SHOP], 'organizations:ListAccountsForParent'),
      },
    },
  },
});
