import { defineCheck, denied } from '../check.ts';
import { adminGrant } from '../predicates/effective-permissions.ts';
import { escalationsOf } from '../predicates/escalation.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { judgeIfTaken } from '../predicates/role-takers.ts';

const TRUSTED: readonly string[] = [];
const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'] } as const;
const EXTERNAL_ID = { operator: 'stringequals', ifExists: false, key: 'sts:externalid', values: ['tenant-4711'] } as const;
const PARTNER = { ...ASSUME, principals: { ...NOBODY, aws: ['arn:aws:iam::444455556666:root'] }, conditions: [EXTERNAL_ID] } as const;
const SERVICE = { ...ASSUME, principals: { ...NOBODY, service: ['ec2.amazonaws.com'] }, conditions: [] } as const;

const ALL = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
const ADMIN = { name: 'AdministratorAccess', via: 'direct', document: { statements: [ALL] } } as const;
const RISE = { ...ADMIN, name: 'rise', document: { statements: [{ ...ALL, actions: ['iam:PutRolePolicy'] }] } } as const;
const READ = { ...ADMIN, name: 'read', document: { statements: [{ ...ALL, actions: ['ec2:Describe*'] }] } } as const;

const FOREIGN_ADMIN = { trustPolicy: { statements: [PARTNER] }, policies: [ADMIN], boundary: undefined } as const;
const FURTHER = { severity: 'HIGH', because: 'it must make itself administrator first' } as const;
const DETAILS = 'iam:GetAccountAuthorizationDetails';

export default defineCheck({
  id: 'iam-role-foreign-trust-not-admin',
  title: 'Roles that other accounts may assume should not be administrators',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.14', 'CIS-AWS-7.0:2.21'],
  equivalents: {},
  risk: 'Whoever takes over the other account, or is let in by it, owns this one; an external id does not change that.',
  remediation: {
    text: 'Give the other account a role that allows what it needs and no more. Accounts of your own go into trustedAccounts.',
    cli: 'aws iam detach-role-policy --role-name <role> --policy-arn <policy-arn>',
    cloudFormation: 'AWS::IAM::Role.ManagedPolicyArns',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy', 'policies', 'boundary'],
  params: { trustedAccounts: TRUSTED },
  evaluate(role, { trustedAccounts }) {
    return judgeIfTaken(role, trustedAccounts, () => {
      const admin = adminGrant(role);
      if (admin) return { words: admin.reason, evidence: admin.evidence };
      const way = escalationsOf(role).find(({ onlyIf }) => onlyIf.length === 0);
      return way && { words: `may ${way.words}`, evidence: { way: way.evidence }, modifier: FURTHER };
    });
  },
  examples: {
    pass: {
      'a third party that may look at machines': { ...FOREIGN_ADMIN, policies: [READ] },
      'limited by the boundary': { ...FOREIGN_ADMIN, boundary: READ.document },
    },
    fail: {
      'a third party, with an external id': FOREIGN_ADMIN,
      'a third party whose role can make itself administrator': { ...FOREIGN_ADMIN, policies: [RISE] },
      everybody: { ...FOREIGN_ADMIN, trustPolicy: { statements: [{ ...PARTNER, principals: { ...NOBODY, aws: ['*'] } }] } },
    },
    unknown: {
      'trust not read': { ...FOREIGN_ADMIN, trustPolicy: denied(DETAILS) },
      'policies not read': { ...FOREIGN_ADMIN, policies: denied(DETAILS) },
      'boundary not read': { ...FOREIGN_ADMIN, boundary: denied(DETAILS) },
    },
    notApplicable: { 'an administrator for instances only': { ...FOREIGN_ADMIN, trustPolicy: { statements: [SERVICE] } } },
  },
});
