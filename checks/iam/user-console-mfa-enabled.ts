import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { EXAMPLE_PERSON } from '../predicates/example-credentials.ts';
import { hasMfa, missingMfa } from '../predicates/user-credentials.ts';

const SMS = { kind: 'sms' } as const;

const PASSWORD = { ...EXAMPLE_PERSON, mfaActive: false };

export default defineCheck({
  id: 'iam-user-console-mfa-enabled',
  title: 'Users with a console password should have MFA',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.10', 'CIS-AWS-5.0:1.9', 'CIS-AWS-3.0:1.10', 'AWS-FSBP:IAM.5'],
  equivalents: { prowler: ['iam_user_mfa_enabled_console_access'], securityHub: ['IAM.5'] },
  risk: 'A password that was phished or used elsewhere is all that a stranger needs to sign in.',
  remediation: {
    text: 'Have the user register a passkey or an authenticator app, or remove the password and sign in through IAM Identity Center.',
    cli: 'aws iam delete-login-profile --user-name <user>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials', 'mfaDevices'],
  evaluate(user) {
    if (!user.credentials.passwordEnabled) return notApplicable('no console password');
    return hasMfa(user) ? pass : fail(`console password, ${missingMfa(user)}`);
  },
  examples: {
    pass: {
      'MFA by the report': { credentials: { ...PASSWORD, mfaActive: true }, mfaDevices: denied('iam:ListMFADevices') },
      'MFA since the last credential report': { credentials: PASSWORD, mfaDevices: [{ kind: 'fido' }] },
      'SMS beside an app': { credentials: PASSWORD, mfaDevices: [SMS, { kind: 'virtual' }] },
    },
    fail: {
      'password and no device': { credentials: PASSWORD, mfaDevices: [] },
      'text messages only': { credentials: PASSWORD, mfaDevices: [SMS] },
    },
    unknown: {
      'report not read': { credentials: denied('iam:GetCredentialReport'), mfaDevices: [] },
      'no MFA by the report, devices not read': { credentials: PASSWORD, mfaDevices: denied('iam:ListMFADevices') },
      'devices read in part': { credentials: PASSWORD, mfaDevices: partial([SMS], 'iam:ListMFADevices') },
    },
    notApplicable: { 'access keys only': { credentials: { ...PASSWORD, passwordEnabled: false }, mfaDevices: [] } },
  },
});
