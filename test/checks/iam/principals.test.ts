import { describe, expect, test } from 'vitest';
import { type AnyCheck, denied } from '../../../checks/check.ts';
import principalAdminAbsent from '../../../checks/iam/principal-admin-absent.ts';
import roleTrustClosed from '../../../checks/iam/role-trust-closed.ts';
import userAdminMfaEnabled from '../../../checks/iam/user-admin-mfa-enabled.ts';
import userConsoleMfaEnabled from '../../../checks/iam/user-console-mfa-enabled.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import type { AttachedPolicy } from '../../../inventory/iam/attached-policy.ts';
import type { UserCredentials } from '../../../inventory/iam/user.ts';
import type { PolicyStatement } from '../../../inventory/policy-document.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const ALL: PolicyStatement = { effect: 'Allow', actions: ['*'], resources: ['*'], conditions: [] };
const ADMIN: AttachedPolicy = { name: 'AdministratorAccess', via: { group: 'admins' }, document: { statements: [ALL] } };
const READ: AttachedPolicy = { ...ADMIN, name: 'read', document: { statements: [{ ...ALL, actions: ['s3:Get*'] }] } };
const USER: UserCredentials = {
  reportGeneratedAt: '2026-10-31T21:00:00Z',
  createdAt: '2024-02-01T00:00:00Z',
  passwordEnabled: true,
  passwordLastUsedAt: undefined,
  passwordChangedAt: undefined,
  mfaActive: false,
  accessKeys: [],
};

describe('the live list of MFA devices, one call per user', () => {
  test.each([
    ['the report has MFA', userConsoleMfaEnabled, { credentials: { ...USER, mfaActive: true } }],
    ['there is no password', userConsoleMfaEnabled, { credentials: { ...USER, passwordEnabled: false } }],
    [
      'the report has MFA of an administrator',
      userAdminMfaEnabled,
      { credentials: { ...USER, mfaActive: true }, policies: [ADMIN], boundary: undefined },
    ],
    ['the user is no administrator', userAdminMfaEnabled, { credentials: USER, policies: [READ], boundary: undefined }],
  ])('is not asked when %s', async (_, check, facets) => {
    expect(await touched(check, { ...facets, mfaDevices: [] })).not.toContain('mfaDevices');
  });
});

test('the proof of an administrator without MFA names policy, group and statement', async () => {
  const facets = { credentials: USER, mfaDevices: [], policies: [READ, ADMIN], boundary: undefined };
  expect(await judge(userAdminMfaEnabled, facets)).toMatchObject({
    reason: 'administrator with no MFA device',
    evidence: {
      grantedBy: [{ policy: 'AdministratorAccess', group: 'admins', statement: { effect: 'Allow', action: ['*'], resource: ['*'] } }],
    },
  });
});

test.each([
  ['role/app', 'HIGH', 'allows every action on every resource'],
  ['role/service-role/app', 'HIGH', 'allows every action on every resource'],
  [
    'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123',
    'LOW',
    'Identity Center permission set: allows every action on every resource',
  ],
])('an administrator at %s is %s', async (path, severity, reason) => {
  const identity = { type: 'AWS::IAM::Role', arn: `arn:aws:iam::111122223333:${path}` };
  expect(await judge(principalAdminAbsent, { identity, policies: [ADMIN], boundary: undefined })).toMatchObject({ severity, reason });
});

test('a boundary that was not read leaves a harmless principal harmless', async () => {
  expect(await judge(principalAdminAbsent, { policies: [READ], boundary: denied('iam:GetAccountAuthorizationDetails') })).toMatchObject({
    status: 'PASS',
  });
});

test('accounts that the team trusts may assume roles', async () => {
  const principals = { aws: ['444455556666'], service: [], federated: [], canonicalUser: [] };
  const resource = exampleResource(roleTrustClosed, {
    trustPolicy: { statements: [{ effect: 'Allow', actions: ['sts:AssumeRole'], conditions: [], principals }] },
  });
  const trusting = ready(roleTrustClosed, EXAMPLE_NOW, { params: { trustedAccounts: ['444455556666'] } });
  expect(await evaluate(trusting, resource)).toMatchObject({ status: 'PASS' });
  expect(await evaluate(ready(roleTrustClosed, EXAMPLE_NOW), resource)).toMatchObject({ status: 'FAIL', severity: 'HIGH' });
});

async function touched(check: AnyCheck, facets: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const resource = exampleResource(check, facets);
  const names: string[] = [];
  const facet = (name: string) => {
    names.push(name);
    return resource.facet(name);
  };
  await evaluate(ready(check, EXAMPLE_NOW), { ...resource, facet });
  return names;
}

function judge(check: AnyCheck, facets: Readonly<Record<string, unknown>>) {
  return evaluate(ready(check, EXAMPLE_NOW), exampleResource(check, facets));
}
