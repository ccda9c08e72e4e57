import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_PROGRAM as USER } from '../predicates/example-credentials.ts';
import { dateOf } from '../predicates/time.ts';
import { activeKeys } from '../predicates/user-credentials.ts';

const FIRST = { slot: 1, active: true, rotatedAt: '2026-10-01T00:00:00Z', lastUsedAt: '2026-10-31T00:00:00Z' } as const;
const SECOND = { ...FIRST, slot: 2, rotatedAt: '2026-10-20T00:00:00Z' } as const;

export default defineCheck({
  id: 'iam-user-single-active-key',
  title: 'Users should have one active access key at most',
  severity: 'LOW',
  controls: ['CIS-AWS-5.0:1.12', 'CIS-AWS-3.0:1.13'],
  equivalents: { prowler: ['iam_user_two_active_access_key'] },
  risk: 'Two keys are two secrets to leak, and a rotation that was never finished.',
  remediation: {
    text: 'Find out which key is in use by its last use, deactivate the other, and delete it once nothing broke.',
    cli: 'aws iam update-access-key --user-name <user> --access-key-id <key-id> --status Inactive',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials'],
  evaluate({ credentials }) {
    const keys = activeKeys(credentials);
    const made = Object.fromEntries(keys.map(({ name, since }) => [name, dateOf(since)]));
    return keys.length > 1 ? fail('two active access keys', { made }) : pass;
  },
  examples: {
    pass: {
      'no key': { credentials: { ...USER, accessKeys: [] } },
      'one active, one inactive': { credentials: { ...USER, accessKeys: [{ ...FIRST, active: false }, SECOND] } },
    },
    fail: { 'both active': { credentials: { ...USER, accessKeys: [FIRST, SECOND] } } },
    unknown: { 'report not read': { credentials: denied('iam:GetCredentialReport') } },
  },
});
