import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';

const ROLE = 'arn:aws:iam::111122223333:role/support';

export default defineCheck({
  id: 'account-support-role-present',
  title: 'Somebody should be allowed to manage cases with AWS Support',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.15', 'CIS-AWS-5.0:1.16', 'CIS-AWS-3.0:1.17', 'PCI-DSS-4.0:12.10.3'],
  equivalents: { prowler: ['iam_support_role_created'], securityHub: ['IAM.18'] },
  risk: 'In an incident nobody but root and administrators can open a case, and time is lost over permissions.',
  remediation: {
    text: 'Attach AWSSupportAccess to a role that those on call may assume, or to a permission set of Identity Center.',
    cli: 'aws iam attach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess',
    cloudFormation: 'AWS::IAM::Role.ManagedPolicyArns',
  },
  resourceType: 'AWS::Organizations::Account',
  needs: ['supportPrincipals'],
  evaluate: ({ supportPrincipals }) =>
    someOf(supportPrincipals, () => true) ? pass : fail('AWSSupportAccess is attached to nobody who could use it'),
  examples: {
    pass: {
      'a role': { supportPrincipals: [ROLE] },
      'a role, other principals not read': { supportPrincipals: partial([ROLE], 'iam:GetAccountAuthorizationDetails') },
    },
    fail: { nobody: { supportPrincipals: [] } },
    unknown: {
      'not read': { supportPrincipals: denied('iam:GetAccountAuthorizationDetails') },
      'nobody among those that were read': { supportPrincipals: partial([], 'iam:GetAccountAuthorizationDetails') },
    },
  },
});
