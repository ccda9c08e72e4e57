import { defineCheck, denied, fail, pass } from '../check.ts';
import { EXAMPLE_ROOT_SUMMARY as NONE, EXAMPLE_ROOT_CREDENTIALS as REPORT } from '../predicates/example-credentials.ts';
import { knownOf } from '../predicates/unread.ts';

const KEY = { slot: 1, active: true, rotatedAt: '2019-05-01T00:00:00Z', lastUsedAt: undefined } as const;

export default defineCheck({
  id: 'account-root-credentials-absent',
  title: 'The root user should have no access keys and no signing certificates',
  severity: 'CRITICAL',
  controls: ['CIS-AWS-7.0:2.4', 'CIS-AWS-5.0:1.3', 'CIS-AWS-3.0:1.4', 'AWS-FSBP:IAM.4'],
  equivalents: { prowler: ['iam_no_root_access_key'], securityHub: ['IAM.4'] },
  risk: 'Whoever finds the key or certificate owns the account, without MFA, and nothing can limit what it does.',
  remediation: {
    text: 'Sign in as root and delete its access keys and X.509 certificates, inactive ones too: they can be activated again. Use roles instead.',
    cli: 'aws iam delete-access-key --access-key-id <key-id>',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['summary', 'rootCredentials'],
  evaluate(account) {
    const { rootAccessKeysPresent, rootSigningCertificatesPresent } = account.summary;
    if (rootAccessKeysPresent) {
      const { known: keys, unread } = knownOf(() => account.rootCredentials.accessKeys);
      const onlyInactive = keys.length > 0 && keys.every(({ active }) => !active);
      const evidence = { signingCertificates: rootSigningCertificatesPresent };
      if (onlyInactive)
        return fail('root has an access key, inactive', evidence, { severity: 'HIGH', because: 'nobody can use it until it is activated' });
      return { ...fail('root has an access key', evidence), ...(unread ? { severityUnsure: true } : {}) };
    }
    const lesser = { severity: 'HIGH', because: 'few services take signing certificates' } as const;
    return rootSigningCertificatesPresent ? fail('root has an X.509 signing certificate', {}, lesser) : pass;
  },
  examples: {
    pass: {
      'no keys, no certificates': { summary: NONE, rootCredentials: REPORT },
      'deleted since the last credential report': { summary: NONE, rootCredentials: { ...REPORT, accessKeys: [KEY] } },
    },
    fail: {
      'active key': { summary: { ...NONE, rootAccessKeysPresent: true }, rootCredentials: { ...REPORT, accessKeys: [KEY] } },
      'inactive key': {
        summary: { ...NONE, rootAccessKeysPresent: true },
        rootCredentials: { ...REPORT, accessKeys: [{ ...KEY, active: false }] },
      },
      'key made since the last credential report': { summary: { ...NONE, rootAccessKeysPresent: true }, rootCredentials: REPORT },
      'key of an account without root password, report denied': {
        summary: { ...NONE, rootAccessKeysPresent: true, rootPasswordPresent: false },
        rootCredentials: denied('iam:GetCredentialReport'),
      },
      'signing certificate': {
        summary: { ...NONE, rootSigningCertificatesPresent: true },
        rootCredentials: { ...REPORT, activeCertificates: 1 },
      },
    },
    unknown: { 'summary not read': { summary: denied('iam:GetAccountSummary'), rootCredentials: REPORT } },
  },
});
