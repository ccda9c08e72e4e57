import type { Operation, Place } from '../call.ts';
import { Unread } from '../facet.ts';
import { attempt, opened } from '../partial.ts';
import { bucketFacets, readBuckets } from '../s3/bucket.ts';
import { type BucketPlace, getBucketLocation, listBuckets } from '../s3/calls.ts';
import type { TrailFacets } from './trail.ts';

const EXPOSURE = ['accountPublicAccessBlock', 'publicAccessBlock', 'ownership', 'acl', 'policy', 'policyIsPublic'] as const;

/** Calls that finding a trail's bucket needs. */
export const ownBucketCalls: readonly Operation[] = [listBuckets, getBucketLocation];

/** Calls that reading a trail's bucket needs. */
export const trailBucketCalls: readonly Operation[] = [...ownBucketCalls, ...EXPOSURE.flatMap((facet) => bucketFacets[facet].calls)];

/**
 * The facets of the bucket that a trail writes to; a part that was refused throws `Unread` when touched.
 * @throws Unread when the bucket is not among this account's own
 */
export async function readTrailBucket(name: string, place: Place): Promise<TrailFacets['bucket']> {
  const bucket = await ownBucket(name, place);
  const [accountPublicAccessBlock, publicAccessBlock, ownership, acl, policy, policyIsPublic] = await Promise.all([
    attempt(() => bucketFacets.accountPublicAccessBlock.read(bucket, place)),
    attempt(() => bucketFacets.publicAccessBlock.read(bucket, place)),
    attempt(() => bucketFacets.ownership.read(bucket, place)),
    attempt(() => bucketFacets.acl.read(bucket, place)),
    attempt(() => bucketFacets.policy.read(bucket, place)),
    attempt(() => bucketFacets.policyIsPublic.read(bucket, place)),
  ]);
  return {
    get accountPublicAccessBlock() {
      return opened(accountPublicAccessBlock);
    },
    get publicAccessBlock() {
      return opened(publicAccessBlock);
    },
    get ownership() {
      return opened(ownership);
    },
    get acl() {
      return opened(acl);
    },
    get policy() {
      return opened(policy);
    },
    get policyIsPublic() {
      return opened(policyIsPublic);
    },
  };
}

/** @throws Unread when the bucket is not among this account's own */
export async function ownBucket(name: string, place: Place): Promise<BucketPlace> {
  const listed = await readBuckets(place);
  for (const bucket of listed) if (bucket.bucket === name) return bucket;
  const message = "cloudtrail:GetTrail: the trail's bucket belongs to another account";
  throw new Unread({ cause: 'other-account', operation: 'cloudtrail:GetTrail', permissions: [], message });
}
