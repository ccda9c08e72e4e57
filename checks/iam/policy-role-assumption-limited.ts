import type { PolicyStatement } from '../../inventory/policy-document.ts';
import { defineCheck, denied, fail, pass } from '../check.ts';
import { assumesAnyRole } from '../predicates/role-assumption.ts';

const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'], resources: ['*'], conditions: [] } as const;
const documentOf = (...statements: readonly PolicyStatement[]) => ({ statements });
const OURS = { operator: 'stringequals', ifExists: false, key: 'aws:resourceaccount', values: ['111122223333'] } as const;
const TAGGED = { operator: 'stringequals', ifExists: false, key: 'aws:resourcetag/team', values: ['web'] } as const;
const AGENT = { operator: 'stringlike', ifExists: false, key: 'aws:useragent', values: ['*'] } as const;
const MFA = { operator: 'bool', ifExists: false, key: 'aws:multifactorauthpresent', values: ['true'] } as const;
const UNUSED = { severity: 'LOW', because: 'attached to nobody' } as const;
const DETAILS = 'iam:GetAccountAuthorizationDetails';

export default defineCheck({
  id: 'iam-policy-role-assumption-limited',
  title: 'Policies of the account should not allow to assume whatever role there is',
  severity: 'HIGH',
  controls: ['NIST-800-53-R5:AC-6'],
  equivalents: { prowler: ['iam_no_custom_policy_permissive_role_assumption'] },
  risk: 'Its bearers get into every role that trusts the account, those made tomorrow too, and into roles of strangers, where data can be left.',
  remediation: {
    text: 'Name the roles in Resource. Where their names are not known beforehand, bind the statement by a tag of the roles (aws:ResourceTag).',
    cli: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://policy.json --set-as-default',
    cloudFormation: 'AWS::IAM::ManagedPolicy.PolicyDocument',
  },
  resourceType: 'AWS::IAM::ManagedPolicy',
  needs: ['document', 'attachmentCount'],
  evaluate(policy) {
    const found = assumesAnyRole(policy.document, policy.identity);
    if (found === undefined) return pass;
    const { reason, evidence, modifiers } = found;
    return policy.attachmentCount === 0
      ? fail(`${reason}, attached to nobody`, evidence, ...modifiers, UNUSED)
      : fail(reason, evidence, ...modifiers);
  },
  examples: {
    pass: {
      'roles by name': { attachmentCount: 1, document: documentOf({ ...ASSUME, resources: ['arn:aws:iam::111122223333:role/deploy-*'] }) },
      'roles of one tag': { attachmentCount: 1, document: documentOf({ ...ASSUME, conditions: [TAGGED] }) },
      'denied again': { attachmentCount: 1, document: documentOf(ASSUME, { ...ASSUME, effect: 'Deny', actions: ['sts:*'] }) },
      'denied but for some': {
        attachmentCount: 1,
        document: documentOf(ASSUME, { ...ASSUME, effect: 'Deny', resources: undefined, notResources: ['arn:aws:iam::*:role/deploy-*'] }),
      },
      'another action of STS': { attachmentCount: 1, document: documentOf({ ...ASSUME, actions: ['sts:GetCallerIdentity', 'sts:Tag*'] }) },
    },
    fail: {
      'every role': { attachmentCount: 1, document: documentOf(ASSUME) },
      'every role of every account': { attachmentCount: 1, document: documentOf({ ...ASSUME, resources: ['arn:aws:iam::*:role/*'] }) },
      'every role of this account': { attachmentCount: 1, document: documentOf({ ...ASSUME, conditions: [OURS] }) },
      'by all actions of STS': { attachmentCount: 1, document: documentOf({ ...ASSUME, actions: ['s3:Get*', 'STS:*'] }) },
      'by all actions but some': { attachmentCount: 1, document: documentOf({ ...ASSUME, actions: undefined, notActions: ['iam:*'] }) },
      'under a condition that says nothing': { attachmentCount: 1, document: documentOf({ ...ASSUME, conditions: [AGENT] }) },
      'only with MFA': { attachmentCount: 1, document: documentOf({ ...ASSUME, conditions: [MFA] }) },
      'attached to nobody': { attachmentCount: 0, document: documentOf(ASSUME) },
    },
    unknown: {
      'document not read': { attachmentCount: 1, document: denied(DETAILS) },
      'attachments not read': { attachmentCount: denied(DETAILS), document: documentOf(ASSUME) },
    },
  },
});
