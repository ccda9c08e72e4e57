import { describe, expect, test } from 'vitest';
import { record } from './records.ts';
import { told } from './told-touches.ts';

type Row = readonly [name: string, request: unknown, response: unknown, ...touches: readonly string[]];

const ACCOUNT = '111122223333';

function family(source: string, rows: readonly Row[]) {
  const cases = rows.map(([name, request, response, ...expected]) => ({ name, request, response, expected }));
  test.each(cases)('$name $request', ({ name, request, response, expected }) => {
    const call = { eventSource: source, awsRegion: 'us-east-1', eventName: name, requestParameters: request, responseElements: response };
    expect(told(record(call))).toEqual(expected);
  });
}

describe('organizations', () => {
  family('organizations.amazonaws.com', [
    ['CreateOrganization', { featureSet: 'ALL' }, null, `Account ${ACCOUNT}: organization`, 'Organization *'],
    ['LeaveOrganization', null, null, `Account ${ACCOUNT}: organization`, 'Organization *'],
    ['AcceptHandshake', { handshakeId: 'h-example' }, null, `Account ${ACCOUNT}: organization`, 'Organization *'],
    ['MoveAccount', { accountId: '444455556666' }, null, 'Organization *: accounts delegations rootAccounts'],
    ['CreateOrganizationalUnit', { name: 'shop' }, null, 'Organization *: accounts'],
    ['DetachPolicy', { policyId: 'p-own', targetId: 'r-exam' }, null, 'Organization *: serviceControlPolicies unlimitedTargets'],
    ['UpdatePolicy', { policyId: 'p-own' }, null, 'Organization *: serviceControlPolicies unlimitedTargets'],
    ['RegisterDelegatedAdministrator', { accountId: '444455556666' }, null, 'Organization *: delegations'],
    ['EnableAWSServiceAccess', { servicePrincipal: 'sso.amazonaws.com' }, null, 'Organization *: delegations rootFeatures trustedServices'],
    ['PutResourcePolicy', { content: '{}' }, null, 'Organization *: resourcePolicy'],
    ['TagResource', { resourceId: 'r-exam' }, null, 'Organization *: -'],
    ['DescribeOrganization', null, null],
  ]);
  family('iam.amazonaws.com', [
    ['EnableOrganizationsRootSessions', null, null, 'Organization *: rootFeatures'],
    ['DisableOrganizationsRootCredentialsManagement', null, null, 'Organization *: rootFeatures'],
  ]);
});

describe('identity providers and server certificates', () => {
  const saml = `arn:aws:iam::${ACCOUNT}:saml-provider/directory`;
  const oidc = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;
  const federation = `(Account ${ACCOUNT}: samlFederation)`;
  family('iam.amazonaws.com', [
    ['CreateSAMLProvider', { name: 'directory' }, { sAMLProviderArn: saml }, federation, `SAMLProvider ${saml}`],
    ['UpdateSAMLProvider', { sAMLProviderArn: saml }, null, `SAMLProvider ${saml}: signingExpiries validUntil`],
    ['UpdateSAMLProvider', null, null, 'SAMLProvider *: signingExpiries validUntil'],
    ['DeleteSAMLProvider', { sAMLProviderArn: saml }, null, federation, `SAMLProvider ${saml} gone`],
    ['CreateOpenIDConnectProvider', { url: 'https://gitlab.com' }, { openIDConnectProviderArn: oidc }, `OIDCProvider ${oidc}`],
    ['UpdateOpenIDConnectProviderThumbprint', { openIDConnectProviderArn: oidc }, null, `OIDCProvider ${oidc}: -`],
    ['DeleteOpenIDConnectProvider', { openIDConnectProviderArn: oidc }, null, `OIDCProvider ${oidc} gone`],
    ['UploadServerCertificate', { serverCertificateName: 'shop' }, null, 'ServerCertificate shop'],
    [
      'UpdateServerCertificate',
      { serverCertificateName: 'shop', newServerCertificateName: 'old-shop' },
      null,
      'ServerCertificate old-shop',
      'ServerCertificate shop',
    ],
    ['DeleteServerCertificate', { serverCertificateName: 'shop' }, null, 'ServerCertificate shop gone'],
  ]);
});

describe('who may talk to AWS Support', () => {
  const policyArn = 'arn:aws:iam::aws:policy/AWSSupportAccess';
  family('iam.amazonaws.com', [
    ['AttachRolePolicy', { roleName: 'support', policyArn }, null, `(Account ${ACCOUNT}: supportPrincipals)`, 'Role support: policies'],
    ['DetachRolePolicy', { roleName: 'support', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }, null, 'Role support: policies'],
  ]);
});
