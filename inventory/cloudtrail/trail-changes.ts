import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { ACCOUNT_BLOCK_CHANGES, PUBLIC_ACCESS_CHANGES, S3 } from '../s3/bucket-changes.ts';
import type { TrailFacets } from './trail.ts';

export const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

const named = trailAt('request.name');

export const trailChanges: readonly ChangeEvents<keyof TrailFacets>[] = [
  { source: CLOUDTRAIL, names: ['CreateTrail'], ids: [...named, ...trailAt('response.trailARN')] },
  { source: CLOUDTRAIL, names: ['UpdateTrail'], ids: named, facets: ['trail', 'status', 'bucket', 'bucketLogging', 'bucketMfaDelete'] },
  { source: CLOUDTRAIL, names: ['DeleteTrail'], ids: named, deletes: true },
  { source: CLOUDTRAIL, names: ['StartLogging', 'StopLogging'], ids: named, facets: ['status'] },
  { source: CLOUDTRAIL, names: ['PutEventSelectors'], ids: trailAt('request.trailName'), facets: ['managementEvents', 'objectEvents'] },
  { source: CLOUDTRAIL, names: ['PutInsightSelectors'], ids: trailAt('request.trailName'), facets: [] },
  { source: CLOUDTRAIL, names: ['AddTags', 'RemoveTags'], ids: [{ at: 'request.resourceId', as: taggedTrail }], facets: [] },
  // Which trail writes to a bucket, S3's events do not tell.
  { source: S3, names: [...PUBLIC_ACCESS_CHANGES, ...ACCOUNT_BLOCK_CHANGES], facets: ['bucket'], indirect: true },
  { source: S3, names: ['PutBucketLogging'], facets: ['bucketLogging'], indirect: true },
  { source: S3, names: ['PutBucketVersioning'], facets: ['bucketMfaDelete'], indirect: true },
];

/** What changes the state of the trails that apply to an account. */
export const TRAIL_STATE_CHANGES = [
  'CreateTrail',
  'UpdateTrail',
  'DeleteTrail',
  'StartLogging',
  'StopLogging',
  'PutEventSelectors',
] as const;

/** What changes the event data stores of CloudTrail Lake. */
export const EVENT_DATA_STORE_CHANGES = [
  'CreateEventDataStore',
  'UpdateEventDataStore',
  'DeleteEventDataStore',
  'RestoreEventDataStore',
  'StartEventDataStoreIngestion',
  'StopEventDataStoreIngestion',
] as const;

/** A trail is named by its name or its ARN. That of an organization is its management account's. */
function trailAt(at: Path): readonly IdPath[] {
  return [{ at, as: toTrailName }];
}

function toTrailName(nameOrArn: string, { accountId, name }: CloudTrailEvent): string | undefined {
  if (!nameOrArn.startsWith('arn:')) return nameOrArn;
  const account = nameOrArn.split(':')[4] ?? '';
  if (!/^\d{12}$/.test(account)) throw malformed(`cloudtrail:${name}`, 'the ARN of a trail is cut off');
  return account === accountId ? nameOrArn.split('/').at(-1) : undefined;
}

/** Event data stores and channels have tags as well. */
function taggedTrail(arn: string, event: CloudTrailEvent): string | undefined {
  return arn.split(':')[5]?.startsWith('trail/') === false ? undefined : toTrailName(arn, event);
}
