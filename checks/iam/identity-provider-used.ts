import { defineCheck, denied, fail, notApplicable, partial, pass } from '../check.ts';
import { someOf } from '../predicates/logic.ts';

const IDENTITY_CENTER = /:saml-provider\/AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/;
const SOURCE = 'iam:GetAccountAuthorizationDetails';

export default defineCheck({
  id: 'iam-identity-provider-used',
  title: 'Identity providers that no role trusts should be removed',
  severity: 'LOW',
  controls: [],
  equivalents: {},
  risk: 'A provider that nobody remembers needs only a new trust policy to let in whoever controls it by then.',
  remediation: {
    text: 'See with its owner that nothing is about to use it, and delete the provider.',
    cli: 'aws iam delete-open-id-connect-provider --open-id-connect-provider-arn <arn>',
  },
  resourceType: ['AWS::IAM::OIDCProvider', 'AWS::IAM::SAMLProvider'],
  needs: ['trustingRoles'],
  evaluate({ trustingRoles, identity }) {
    if (IDENTITY_CENTER.test(identity.arn)) return notApplicable('made and kept by IAM Identity Center');
    return someOf(trustingRoles, () => true) ? pass : fail('no role of the account trusts the provider');
  },
  examples: {
    pass: {
      'one role': { trustingRoles: ['deploy'] },
      'one role, others not read': { trustingRoles: partial(['deploy'], SOURCE) },
    },
    fail: { 'no role': { trustingRoles: [] } },
    unknown: { 'not read': { trustingRoles: denied(SOURCE) }, 'none among those that were read': { trustingRoles: partial([], SOURCE) } },
    notApplicable: {
      'of Identity Center': {
        identity: {
          type: 'AWS::IAM::SAMLProvider',
          arn: 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE',
        },
        trustingRoles: [],
      },
    },
  },
});
