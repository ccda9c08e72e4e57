import { defineCheck, denied, fail, pass } from '../check.ts';

export default defineCheck({
  id: 'organizations-organization-root-access-centralized',
  title: 'The root access of member accounts should be managed by their organization',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.1.1'],
  equivalents: { prowler: ['iam_root_credentials_management_enabled'] },
  risk: 'Each member account has a root user of its own, with a password to reset by mail, which no policy of that account limits.',
  remediation: {
    text: 'Turn on trusted access for IAM, then the management of root credentials and privileged root sessions. Credentials that are there already must be deleted account by account.',
    cli: 'aws iam enable-organizations-root-credentials-management && aws iam enable-organizations-root-sessions',
  },
  resourceType: 'AWS::Organizations::Organization',
  needs: ['rootFeatures'],
  evaluate({ rootFeatures }) {
    const credentials = rootFeatures.includes('RootCredentialsManagement');
    const sessions = rootFeatures.includes('RootSessions');
    if (credentials && sessions) return pass;
    if (!credentials) return fail('root credentials of member accounts are not managed centrally', { on: rootFeatures });
    const removable = { severity: 'LOW', because: 'root credentials can be removed centrally' } as const;
    return fail('privileged root sessions in member accounts are off', { on: rootFeatures }, removable);
  },
  examples: {
    pass: { 'both features': { rootFeatures: ['RootSessions', 'RootCredentialsManagement'] } },
    fail: {
      'never turned on': { rootFeatures: [] },
      'sessions only': { rootFeatures: ['RootSessions'] },
      'credentials only': { rootFeatures: ['RootCredentialsManagement'] },
    },
    unknown: { 'not allowed to ask': { rootFeatures: denied('iam:ListOrganizationsFeatures') } },
  },
});
