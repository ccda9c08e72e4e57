import type { RegistryScanningConfiguration, Repository, RepositoryScanningConfiguration } from '@aws-sdk/client-ecr';
import { isNamed, unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

/** The account's repositories in a region: all, or the one of this name, if there is one. */
export const describeRepositories = definePagedCall<Repository, 'all' | { readonly name: string }>({
  service: 'ecr',
  operation: 'DescribeRepositories',
  permissions: ['ecr:DescribeRepositories'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.ecr(region);
    if (wanted === 'all') {
      for await (const page of sdk.paginateDescribeRepositories({ client, pageSize: 1_000 }, {}))
        yield required(page.repositories, 'repositories');
      return;
    }
    try {
      // A page size and names exclude each other (Amazon ECR API Reference, DescribeRepositories).
      for await (const page of sdk.paginateDescribeRepositories({ client }, { repositoryNames: [wanted.name] }))
        yield required(page.repositories, 'repositories');
    } catch (error) {
      if (!isNamed(error, 'RepositoryNotFoundException')) throw error;
      yield [];
    }
  },
});

/** The policy's text; `undefined` when the repository has none. */
export const getRepositoryPolicy = defineCall<string | undefined, { readonly name: string }>({
  service: 'ecr',
  operation: 'GetRepositoryPolicy',
  permissions: ['ecr:GetRepositoryPolicy'],
  async send(session, region, { name }) {
    const { sdk, client } = await session.aws.ecr(region);
    const asked = client.send(new sdk.GetRepositoryPolicyCommand({ repositoryName: name }));
    const answer = await unlessAbsent(asked, 'RepositoryPolicyNotFoundException');
    return answer && required(answer.policyText, 'policyText');
  },
});

/** Of the account's registry in a region. */
export const getRegistryScanningConfiguration = defineCall<RegistryScanningConfiguration>({
  service: 'ecr',
  operation: 'GetRegistryScanningConfiguration',
  permissions: ['ecr:GetRegistryScanningConfiguration'],
  async send(session, region) {
    const { sdk, client } = await session.aws.ecr(region);
    const answer = await client.send(new sdk.GetRegistryScanningConfigurationCommand({}));
    return required(answer.scanningConfiguration, 'scanningConfiguration');
  },
});

/** What the rules of the registry come to for each of these repositories: at most 25 (Amazon ECR API Reference). Those that are gone are left out. */
export const batchGetRepositoryScanningConfiguration = defineCall<
  readonly RepositoryScanningConfiguration[],
  { readonly names: readonly string[] }
>({
  service: 'ecr',
  operation: 'BatchGetRepositoryScanningConfiguration',
  permissions: ['ecr:BatchGetRepositoryScanningConfiguration'],
  async send(session, region, { names }) {
    const { sdk, client } = await session.aws.ecr(region);
    const answer = await client.send(new sdk.BatchGetRepositoryScanningConfigurationCommand({ repositoryNames: [...names] }));
    return required(answer.scanningConfigurations, 'scanningConfigurations');
  },
});
