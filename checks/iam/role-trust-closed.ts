import { defineCheck, denied, fail, pass } from '../check.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { trustOpenings } from '../predicates/trust.ts';

const STRANGERS = { severity: 'CRITICAL', because: 'nothing keeps strangers out' } as const;
const TRUSTED: readonly string[] = [];
const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'], conditions: [] } as const;
const WEB = { ...ASSUME, actions: ['sts:AssumeRoleWithWebIdentity'] } as const;
const GITHUB = { ...NOBODY, federated: ['arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'] } as const;
const SUB = { operator: 'stringlike', ifExists: false, key: 'token.actions.githubusercontent.com:sub' } as const;
const EXTERNAL_ID = { operator: 'stringequals', ifExists: false, key: 'sts:externalid', values: ['tenant-4711'] } as const;
const OUR_ORG = { operator: 'stringequals', ifExists: false, key: 'aws:principalorgid', values: ['o-a1b2c3d4e5'] } as const;

export default defineCheck({
  id: 'iam-role-trust-closed',
  title: 'Roles should not be assumable by strangers',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { checkov: ['CKV_AWS_60'] },
  risk: 'Whoever may assume a role has all that it may do, from any account or pipeline in the world.',
  remediation: {
    text: 'Name the accounts, organization (aws:PrincipalOrgID) or repositories (sub) that are meant; give each third party an external id. Accounts of your own go into trustedAccounts.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    cloudFormation: 'AWS::IAM::Role.AssumeRolePolicyDocument',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy'],
  params: { trustedAccounts: TRUSTED },
  evaluate({ trustPolicy, identity }, { trustedAccounts }) {
    const openings = trustOpenings(trustPolicy, { accountId: identity.accountId, trustedAccounts });
    const [worst] = openings;
    if (worst === undefined) return pass;
    const evidence = { openings: openings.map(({ reason, evidence }) => ({ reason, ...evidence })) };
    return fail(worst.reason, evidence, worst.severity === 'CRITICAL' ? STRANGERS : undefined);
  },
  examples: {
    pass: {
      'a service': { trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, service: ['ec2.amazonaws.com'] } }] } },
      'own account, and a role that is gone': {
        trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['111122223333', 'AROAEXAMPLEEXAMPLEEXA'] } }] },
      },
      'third party with an external id': {
        trustPolicy: {
          statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['arn:aws:iam::444455556666:root'] }, conditions: [EXTERNAL_ID] }],
        },
      },
      'anybody of our organization': {
        trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['*'] }, conditions: [OUR_ORG] }] },
      },
      'any repository of our GitHub organization': {
        trustPolicy: { statements: [{ ...WEB, principals: GITHUB, conditions: [{ ...SUB, values: ['repo:our-org/*'] }] }] },
      },
    },
    fail: {
      anybody: { trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['111122223333', '*'] } }] } },
      'another account without an external id': {
        trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['444455556666'] } }] },
      },
      'any GitHub repository': {
        trustPolicy: { statements: [{ ...WEB, principals: GITHUB, conditions: [{ ...SUB, values: ['repo:*'] }] }] },
      },
      'everybody but one account': {
        trustPolicy: { statements: [{ ...ASSUME, notPrincipals: { ...NOBODY, aws: ['arn:aws:iam::444455556666:root'] } }] },
      },
    },
    unknown: { 'not read': { trustPolicy: denied('iam:GetAccountAuthorizationDetails') } },
  },
});
