import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { unlessNoPasswords } from '../predicates/password-rules.ts';

const REPORTED = '2026-10-31T21:00:00Z';
const SOMEBODY = { reportGeneratedAt: REPORTED, names: ['anna'] } as const;
const NOBODY = { reportGeneratedAt: REPORTED, names: [] } as const;
/** What AWS asks for in an account that has set no policy (IAM User Guide, "Default password policy"). */
const DEFAULT_LENGTH = 8;

export default defineCheck({
  id: 'iam-password-policy-length',
  title: 'The password policy should ask for 14 characters or more',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.8', 'CIS-AWS-5.0:1.7', 'CIS-AWS-3.0:1.8', 'PCI-DSS-4.0:8.3.6'],
  equivalents: { prowler: ['iam_password_policy_minimum_length_14'], securityHub: ['IAM.15'], checkov: ['CKV_AWS_10'] },
  risk: 'Short passwords are guessed, and each console user is allowed one.',
  remediation: {
    text: 'Ask for at least 14 characters. The call replaces the whole policy: name what else it holds too.',
    cli: 'aws iam update-account-password-policy --minimum-password-length 14 --password-reuse-prevention 24',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['passwordPolicy', 'consoleUsers'],
  params: { characters: 14 },
  evaluate(account, { characters }) {
    const policy = account.passwordPolicy;
    const length = policy?.minimumLength ?? DEFAULT_LENGTH;
    if (length >= characters) return pass;
    const reason = policy ? `passwords of ${length} characters are allowed` : `no password policy: AWS allows ${length} characters`;
    return unlessNoPasswords(fail(reason, { minimumLength: length }), account);
  },
  examples: {
    pass: {
      'exactly 14': { passwordPolicy: { minimumLength: 14, reusePrevention: undefined }, consoleUsers: SOMEBODY },
      'more, users not read': {
        passwordPolicy: { minimumLength: 20, reusePrevention: 24 },
        consoleUsers: denied('iam:GetCredentialReport'),
      },
    },
    fail: {
      'one less': { passwordPolicy: { minimumLength: 13, reusePrevention: 24 }, consoleUsers: SOMEBODY },
      'never set': { passwordPolicy: undefined, consoleUsers: SOMEBODY },
      'never set, one user known': {
        passwordPolicy: undefined,
        consoleUsers: { reportGeneratedAt: REPORTED, names: partial(['anna'], 'iam:GetCredentialReport') },
      },
    },
    unknown: {
      'policy denied': { passwordPolicy: denied('iam:GetAccountPasswordPolicy'), consoleUsers: SOMEBODY },
      'weak, but whether anybody has a password was not read': {
        passwordPolicy: undefined,
        consoleUsers: denied('iam:GetCredentialReport'),
      },
    },
    notApplicable: { 'nobody has a password': { passwordPolicy: undefined, consoleUsers: NOBODY } },
  },
});
