import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { AccessPointFacets } from './access-point.ts';
import { ACCOUNT_BLOCK_CHANGES, S3 } from './bucket-changes.ts';

const named: readonly IdPath[] = [nameAt('request.name')];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html */
export const accessPointChanges: readonly ChangeEvents<keyof AccessPointFacets>[] = [
  { source: S3, names: ['CreateAccessPoint'], ids: named },
  { source: S3, names: ['DeleteAccessPoint'], ids: named, deletes: true },
  { source: S3, names: ['PutAccessPointPolicy', 'DeleteAccessPointPolicy'], ids: named, facets: ['policy'] },
  { source: S3, names: ['PutBucketPolicy', 'DeleteBucketPolicy'], facets: ['bucketPolicy'], indirect: true },
  {
    source: S3,
    names: ['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock'],
    facets: ['bucketPublicAccessBlock'],
    indirect: true,
  },
  { source: S3, names: [...ACCOUNT_BLOCK_CHANGES], facets: ['accountPublicAccessBlock'], indirect: true },
];

/** Where a name may stand, an ARN may stand as well (Using access points, S3 User Guide). */
function nameAt(at: Path): IdPath {
  return { at, as: (nameOrArn) => nameOrArn.split('/').at(-1) };
}
