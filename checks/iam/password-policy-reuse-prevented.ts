import { defineCheck, denied, fail, pass } from '../check.ts';
import { unlessNoPasswords } from '../predicates/password-rules.ts';

const SOMEBODY = { reportGeneratedAt: '2026-10-31T21:00:00Z', names: ['anna'] } as const;
const NOBODY = { ...SOMEBODY, names: [] } as const;
const POLICY = { minimumLength: 14, reusePrevention: 24 } as const;

export default defineCheck({
  id: 'iam-password-policy-reuse-prevented',
  title: 'The password policy should remember the last 24 passwords',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.9', 'CIS-AWS-5.0:1.8', 'CIS-AWS-3.0:1.9', 'PCI-DSS-4.0:8.3.7'],
  equivalents: { prowler: ['iam_password_policy_reuse_24'], securityHub: ['IAM.16'], checkov: ['CKV_AWS_13'] },
  risk: 'A password that leaked once comes back into use, and with it those who have it.',
  remediation: {
    text: 'Have the last 24 passwords refused, the most that IAM can remember. The call replaces the whole policy: name what else it holds too.',
    cli: 'aws iam update-account-password-policy --minimum-password-length 14 --password-reuse-prevention 24',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['passwordPolicy', 'consoleUsers'],
  params: { passwords: 24 },
  evaluate(account, { passwords }) {
    const remembered = account.passwordPolicy?.reusePrevention ?? 0;
    if (remembered >= passwords) return pass;
    const reason = remembered === 0 ? 'old passwords may be used again' : `only the last ${remembered} passwords are refused`;
    return unlessNoPasswords(fail(reason, { remembered, policy: account.passwordPolicy !== undefined }), account);
  },
  examples: {
    pass: { 'the last 24': { passwordPolicy: POLICY, consoleUsers: SOMEBODY } },
    fail: {
      'the last 23': { passwordPolicy: { ...POLICY, reusePrevention: 23 }, consoleUsers: SOMEBODY },
      'a policy that says nothing of it': { passwordPolicy: { ...POLICY, reusePrevention: undefined }, consoleUsers: SOMEBODY },
      'no policy at all': { passwordPolicy: undefined, consoleUsers: SOMEBODY },
    },
    unknown: {
      'policy denied': { passwordPolicy: denied('iam:GetAccountPasswordPolicy'), consoleUsers: SOMEBODY },
      'weak, users not read': { passwordPolicy: undefined, consoleUsers: denied('iam:GetCredentialReport') },
    },
    notApplicable: { 'nobody has a password': { passwordPolicy: undefined, consoleUsers: NOBODY } },
  },
});
