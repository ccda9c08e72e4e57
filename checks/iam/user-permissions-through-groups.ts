import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { knownOf } from '../predicates/unread.ts';

const DOCUMENT = { statements: [{ effect: 'Allow', actions: ['s3:GetObject'], resources: ['*'], conditions: [] }] } as const;
const BY_GROUP = {
  name: 'readers',
  arn: 'arn:aws:iam::111122223333:policy/readers',
  via: { group: 'readers' },
  document: DOCUMENT,
} as const;
const ATTACHED = { ...BY_GROUP, via: 'direct' } as const;
const INLINE = { name: 'temporary', via: 'direct', document: DOCUMENT } as const;

export default defineCheck({
  id: 'iam-user-permissions-through-groups',
  title: 'Users should get their permissions through groups only',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:2.13', 'CIS-AWS-5.0:1.14', 'CIS-AWS-3.0:1.15', 'AWS-FSBP:IAM.2'],
  equivalents: { prowler: ['iam_policy_attached_only_to_group_or_roles'], securityHub: ['IAM.2'], checkov: ['CKV_AWS_40'] },
  risk: 'Permissions given to one person are forgotten when that person changes jobs.',
  remediation: {
    text: 'Put the user into a group that has what the work needs, then detach the attached policies and delete the inline ones.',
    cli: 'aws iam detach-user-policy --user-name <user> --policy-arn <policy-arn>',
    cloudFormation: 'AWS::IAM::User.Groups',
  },
  resourceType: 'AWS::IAM::User',
  needs: ['policies'],
  evaluate(user) {
    const { known, unread } = knownOf(() => user.policies);
    const direct = known.filter(({ via }) => via === 'direct');
    const named = (inline: boolean) => direct.filter(({ arn }) => (arn === undefined) === inline).map(({ name }) => name);
    if (direct.length > 0) return fail('has policies of its own', { attached: named(false).sort(), inline: named(true).sort() });
    if (unread) throw unread;
    return pass;
  },
  examples: {
    pass: { 'through a group': { policies: [BY_GROUP] }, 'no permissions': { policies: [] } },
    fail: {
      'attached to the user': { policies: [BY_GROUP, ATTACHED] },
      'inline in the user': { policies: [INLINE] },
      'one seen, the rest not read': { policies: partial([INLINE], 'iam:GetAccountAuthorizationDetails') },
    },
    unknown: {
      'only the group seen': { policies: partial([BY_GROUP], 'iam:GetAccountAuthorizationDetails') },
      'not read': { policies: denied('iam:GetAccountAuthorizationDetails') },
    },
  },
});
