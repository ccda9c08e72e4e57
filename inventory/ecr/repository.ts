import type { Repository } from '@aws-sdk/client-ecr';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { inBatches } from '../ec2/batches.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Listed } from '../facet.ts';
import { deletedMeanwhile } from '../no-data.ts';
import { joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import {
  batchGetRepositoryScanningConfiguration,
  describeRepositories,
  getRegistryScanningConfiguration,
  getRepositoryPolicy,
} from './calls.ts';
import { repositoryChanges } from './repository-changes.ts';

export interface RepositoryFacets {
  readonly tags: TagMutability;
  /** `undefined` when the repository has no policy: then only its own account may use it. */
  readonly policy: PolicyDocument | undefined;
  readonly scanning: RepositoryScanning;
}

export interface TagMutability {
  /** True where a tag, once given, stays with its image. */
  readonly immutable: boolean;
  /** Patterns of tags, with `*`, for which the opposite holds. */
  readonly exceptions: readonly string[];
}

export interface RepositoryScanning {
  /** The registry's: `BASIC` by ECR itself, `ENHANCED` by Amazon Inspector. */
  readonly type: 'BASIC' | 'ENHANCED';
  /** What the registry's rules come to for the repository. */
  readonly frequency: 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';
  /** The repository's own setting, which counts where the registry scans in the basic way. */
  readonly onPush: boolean;
}

interface ListedRepository {
  readonly name: string;
  readonly arn: string;
  readonly detail: Repository;
  /** With which it was listed. */
  readonly together: readonly string[];
}

export const repositories = defineReader<'AWS::ECR::Repository', ListedRepository>({
  type: 'AWS::ECR::Repository',
  scope: 'regional',
  changes: repositoryChanges,
  list: { calls: [describeRepositories], read: async (place) => toRepositories(await describeRepositories(place, 'all')) },
  only: { calls: [describeRepositories], read: readNamed },
  identify: ({ name, arn }, { accountId, region }, partition) => ({ arn, id: name, accountId, region, partition, tags: {} }),
  facets: {
    tags: { calls: [], read: ({ detail }) => toTagMutability(detail) },
    policy: {
      calls: [getRepositoryPolicy],
      async read({ name }, place) {
        const text = await getRepositoryPolicy(place, { name });
        return text === undefined ? undefined : toPolicyDocument(text, 'ecr:GetRepositoryPolicy');
      },
    },
    scanning: { calls: [getRegistryScanningConfiguration, batchGetRepositoryScanningConfiguration], read: readScanning },
  },
});

function toRepositories(listing: Listed<Repository>): Listed<ListedRepository> {
  const together = listing.known.flatMap(({ repositoryName }) => repositoryName ?? []);
  return toListed(listing, (detail) => {
    const { repositoryName, repositoryArn } = detail;
    if (!repositoryName || !repositoryArn) throw malformed('ecr:DescribeRepositories', 'a repository has no name or no ARN');
    return { name: repositoryName, arn: repositoryArn, detail, together };
  });
}

/** The account's own repositories of these names or ARNs, asked one by one: one that is gone would fail the call for all. */
async function readNamed(place: Place, ids: readonly string[]): Promise<Listed<ListedRepository>> {
  const names = [...new Set(ids.map((id) => id.replace(/^arn:[^/]*:repository\//, '')))].filter((name) => name !== '');
  return joined(await Promise.all(names.map(async (name) => toRepositories(await describeRepositories(place, { name })))));
}

function toTagMutability({ imageTagMutability, imageTagMutabilityExclusionFilters = [] }: Repository): TagMutability {
  if (imageTagMutability === undefined)
    throw malformed('ecr:DescribeRepositories', 'a repository does not say whether its tags are mutable');
  return {
    immutable: imageTagMutability.startsWith('IMMUTABLE'),
    exceptions: imageTagMutability.endsWith('_WITH_EXCLUSION') ? imageTagMutabilityExclusionFilters.map(({ filter }) => filter ?? '') : [],
  };
}

const BATCH = 25;
const batchesOf = oncePer((names: readonly string[]) => inBatches(names, BATCH));

async function readScanning({ name, together }: ListedRepository, place: Place): Promise<RepositoryScanning> {
  const [registry, configurations] = await Promise.all([
    getRegistryScanningConfiguration(place),
    batchGetRepositoryScanningConfiguration(place, { names: batchesOf(together).get(name) ?? [name] }),
  ]);
  const found = configurations.find(({ repositoryName }) => repositoryName === name);
  if (!found) throw deletedMeanwhile('ecr:BatchGetRepositoryScanningConfiguration', 'the repository');
  const { scanFrequency, scanOnPush } = found;
  const { scanType } = registry;
  if ((scanType !== 'BASIC' && scanType !== 'ENHANCED') || scanFrequency === undefined || scanOnPush === undefined)
    throw malformed('ecr:BatchGetRepositoryScanningConfiguration', 'the scanning of a repository is incomplete');
  return { type: scanType, frequency: scanFrequency, onPush: scanOnPush };
}
