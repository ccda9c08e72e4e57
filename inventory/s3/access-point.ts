import type { AccessPoint as AccessPointEntry } from '@aws-sdk/client-s3-control';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Unread } from '../facet.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { getAccessPointBlock, getAccessPointPolicy, listAccessPoints } from './access-point-calls.ts';
import { accessPointChanges } from './access-point-changes.ts';
import { bucketFacets, type PublicAccessBlock } from './bucket.ts';
import type { BucketPlace } from './calls.ts';
import { getAccountPublicAccessBlock } from './public-access-block.ts';

export interface AccessPointFacets {
  readonly accessPoint: AccessPointProperties;
  readonly accountPublicAccessBlock: PublicAccessBlock;
  /** The access point's own. */
  readonly publicAccessBlock: PublicAccessBlock;
  /** `undefined` when it has none. */
  readonly policy: PolicyDocument | undefined;
  /** Of the bucket, which must let a request in as well. Unread with cause `other-account` when the bucket is not ours to judge. */
  readonly bucketPublicAccessBlock: PublicAccessBlock;
  /** Unread as `bucketPublicAccessBlock`. */
  readonly bucketPolicy: PolicyDocument | undefined;
}

export interface AccessPointProperties {
  readonly bucketName: string;
  /** `VPC`: requests are taken from one VPC alone. */
  readonly networkOrigin: 'Internet' | 'VPC';
}

interface ListedAccessPoint extends AccessPointProperties {
  readonly name: string;
  readonly arn: string;
  /** Absent where S3 does not say whose the bucket is: it is asked as one of the account's own then. */
  readonly bucketAccountId: string | undefined;
}

const SOURCE = 's3control:ListAccessPoints';

/** Of general purpose buckets, and of file systems. Those of directory buckets cannot be public. */
export const accessPoints = defineReader<'AWS::S3::AccessPoint', ListedAccessPoint>({
  type: 'AWS::S3::AccessPoint',
  scope: 'regional',
  changes: accessPointChanges,
  list: { calls: [listAccessPoints], read: async (place) => toListed(await listAccessPoints(place), toAccessPoint) },
  identify: ({ name, arn }, { accountId, region }, partition) => ({ arn, id: name, accountId, region, partition, tags: {} }),
  facets: {
    accessPoint: { calls: [], read: ({ bucketName, networkOrigin }) => ({ bucketName, networkOrigin }) },
    accountPublicAccessBlock: { calls: [getAccountPublicAccessBlock], read: (_point, place) => getAccountPublicAccessBlock(place) },
    publicAccessBlock: { calls: [getAccessPointBlock], read: ({ name }, place) => getAccessPointBlock(place, name) },
    policy: {
      calls: [getAccessPointPolicy],
      async read({ name }, place) {
        const text = await getAccessPointPolicy(place, name);
        return text === undefined ? undefined : toPolicyDocument(text, 's3control:GetAccessPointPolicy');
      },
    },
    bucketPublicAccessBlock: {
      calls: bucketFacets.publicAccessBlock.calls,
      read: (point, place) => bucketFacets.publicAccessBlock.read(bucketOf(point, place), place),
    },
    bucketPolicy: { calls: bucketFacets.policy.calls, read: (point, place) => bucketFacets.policy.read(bucketOf(point, place), place) },
  },
});

function toAccessPoint({ Name, AccessPointArn, Bucket, NetworkOrigin, BucketAccountId }: AccessPointEntry): ListedAccessPoint {
  if (!Name || !AccessPointArn || !Bucket) throw malformed(SOURCE, 'an access point has no name, no ARN or no bucket');
  if (NetworkOrigin !== 'Internet' && NetworkOrigin !== 'VPC') throw malformed(SOURCE, 'an access point has no network origin');
  return { name: Name, arn: AccessPointArn, bucketName: Bucket, networkOrigin: NetworkOrigin, bucketAccountId: BucketAccountId };
}

/** An access point is in the region of its bucket. @throws Unread when the bucket is not this account's */
function bucketOf({ bucketName, bucketAccountId }: ListedAccessPoint, { scope }: Place): BucketPlace {
  if (bucketAccountId === undefined || bucketAccountId === scope.accountId) return { bucket: bucketName, region: scope.region };
  const message = `${SOURCE}: the bucket of the access point belongs to another account`;
  throw new Unread({ cause: 'other-account', operation: SOURCE, permissions: [], message });
}
