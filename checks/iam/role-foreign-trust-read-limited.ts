import { defineCheck, denied } from '../check.ts';
import { readingOfEverything } from '../predicates/effective-reading.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { judgeIfTaken } from '../predicates/role-takers.ts';

const TRUSTED: readonly string[] = [];
const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'], conditions: [] } as const;
const PARTNER = { ...ASSUME, principals: { ...NOBODY, aws: ['444455556666'] } } as const;
const OWN = { ...ASSUME, principals: { ...NOBODY, aws: ['111122223333'] } } as const;

const READ = { effect: 'Allow', actions: ['s3:Get*', 's3:List*', 'ec2:Describe*'], resources: ['*'], conditions: [] } as const;
const READ_ONLY = { name: 'ReadOnlyAccess', via: 'direct', document: { statements: [READ] } } as const;
const AUDIT = {
  ...READ_ONLY,
  name: 'SecurityAudit',
  document: { statements: [{ ...READ, actions: ['s3:GetBucket*', 's3:List*'] }] },
} as const;
const ONE_BUCKET = { ...READ_ONLY, document: { statements: [{ ...READ, resources: ['arn:aws:s3:::reports/*'] }] } } as const;
const HIDDEN = {
  ...READ_ONLY,
  name: 'no data',
  document: { statements: [{ ...READ, effect: 'Deny', actions: ['s3:GetObject', 'dynamodb:*'] }] },
} as const;

const FOREIGN_READER = { trustPolicy: { statements: [PARTNER] }, policies: [READ_ONLY], boundary: undefined } as const;
const DETAILS = 'iam:GetAccountAuthorizationDetails';

export default defineCheck({
  id: 'iam-role-foreign-trust-read-limited',
  title: 'Roles that other accounts may assume should not read all data',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.21'],
  equivalents: { prowler: ['iam_role_cross_account_readonlyaccess_policy'] },
  risk: 'ReadOnlyAccess reads what is in buckets, tables, queues and parameters, not only how they are set up.',
  remediation: {
    text: 'Use SecurityAudit or ViewOnlyAccess, which read settings, or name the buckets and tables that are meant. Accounts of your own go into trustedAccounts.',
    cli: 'aws iam detach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
    cloudFormation: 'AWS::IAM::Role.ManagedPolicyArns',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy', 'policies', 'boundary'],
  params: { trustedAccounts: TRUSTED },
  evaluate(role, { trustedAccounts }) {
    return judgeIfTaken(role, trustedAccounts, () => {
      const read = readingOfEverything(role);
      return read && { words: `reads ${read.words}`, evidence: read.evidence };
    });
  },
  examples: {
    pass: {
      'settings only': { ...FOREIGN_READER, policies: [AUDIT] },
      'one bucket': { ...FOREIGN_READER, policies: [ONE_BUCKET] },
      'data denied': { ...FOREIGN_READER, policies: [READ_ONLY, HIDDEN] },
    },
    fail: { 'all objects of all buckets': FOREIGN_READER },
    unknown: {
      'trust not read': { ...FOREIGN_READER, trustPolicy: denied(DETAILS) },
      'policies not read': { ...FOREIGN_READER, policies: denied(DETAILS) },
      'boundary not read': { ...FOREIGN_READER, boundary: denied(DETAILS) },
    },
    notApplicable: { 'own account only': { ...FOREIGN_READER, trustPolicy: { statements: [OWN] } } },
  },
});
