import { defineCheck, denied, fail, partial } from '../check.ts';
import { EXAMPLE_ROOT_CREDENTIALS as CREDENTIALS, EXAMPLE_ROOT_SUMMARY as SUMMARY } from '../predicates/example-credentials.ts';
import { firstFailure, firstOf } from '../predicates/logic.ts';
import { rootHasNoCredentials } from '../predicates/root-credentials.ts';

const ROOTS = { serialNumber: 'arn:aws:iam::111122223333:mfa/phone', userArn: 'arn:aws:iam::111122223333:root' };
const GROOTS = { serialNumber: 'arn:aws:iam::111122223333:mfa/root', userArn: 'arn:aws:iam::111122223333:user/root/groot' };

/** AWS lists virtual devices with their owner, but not root's others: MFA without a virtual device is hardware or a passkey. */
export default defineCheck({
  id: 'account-root-mfa-hardware',
  title: 'The root user should have hardware or passkey MFA, and no virtual device',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:2.6', 'CIS-AWS-5.0:1.5', 'CIS-AWS-3.0:1.6', 'AWS-FSBP:IAM.6'],
  equivalents: { prowler: ['iam_root_hardware_mfa_enabled'], securityHub: ['IAM.6'] },
  risk: 'The secret of a virtual device can be copied from a phone or its backup, and its codes can be phished.',
  remediation: { text: 'Sign in as root, register security keys or passkeys (up to eight devices), and then remove the virtual device.' },
  resourceType: 'AWS::Organizations::Account',
  needs: ['summary', 'rootCredentials', 'virtualMfaDevices'],
  evaluate: (account) =>
    firstFailure(
      () => {
        const { partition, accountId } = account.identity;
        const device = firstOf(account.virtualMfaDevices, (one) => one.userArn === `arn:${partition}:iam::${accountId}:root` && one);
        return device && fail('a virtual MFA device is registered for root', { device: device.serialNumber });
      },
      () => !account.summary.rootMfaEnabled && !rootHasNoCredentials(account) && fail('root has no MFA device'),
    ),
  examples: {
    pass: {
      'MFA, and the only virtual device is of user groot': { summary: SUMMARY, rootCredentials: CREDENTIALS, virtualMfaDevices: [GROOTS] },
      'member account without root credentials': {
        summary: { ...SUMMARY, rootMfaEnabled: false, rootPasswordPresent: undefined },
        rootCredentials: { ...CREDENTIALS, passwordEnabled: false, mfaActive: false },
        virtualMfaDevices: [],
      },
    },
    fail: {
      'virtual device, perhaps beside hardware': { summary: SUMMARY, rootCredentials: CREDENTIALS, virtualMfaDevices: [GROOTS, ROOTS] },
      'virtual device in a partial list, nothing else read': {
        summary: denied('iam:GetAccountSummary'),
        rootCredentials: denied('iam:GetCredentialReport'),
        virtualMfaDevices: partial([ROOTS], 'iam:ListVirtualMFADevices'),
      },
      'virtual device in GovCloud': {
        identity: { partition: 'aws-us-gov' },
        summary: SUMMARY,
        rootCredentials: CREDENTIALS,
        virtualMfaDevices: [{ ...ROOTS, userArn: 'arn:aws-us-gov:iam::111122223333:root' }],
      },
      'no MFA at all': { summary: { ...SUMMARY, rootMfaEnabled: false }, rootCredentials: CREDENTIALS, virtualMfaDevices: [] },
    },
    unknown: {
      'virtual devices not read': {
        summary: SUMMARY,
        rootCredentials: CREDENTIALS,
        virtualMfaDevices: denied('iam:ListVirtualMFADevices'),
      },
      'summary not read': { summary: denied('iam:GetAccountSummary'), rootCredentials: CREDENTIALS, virtualMfaDevices: [] },
    },
  },
});
