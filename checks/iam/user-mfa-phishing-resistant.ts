import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { EXAMPLE_PERSON as PERSON } from '../predicates/example-credentials.ts';
import { firstOf } from '../predicates/logic.ts';
import { hasMfa } from '../predicates/user-credentials.ts';

const PHONE = 'arn:aws:iam::111122223333:mfa/phone';
const WITH_KEY = { credentials: PERSON, mfaDevices: denied('iam:ListMFADevices'), virtualMfaDevices: [] } as const;

/** One list of the account tells all virtual devices: no call for each user. Programs have no use for a device, and are not asked for one. */
export default defineCheck({
  id: 'iam-user-mfa-phishing-resistant',
  title: 'Users who sign in to the console should have no virtual MFA device',
  severity: 'LOW',
  controls: [],
  equivalents: { prowler: ['iam_user_hardware_mfa_enabled'] },
  risk: 'A code from a phone can be asked for by a false sign-in page and used before it ends; a passkey or security key answers only AWS.',
  remediation: {
    text: 'Have the user register a passkey or security key (up to eight devices), and then remove the virtual device.',
    cli: 'aws iam deactivate-mfa-device --user-name <user> --serial-number <device>',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['credentials', 'mfaDevices', 'virtualMfaDevices'],
  evaluate(user) {
    if (!user.credentials.passwordEnabled) return notApplicable('no console password');
    const device = firstOf(user.virtualMfaDevices, (serialNumber) => serialNumber);
    if (device !== undefined) return fail('signs in with a virtual MFA device', { device });
    return hasMfa(user) ? pass : notApplicable('no MFA device at all');
  },
  examples: {
    pass: {
      'MFA by the report, no virtual device': WITH_KEY,
      'passkey since the last report': { ...WITH_KEY, credentials: { ...PERSON, mfaActive: false }, mfaDevices: [{ kind: 'fido' }] },
    },
    fail: {
      'a phone, perhaps beside a security key': { ...WITH_KEY, virtualMfaDevices: [PHONE] },
      'a phone, the rest of the list not read': { ...WITH_KEY, virtualMfaDevices: partial([PHONE], 'iam:ListVirtualMFADevices') },
    },
    unknown: {
      'report not read': { ...WITH_KEY, credentials: denied('iam:GetCredentialReport') },
      'virtual devices not read': { ...WITH_KEY, virtualMfaDevices: denied('iam:ListVirtualMFADevices') },
      'no MFA by the report, devices not read': { ...WITH_KEY, credentials: { ...PERSON, mfaActive: false } },
    },
    notApplicable: {
      'a program': { ...WITH_KEY, credentials: { ...PERSON, passwordEnabled: false } },
      'no device at all, which is another matter': { ...WITH_KEY, credentials: { ...PERSON, mfaActive: false }, mfaDevices: [] },
    },
  },
});
