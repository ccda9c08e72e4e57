import { expect, test } from 'vitest';
import { oidcProviders } from '../../../inventory/iam/oidc-provider.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { fakeSession, pages } from '../fake-session.ts';
import { arn, robot } from './account-of-two-pages.ts';

const GITHUB = arn('oidc-provider/token.actions.githubusercontent.com');
const CLUSTER = arn('oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF');

const trusting = (RoleName: string, ...statements: readonly object[]) => ({
  ...robot,
  RoleName,
  Arn: arn(`role/${RoleName}`),
  AssumeRolePolicyDocument: JSON.stringify({ Statement: statements }),
});
const assume = (Federated: string | readonly string[], Effect = 'Allow') => ({
  Effect,
  Principal: { Federated },
  Action: 'sts:AssumeRoleWithWebIdentity',
});
const roles = [trusting('deploy', assume([CLUSTER, GITHUB])), trusting('pod', assume(CLUSTER)), trusting('closed', assume(GITHUB, 'Deny'))];

const contract: ReaderContract = {
  reader: oidcProviders,
  unpaged: true,
  answers: {
    'iam:ListOpenIDConnectProviders': { OpenIDConnectProviderList: [{ Arn: GITHUB }, { Arn: CLUSTER }] },
    'iam:GetAccountAuthorizationDetails': pages({ RoleDetailList: [] }, { RoleDetailList: roles }),
  },
  ids: ['token.actions.githubusercontent.com', 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF'],
  facets: { trustingRoles: ['deploy'] },
};

describeReader(contract);

test('a trust policy that cannot be read leaves open whether its role trusts the provider', async () => {
  const listing = pages({ RoleDetailList: [{ ...robot, AssumeRolePolicyDocument: 'none' }, roles[0]] });
  const { resource } = await subjectOf(contract, { ...contract.answers, 'iam:GetAccountAuthorizationDetails': listing });
  expect(await resource.facet('trustingRoles')).toMatchObject({ value: { known: ['deploy'], unread: { cause: 'malformed' } } });
  expect(await refusalOf(() => facetOf(resource, 'trustingRoles'))).toMatchObject({ cause: 'malformed' });
});

test('a provider without an ARN makes the listing partial', async () => {
  const { session } = fakeSession({ 'iam:ListOpenIDConnectProviders': { OpenIDConnectProviderList: [{ Arn: GITHUB }, {}] } });
  const listed = await oidcProviders.list(session, scopeOf(oidcProviders));
  expect(listed.known.map(({ identity }) => identity.arn)).toEqual([GITHUB]);
  expect(listed.unread).toMatchObject({ cause: 'malformed', operation: 'iam:ListOpenIDConnectProviders' });
});
