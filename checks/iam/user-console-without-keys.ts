import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { EXAMPLE_PERSON as PERSON } from '../predicates/example-credentials.ts';
import { activeKeys } from '../predicates/user-credentials.ts';

const KEY = { slot: 1, active: true, rotatedAt: '2026-10-01T00:00:00Z', lastUsedAt: undefined } as const;

export default defineCheck({
  id: 'iam-user-console-without-keys',
  title: 'Users who sign in to the console should have no access keys',
  severity: 'LOW',
  controls: ['CIS-AWS-5.0:1.10', 'CIS-AWS-3.0:1.11'],
  equivalents: { prowler: ['iam_user_no_setup_initial_access_key'] },
  risk: 'A key on a laptop does all that the person may, for ever and without MFA, and what is done with it looks as if the person did it.',
  remediation: {
    text: 'People use the session of their sign-in (aws login, aws sso login); programs get a role, or else a user of their own. Then delete the key.',
    cli: 'aws iam delete-access-key --user-name <user> --access-key-id <key-id>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials'],
  evaluate({ credentials }) {
    if (!credentials.passwordEnabled) return notApplicable('no console password');
    const keys = activeKeys(credentials).map(({ name }) => name);
    return keys.length > 0 ? fail(`console password and ${keys.join(' and ')}`, { keys }) : pass;
  },
  examples: {
    pass: {
      'no key': { credentials: PERSON },
      'inactive key': { credentials: { ...PERSON, accessKeys: [{ ...KEY, active: false }] } },
    },
    fail: {
      'a key made with the user and never used': { credentials: { ...PERSON, accessKeys: [KEY] } },
      'a key in use': { credentials: { ...PERSON, accessKeys: [{ ...KEY, lastUsedAt: '2026-10-31T00:00:00Z' }] } },
    },
    unknown: { 'report not read': { credentials: denied('iam:GetCredentialReport') } },
    notApplicable: { 'a program': { credentials: { ...PERSON, passwordEnabled: false, accessKeys: [KEY] } } },
  },
});
