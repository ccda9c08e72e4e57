import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_PERSON } from '../predicates/example-credentials.ts';
import { dateOf, daysSince } from '../predicates/time.ts';
import { enabledCredentials } from '../predicates/user-credentials.ts';

const USED = { ...EXAMPLE_PERSON, passwordChangedAt: '2024-02-01T00:00:00Z' };

const NEVER = { ...USED, passwordLastUsedAt: undefined } as const;
const KEY = { slot: 1, active: true, rotatedAt: '2026-06-01T00:00:00Z', lastUsedAt: undefined } as const;

export default defineCheck({
  id: 'iam-user-credentials-used',
  title: 'Passwords and access keys that are no longer used should be disabled',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.11', 'CIS-AWS-5.0:1.11', 'CIS-AWS-3.0:1.12', 'AWS-FSBP:IAM.8'],
  equivalents: { prowler: ['iam_user_accesskey_unused', 'iam_user_console_access_unused'], securityHub: ['IAM.8', 'IAM.22'] },
  risk: 'Nobody notices when a credential that nobody uses is used by a stranger.',
  remediation: {
    text: 'Delete the password, deactivate the key, and delete the key once nothing broke.',
    cli: 'aws iam update-access-key --user-name <user> --access-key-id <key-id> --status Inactive',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials'],
  params: { days: 45 },
  evaluate({ credentials }, { days, now }) {
    const enabled = enabledCredentials(credentials);
    if (enabled.length === 0) return notApplicable('no password and no active access key');
    const unused = enabled
      .filter((credential) => daysSince(credential.lastUsedAt ?? credential.since, now) >= days)
      .map((credential) => {
        const { name, lastUsedAt } = credential;
        return `${name} ${lastUsedAt ? 'unused' : 'never used'} since ${dateOf(lastUsedAt ?? credential.since)}`;
      });
    return unused.length > 0 ? fail(unused.join(', '), { unused }) : pass;
  },
  examples: {
    pass: {
      'password used two days ago': { credentials: USED },
      'password used 44 days ago': { credentials: { ...USED, passwordLastUsedAt: '2026-09-18T00:00:00Z' } },
      'new user who has not signed in yet': { credentials: { ...NEVER, createdAt: '2026-10-20T00:00:00Z', passwordChangedAt: undefined } },
      'old key, inactive': { credentials: { ...USED, accessKeys: [{ ...KEY, active: false }] } },
      'young key, not used yet': { credentials: { ...USED, accessKeys: [{ ...KEY, rotatedAt: '2026-10-20T00:00:00Z' }] } },
    },
    fail: {
      'password used 45 days ago': { credentials: { ...USED, passwordLastUsedAt: '2026-09-17T00:00:00Z' } },
      'password never used, set long ago': { credentials: NEVER },
      'active key never used': { credentials: { ...USED, accessKeys: [KEY] } },
      'password used, one of two keys not': {
        credentials: {
          ...USED,
          accessKeys: [
            { ...KEY, lastUsedAt: '2026-10-31T00:00:00Z' },
            { ...KEY, slot: 2, lastUsedAt: '2026-08-01T00:00:00Z' },
          ],
        },
      },
    },
    unknown: { 'report not read': { credentials: denied('iam:GetCredentialReport') } },
    notApplicable: {
      'no password, key inactive': { credentials: { ...USED, passwordEnabled: false, accessKeys: [{ ...KEY, active: false }] } },
    },
  },
});
