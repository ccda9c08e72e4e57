import { defineCheck, denied, fail, partial } from '../check.ts';
import { firstFailure, someOf } from '../predicates/logic.ts';

const DOCUMENT = { statements: [{ effect: 'Allow', actions: ['cloudshell:*'], resources: ['*'], conditions: [] }] } as const;
const FULL = {
  name: 'AWSCloudShellFullAccess',
  arn: 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
  via: 'direct',
  document: DOCUMENT,
} as const;
const OWN = { ...FULL, arn: 'arn:aws:iam::111122223333:policy/AWSCloudShellFullAccess' } as const;
const SOURCE = 'iam:GetAccountAuthorizationDetails';

/** What a group carries is said of the group, not of each of its members. */
export default defineCheck({
  id: 'iam-principal-cloudshell-restricted',
  title: 'AWSCloudShellFullAccess should be attached to nobody',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:2.20', 'CIS-AWS-5.0:1.21', 'CIS-AWS-3.0:1.22'],
  equivalents: { prowler: ['iam_policy_cloudshell_admin_not_attached'], securityHub: ['IAM.27'] },
  risk: 'CloudShell is a machine with internet access and file transfer: data leaves through it that the network would have kept. Policies of your own that allow the same are not judged.',
  remediation: {
    text: 'Detach the policy. Who needs CloudShell gets a policy without cloudshell:GetFileDownloadUrls and cloudshell:GetFileUploadUrls.',
    cli: 'aws iam detach-role-policy --role-name <role> --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
    cloudFormation: 'AWS::IAM::Role.ManagedPolicyArns',
  },
  resourceType: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  needs: ['policies'],
  evaluate: (principal) =>
    firstFailure(() => {
      const arn = `arn:${principal.identity.partition}:iam::aws:policy/AWSCloudShellFullAccess`;
      const attached = someOf(principal.policies, (policy) => policy.via === 'direct' && policy.arn === arn);
      return attached && fail('AWSCloudShellFullAccess is attached');
    }),
  examples: {
    pass: {
      'no policies': { policies: [] },
      'through a group, which is judged itself': { policies: [{ ...FULL, via: { group: 'developers' } }] },
      'a policy of the account by the same name': { policies: [OWN] },
    },
    fail: {
      'attached directly': { policies: [OWN, FULL] },
      'attached, the rest not read': { policies: partial([FULL], SOURCE) },
      'attached in China': {
        identity: { partition: 'aws-cn' },
        policies: [{ ...FULL, arn: 'arn:aws-cn:iam::aws:policy/AWSCloudShellFullAccess' }],
      },
    },
    unknown: { 'not read': { policies: denied(SOURCE) }, 'read in part': { policies: partial([OWN], SOURCE) } },
  },
});
