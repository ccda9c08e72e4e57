import { expect, test } from 'vitest';
import { Listed } from '../../../inventory/facet.ts';
import type { AccountPrincipal } from '../../../inventory/iam/principals.ts';
import { roles } from '../../../inventory/iam/role.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, subjectOf } from '../describe-reader.ts';
import { pages } from '../fake-session.ts';
import { allowing, arn, bob, iamAnswers, principals, robot, robotTrust } from './account-of-two-pages.ts';

const contract: ReaderContract = {
  reader: roles,
  answers: iamAnswers,
  ids: ['robot'],
  idsOfFirstPage: [],
  facets: {
    role: { path: '/service-role/', createdAt: '2026-01-02T03:04:05.000Z', lastUsedAt: '2026-05-06T07:08:09.000Z' },
    policies: [{ name: 'deploy', arn: arn('policy/deploy'), via: 'direct', document: allowing('ec2:*') }],
    boundary: undefined,
    trustPolicy: robotTrust,
    principals,
  },
};

describeReader(contract);

test.each([
  ['missing', undefined],
  ['malformed', '{"Statement":[{"Effect":"Allow"}]}'],
])('a trust policy that is %s is unread, not closed', async (_how, AssumeRolePolicyDocument) => {
  const listing = pages({ RoleDetailList: [{ ...robot, AssumeRolePolicyDocument }] });
  const { resource } = await subjectOf(contract, { 'iam:GetAccountAuthorizationDetails': listing });
  expect(await refusalOf(() => facetOf(resource, 'trustPolicy'))).toMatchObject({ cause: 'malformed' });
});

test('a trust policy in plain JSON is read too', async () => {
  const AssumeRolePolicyDocument = decodeURIComponent(robot.AssumeRolePolicyDocument);
  const { resource } = await subjectOf(contract, {
    'iam:GetAccountAuthorizationDetails': pages({ RoleDetailList: [{ ...robot, AssumeRolePolicyDocument }] }),
  });
  expect(await facetOf(resource, 'trustPolicy')).toEqual(contract.facets.trustPolicy);
});

test('among the principals, a trust policy that cannot be read hides neither the role nor the others', async () => {
  const listing = pages({ UserDetailList: [bob], RoleDetailList: [{ ...robot, AssumeRolePolicyDocument: undefined }] });
  const { resource } = await subjectOf(contract, { 'iam:GetAccountAuthorizationDetails': listing });
  const [user, role] = await principalsOf(resource);
  expect(user).toMatchObject({ identity: { id: 'bob' }, trustPolicy: undefined });
  expect(await refusalOf(async () => role?.trustPolicy)).toMatchObject({ cause: 'malformed' });
});

async function principalsOf({ facet }: Awaited<ReturnType<typeof subjectOf>>['resource']): Promise<readonly AccountPrincipal[]> {
  const answer = await facet('principals');
  return answer.read && answer.value instanceof Listed ? answer.value.known : [];
}
