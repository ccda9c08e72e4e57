import { expect, test } from 'vitest';
import { repositories } from '../../../inventory/ecr/repository.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, type Input, pages, refused } from '../fake-session.ts';

function repository(name: string, mutability: object = { imageTagMutability: 'IMMUTABLE' }): object {
  return {
    repositoryName: name,
    repositoryArn: `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/${name}`,
    registryId: ACCOUNT,
    imageScanningConfiguration: { scanOnPush: false },
    ...mutability,
  };
}

const all = pages({ repositories: [repository('team/shop')] }, { repositories: [repository('batch')] });

/** All, or the one that is named, if it is there. */
function described(input: Input): object {
  const [name] = Array.isArray(input.repositoryNames) ? input.repositoryNames.map(String) : [];
  if (name === undefined) return typeof all === 'function' ? all(input, '') : all;
  if (!['team/shop', 'batch'].includes(name)) throw refused('RepositoryNotFoundException');
  return { repositories: [repository(name)] };
}

function scanningOf({ repositoryNames }: Input): object {
  const names = Array.isArray(repositoryNames) ? repositoryNames.map(String) : [];
  return {
    scanningConfigurations: names.map((repositoryName) => ({ repositoryName, scanOnPush: true, scanFrequency: 'CONTINUOUS_SCAN' })),
  };
}

const contract: ReaderContract = {
  reader: repositories,
  ids: ['team/shop'],
  unpaged: true,
  answers: {
    'ecr:DescribeRepositories': (input: Input) =>
      input.repositoryNames === undefined ? { repositories: [repository('team/shop')] } : described(input),
    'ecr:GetRepositoryPolicy': {
      policyText: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }] }),
    },
    'ecr:GetRegistryScanningConfiguration': { registryId: ACCOUNT, scanningConfiguration: { scanType: 'ENHANCED', rules: [] } },
    'ecr:BatchGetRepositoryScanningConfiguration': scanningOf,
  },
  facets: {
    tags: { immutable: true, exceptions: [] },
    policy: {
      statements: [
        {
          ...{ effect: 'Allow', actions: ['ecr:BatchGetImage'], conditions: [] },
          principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] },
        },
      ],
    },
    scanning: { type: 'ENHANCED', frequency: 'CONTINUOUS_SCAN', onPush: true },
  },
  absences: {
    policy: {
      answers: {
        'ecr:GetRepositoryPolicy': () => {
          throw refused('RepositoryPolicyNotFoundException');
        },
      },
      facet: 'policy',
      value: undefined,
    },
  },
};

describeReader(contract);
const subject = (answers: Answers) => subjectOf(contract, { ...contract.answers, ...answers });

test('the listing follows pages, and says that it is partial when one is denied', async () => {
  const { session, sent } = fakeSession({ 'ecr:DescribeRepositories': described });
  expect((await repositories.list(session, scopeOf(repositories))).known.map(({ identity }) => identity.id)).toEqual([
    'team/shop',
    'batch',
  ]);
  expect(sent[0]?.input.maxResults).toBe(1_000);
  const denied = ({ nextToken }: Input) => {
    if (nextToken === undefined) return { repositories: [repository('batch')], nextToken: '1' };
    throw refused('AccessDeniedException', 403);
  };
  const { session: broken } = fakeSession({ 'ecr:DescribeRepositories': denied });
  expect(await repositories.list(broken, scopeOf(repositories))).toMatchObject({ known: [{}], unread: { cause: 'denied' } });
});

test('of single repositories only what is missing is gone', async () => {
  const { session } = fakeSession({ 'ecr:DescribeRepositories': described });
  const wanted = ['gone', 'batch', `arn:aws:ecr:eu-central-1:${ACCOUNT}:repository/team/shop`];
  const { known, unread } = await repositories.only(session, scopeOf(repositories), wanted);
  expect([known.map(({ identity }) => identity.id), unread]).toEqual([['batch', 'team/shop'], undefined]);
});

test('scanning is asked for 25 repositories at a time, and the registry once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `r${String(index).padStart(2, '0')}`);
  const { session, sent } = fakeSession({
    ...contract.answers,
    'ecr:DescribeRepositories': { repositories: names.map((name) => repository(name)) },
  });
  const { known } = await repositories.list(session, scopeOf(repositories));
  for (const one of known) expect(await facetOf(one, 'scanning')).toMatchObject({ frequency: 'CONTINUOUS_SCAN' });
  const asked = sent.filter(({ operation }) => operation === 'ecr:BatchGetRepositoryScanningConfiguration');
  expect(asked.map(({ input }) => (Array.isArray(input.repositoryNames) ? input.repositoryNames.length : 0))).toEqual([25, 5]);
  expect(sent.filter(({ operation }) => operation === 'ecr:GetRegistryScanningConfiguration')).toHaveLength(1);
});

test('a repository that was deleted meanwhile says so', async () => {
  const { resource } = await subject({ 'ecr:BatchGetRepositoryScanningConfiguration': { scanningConfigurations: [], failures: [{}] } });
  expect(await refusalOf(() => facetOf(resource, 'scanning'))).toMatchObject({ cause: 'no-data', permissions: [] });
});

test.each([
  [{ imageTagMutability: 'MUTABLE' }, { immutable: false, exceptions: [] }],
  [
    { imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest*' }] },
    { immutable: true, exceptions: ['latest*'] },
  ],
  [
    { imageTagMutability: 'MUTABLE_WITH_EXCLUSION', imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }] },
    { immutable: false, exceptions: ['v*'] },
  ],
])('tags of %j', async (mutability, tags) => {
  const { resource } = await subject({ 'ecr:DescribeRepositories': { repositories: [repository('team/shop', mutability)] } });
  expect(await facetOf(resource, 'tags')).toEqual(tags);
});

test.each([
  ['tags', 'ecr:DescribeRepositories', { repositories: [repository('team/shop', {})] }, 'ecr:DescribeRepositories'],
  ['policy', 'ecr:GetRepositoryPolicy', {}, 'ecr:GetRepositoryPolicy'],
  ['policy', 'ecr:GetRepositoryPolicy', { policyText: '{}' }, 'ecr:GetRepositoryPolicy'],
  ['scanning', 'ecr:GetRegistryScanningConfiguration', {}, 'ecr:GetRegistryScanningConfiguration'],
  ['scanning', 'ecr:BatchGetRepositoryScanningConfiguration', {}, 'ecr:BatchGetRepositoryScanningConfiguration'],
  [
    'scanning',
    'ecr:BatchGetRepositoryScanningConfiguration',
    { scanningConfigurations: [{ repositoryName: 'team/shop', scanOnPush: true }] },
    'ecr:BatchGetRepositoryScanningConfiguration',
  ],
])('%s is unread when %s answers %j', async (facet, operation, answer, blamed) => {
  const { resource } = await subject({ [operation]: answer });
  expect(await refusalOf(() => facetOf(resource, facet))).toMatchObject({ cause: 'malformed', operation: blamed });
});
