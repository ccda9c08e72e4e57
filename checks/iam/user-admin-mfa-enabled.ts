import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { adminGrant, conditionalAdminGrant } from '../predicates/effective-permissions.ts';
import { EXAMPLE_PROGRAM } from '../predicates/example-credentials.ts';
import { enabledCredentials, hasMfa, missingMfa } from '../predicates/user-credentials.ts';

const KEY = { slot: 1, active: true, rotatedAt: '2026-09-01T00:00:00Z', lastUsedAt: '2026-10-31T00:00:00Z' } as const;
const CREDENTIALS = { ...EXAMPLE_PROGRAM, accessKeys: [KEY] };

const EVERYTHING = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] } as const;
const ADMIN = { name: 'AdministratorAccess', via: { group: 'admins' }, document: { statements: [EVERYTHING] } } as const;
const MFA = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] } as const;
const WITH_MFA = { name: 'admin-with-mfa', via: 'direct', document: { statements: [{ ...EVERYTHING, conditions: [MFA] }] } } as const;
const READ = { ...ADMIN, name: 'read', document: { statements: [{ ...EVERYTHING, actions: ['s3:Get*'] }] } } as const;

const KEY_ONLY = { credentials: CREDENTIALS, mfaDevices: [], policies: [ADMIN], boundary: undefined } as const;

export default defineCheck({
  id: 'iam-user-admin-mfa-enabled',
  title: 'Administrators should have MFA, those with access keys only too',
  severity: 'CRITICAL',
  controls: [],
  equivalents: { prowler: ['iam_administrator_access_with_mfa'] },
  risk: 'One leaked password or key gives a stranger the whole account.',
  remediation: {
    text: 'Register an MFA device and demand it in the policy (aws:MultiFactorAuthPresent), or give administrators roles through IAM Identity Center.',
    cli: 'aws iam enable-mfa-device --user-name <user> --serial-number <device> --authentication-code1 <code> --authentication-code2 <next-code>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials', 'mfaDevices', 'policies', 'boundary'],
  evaluate(user) {
    if (enabledCredentials(user.credentials).length === 0) return notApplicable('no password and no active access key');
    if (user.credentials.mfaActive) return pass;
    const grant = adminGrant(user) ?? conditionalAdminGrant(user);
    if (grant === undefined) return notApplicable('no administrator');
    return hasMfa(user) ? pass : fail(`administrator with ${missingMfa(user)}`, { permissions: grant.reason, ...grant.evidence });
  },
  examples: {
    pass: {
      'MFA by the report': { ...KEY_ONLY, credentials: { ...CREDENTIALS, mfaActive: true } },
      'MFA since the last credential report': { ...KEY_ONLY, mfaDevices: [{ kind: 'virtual' }] },
    },
    fail: {
      'access key only': KEY_ONLY,
      'password and SMS': { ...KEY_ONLY, credentials: { ...CREDENTIALS, passwordEnabled: true }, mfaDevices: [{ kind: 'sms' }] },
      'admin only with MFA, which is a mitigation': { ...KEY_ONLY, policies: [WITH_MFA] },
    },
    unknown: {
      'report not read': { ...KEY_ONLY, credentials: denied('iam:GetCredentialReport') },
      'devices not read': { ...KEY_ONLY, mfaDevices: denied('iam:ListMFADevices') },
      'policies read in part': { ...KEY_ONLY, policies: partial([READ], 'iam:GetAccountAuthorizationDetails') },
      'boundary not read': { ...KEY_ONLY, boundary: denied('iam:GetAccountAuthorizationDetails') },
    },
    notApplicable: {
      'may only read': { ...KEY_ONLY, policies: [READ] },
      'nothing to sign in with': { ...KEY_ONLY, credentials: { ...CREDENTIALS, accessKeys: [] } },
    },
  },
});
