import { expect, test } from 'vitest';
import rootCredentialsAbsent from '../../../checks/account/root-credentials-absent.ts';
import rootUnused from '../../../checks/account/root-unused.ts';
import { type AnyCheck, denied } from '../../../checks/check.ts';
import { EXAMPLE_ROOT_SUMMARY, EXAMPLE_ROOT_CREDENTIALS as REPORT } from '../../../checks/predicates/example-credentials.ts';
import { evaluate, ready } from '../../../findings/evaluate.ts';
import { EXAMPLE_NOW, exampleResource } from '../example-resource.ts';

const SUMMARY = { ...EXAMPLE_ROOT_SUMMARY, rootAccessKeysPresent: true };
const ACTIVE = { slot: 1, active: true, rotatedAt: undefined, lastUsedAt: undefined } as const;
const INACTIVE = { ...ACTIVE, active: false } as const;

test.each([
  ['active', { ...REPORT, accessKeys: [ACTIVE] }, 'CRITICAL'],
  ['one active, one not', { ...REPORT, accessKeys: [INACTIVE, { ...ACTIVE, slot: 2 }] }, 'CRITICAL'],
  ['inactive', { ...REPORT, accessKeys: [INACTIVE] }, 'HIGH'],
  ['of unknown state', denied('iam:GetCredentialReport'), 'CRITICAL'],
])('a root key that is %s', async (_, rootCredentials, severity) => {
  expect(await judge(rootCredentialsAbsent, { summary: SUMMARY, rootCredentials })).toMatchObject({ status: 'FAIL', severity });
});

test('a root key of unknown state does not raise what is known to be inactive', async () => {
  const rootCredentials = denied('iam:GetCredentialReport');
  expect(await judge(rootCredentialsAbsent, { summary: SUMMARY, rootCredentials })).toMatchObject({ severityUnsure: true });
  expect(await judge(rootCredentialsAbsent, { summary: SUMMARY, rootCredentials: { ...REPORT, accessKeys: [ACTIVE] } })).not.toHaveProperty(
    'severityUnsure',
  );
});

test.each([
  ['89 days ago', '2026-08-04T00:00:00Z', 'FAIL'],
  ['a second less than 90 days ago', '2026-08-03T00:00:01Z', 'FAIL'],
  ['90 days ago', '2026-08-03T00:00:00Z', 'PASS'],
  ['a little ahead of our clock', '2026-11-01T00:00:30Z', 'FAIL'],
])('root used %s', async (_, passwordLastUsedAt, status) => {
  expect(await judge(rootUnused, { rootCredentials: { ...REPORT, passwordLastUsedAt }, rootEvents: [] })).toMatchObject({ status });
});

test('a team may look back less far', async () => {
  const resource = exampleResource(rootUnused, {
    rootCredentials: { ...REPORT, passwordLastUsedAt: '2026-10-20T00:00:00Z' },
    rootEvents: [],
  });
  expect(await evaluate(ready(rootUnused, EXAMPLE_NOW, { params: { days: 7 } }), resource)).toMatchObject({ status: 'PASS' });
});

function judge(check: AnyCheck, facets: Readonly<Record<string, unknown>>) {
  return evaluate(ready(check, EXAMPLE_NOW), exampleResource(check, facets));
}
