import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_ROOT_CREDENTIALS, EXAMPLE_ROOT_SUMMARY } from '../predicates/example-credentials.ts';
import { rootHasNoCredentials } from '../predicates/root-credentials.ts';

const WITHOUT_MFA = { ...EXAMPLE_ROOT_SUMMARY, rootMfaEnabled: false };

const NO_PASSWORD = { ...EXAMPLE_ROOT_CREDENTIALS, passwordEnabled: false, mfaActive: false };

export default defineCheck({
  id: 'account-root-mfa-enabled',
  title: 'The root user should have MFA',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.5', 'CIS-AWS-5.0:1.4', 'CIS-AWS-3.0:1.5'],
  equivalents: { prowler: ['iam_root_mfa_enabled'], securityHub: ['IAM.9'] },
  risk: 'One password opens the whole account: root cannot be limited by any IAM policy, and can close the account.',
  remediation: {
    text: 'Sign in as root and register an MFA device under Security credentials, better two. In a member account of an organization, delete the root credentials instead.',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['summary', 'rootCredentials'],
  evaluate: (account) => (account.summary.rootMfaEnabled || rootHasNoCredentials(account) ? pass : fail('root has no MFA device')),
  examples: {
    pass: {
      'MFA since the last credential report': {
        summary: { ...WITHOUT_MFA, rootMfaEnabled: true },
        rootCredentials: { ...NO_PASSWORD, passwordEnabled: true },
      },
      'member account without root credentials': { summary: { ...WITHOUT_MFA, rootPasswordPresent: false }, rootCredentials: NO_PASSWORD },
      'no credentials, by the report alone': { summary: { ...WITHOUT_MFA, rootPasswordPresent: undefined }, rootCredentials: NO_PASSWORD },
    },
    fail: {
      'password without MFA, and no credential report': { summary: WITHOUT_MFA, rootCredentials: denied('iam:GetCredentialReport') },
      'access key without MFA or password': {
        summary: { ...WITHOUT_MFA, rootAccessKeysPresent: true, rootPasswordPresent: false },
        rootCredentials: NO_PASSWORD,
      },
      'AWS does not say whether there is a password': {
        summary: { ...WITHOUT_MFA, rootPasswordPresent: undefined },
        rootCredentials: { ...NO_PASSWORD, passwordEnabled: undefined },
      },
    },
    unknown: {
      'not allowed to ask': { summary: denied('iam:GetAccountSummary'), rootCredentials: { ...NO_PASSWORD, passwordEnabled: true } },
      'no MFA, and perhaps no password': {
        summary: { ...WITHOUT_MFA, rootPasswordPresent: undefined },
        rootCredentials: denied('iam:GetCredentialReport'),
      },
    },
  },
});
