import { defineCheck, denied, fail, pass } from '../check.ts';
import { NOBODY } from '../predicates/example-policies.ts';
import { anyAudience } from '../predicates/role-takers.ts';

const PROVIDER = { ...NOBODY, federated: ['arn:aws:iam::111122223333:saml-provider/corporate'] } as const;
const SIGN_IN = { effect: 'Allow', principals: PROVIDER, actions: ['sts:AssumeRoleWithSAML'], conditions: [] } as const;
const AUDIENCE = { operator: 'stringequals', ifExists: false, key: 'saml:aud', values: ['https://signin.aws.amazon.com/saml'] } as const;

export default defineCheck({
  id: 'iam-role-saml-audience-required',
  title: 'Roles for SAML users should ask whom the assertion is for',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'An assertion that the identity provider made for another recipient may serve to sign in here.',
  remediation: {
    text: 'Add StringEquals on SAML:aud with the sign-in URL of the partition, https://signin.aws.amazon.com/saml.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    cloudFormation: 'AWS::IAM::Role.AssumeRolePolicyDocument',
  },
  resourceType: 'AWS::IAM::Role',
  needs: ['trustPolicy'],
  evaluate({ trustPolicy }) {
    const open = anyAudience(trustPolicy);
    return open.length === 0 ? pass : fail('takes SAML assertions for any recipient', { statements: open.map(({ evidence }) => evidence) });
  },
  examples: {
    pass: {
      'for the sign-in of AWS': { trustPolicy: { statements: [{ ...SIGN_IN, conditions: [AUDIENCE] }] } },
      'no SAML': { trustPolicy: { statements: [{ ...SIGN_IN, principals: { ...NOBODY, service: ['ec2.amazonaws.com'] } }] } },
    },
    fail: {
      'for anybody': { trustPolicy: { statements: [SIGN_IN] } },
      'if the key is there': { trustPolicy: { statements: [{ ...SIGN_IN, conditions: [{ ...AUDIENCE, ifExists: true }] }] } },
      'any audience': {
        trustPolicy: { statements: [{ ...SIGN_IN, conditions: [{ ...AUDIENCE, operator: 'stringlike', values: ['*'] }] }] },
      },
    },
    unknown: { 'not read': { trustPolicy: denied('iam:GetAccountAuthorizationDetails') } },
  },
});
