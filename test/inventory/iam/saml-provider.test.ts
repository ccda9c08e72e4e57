import { EXPIRED_CERTIFICATE } from '../../../emulator/overrides/identity-providers.ts';
import { samlProviders } from '../../../inventory/iam/saml-provider.ts';
import { describeReader } from '../describe-reader.ts';
import { pages } from '../fake-session.ts';
import { arn, robot } from './account-of-two-pages.ts';

const DIRECTORY = arn('saml-provider/directory');
const SSO = arn('saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE');
const trust = { Statement: { Effect: 'Allow', Principal: { Federated: DIRECTORY }, Action: 'sts:AssumeRoleWithSAML' } };
const key = `<KeyDescriptor><X509Certificate>${EXPIRED_CERTIFICATE}</X509Certificate></KeyDescriptor>`;

describeReader({
  reader: samlProviders,
  unpaged: true,
  answers: {
    'iam:ListSAMLProviders': { SAMLProviderList: [{ Arn: DIRECTORY, ValidUntil: new Date('2126-01-02T03:04:05Z') }, { Arn: SSO }] },
    'iam:GetSAMLProvider': { SAMLMetadataDocument: `<E><IDPSSODescriptor>${key}</IDPSSODescriptor></E>` },
    'iam:GetAccountAuthorizationDetails': pages(
      { RoleDetailList: [] },
      { RoleDetailList: [{ ...robot, AssumeRolePolicyDocument: JSON.stringify(trust) }] },
    ),
  },
  ids: ['directory', 'AWSSSO_0123456789abcdef_DO_NOT_DELETE'],
  facets: {
    validUntil: '2126-01-02T03:04:05.000Z',
    signingExpiries: ['2021-01-01T00:00:00.000Z'],
    trustingRoles: ['robot'],
  },
});

describeReader({
  reader: samlProviders,
  unpaged: true,
  answers: {
    'iam:ListSAMLProviders': { SAMLProviderList: [{ Arn: DIRECTORY }] },
    'iam:GetSAMLProvider': { SAMLMetadataDocument: `<E><IDPSSODescriptor>${key}</IDPSSODescriptor></E>` },
    'iam:GetAccountAuthorizationDetails': pages({ RoleDetailList: [] }, { RoleDetailList: [] }),
  },
  ids: ['directory'],
  facets: { validUntil: undefined, signingExpiries: ['2021-01-01T00:00:00.000Z'], trustingRoles: [] },
});
