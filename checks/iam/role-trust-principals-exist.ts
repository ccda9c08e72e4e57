import { defineCheck, denied, fail, pass } from '../check.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { deletedPrincipals } from '../predicates/role-takers.ts';

const ASSUME = { effect: 'Allow', actions: ['sts:AssumeRole'], conditions: [] } as const;
const ROLE = 'arn:aws:iam::111122223333:role/deploy';

export default defineCheck({
  id: 'iam-role-trust-principals-exist',
  title: 'Roles should trust only users and roles that exist',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'What is gone cannot assume the role, but the trust shows that nobody looks after it, and what depended on it fails.',
  remediation: {
    text: 'Remove the unique ids (AIDA…, AROA…) from the trust policy, or name the user or role again if it was made anew.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    cloudFormation: 'AWS::IAM::Role.AssumeRolePolicyDocument',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy'],
  evaluate({ trustPolicy }) {
    const deleted = deletedPrincipals(trustPolicy);
    return deleted.length === 0 ? pass : fail('trusts a user or role that is gone', { principals: deleted });
  },
  examples: {
    pass: {
      'a role': { trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: [ROLE] } }] } },
      'a service': { trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, service: ['ec2.amazonaws.com'] } }] } },
    },
    fail: {
      'a role that is gone, beside one that is not': {
        trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: [ROLE, 'AROAEXAMPLEEXAMPLEEXA'] } }] },
      },
      'a user that is gone': { trustPolicy: { statements: [{ ...ASSUME, principals: { ...NOBODY, aws: ['AIDAEXAMPLEEXAMPLEEXA'] } }] } },
    },
    unknown: { 'not read': { trustPolicy: denied('iam:GetAccountAuthorizationDetails') } },
  },
});
