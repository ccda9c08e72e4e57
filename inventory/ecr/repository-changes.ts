import { malformed } from '../broken-answer.ts';
import type { ChangeEvents } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { RepositoryFacets } from './repository.ts';

const ECR = 'ecr.amazonaws.com';
const named = ['request.repositoryName'] as const;

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/logging-using-cloudtrail.html */
export const repositoryChanges: readonly ChangeEvents<keyof RepositoryFacets>[] = [
  { source: ECR, names: ['CreateRepository'], ids: named },
  { source: ECR, names: ['DeleteRepository'], ids: named, deletes: true },
  { source: ECR, names: ['SetRepositoryPolicy', 'DeleteRepositoryPolicy'], ids: named, facets: ['policy'] },
  { source: ECR, names: ['PutImageTagMutability'], ids: named, facets: ['tags'] },
  { source: ECR, names: ['PutImageScanningConfiguration'], ids: named, facets: ['scanning'] },
  { source: ECR, names: ['PutLifecyclePolicy', 'DeleteLifecyclePolicy'], ids: named, facets: [] },
  { source: ECR, names: ['TagResource', 'UntagResource'], ids: [{ at: 'request.resourceArn', as: toRepositoryName }], facets: [] },
  { source: ECR, names: ['PutRegistryScanningConfiguration'], facets: ['scanning'], indirect: true },
];

function toRepositoryName(arn: string, { name }: CloudTrailEvent): string {
  const id = /:repository\/(.+)$/.exec(arn)?.[1];
  if (id === undefined) throw malformed(`cloudtrail:${name}`, 'what should be the ARN of a repository is none');
  return id;
}
