import type { ChangeEvents } from '../events/changes.ts';
import type { BucketFacets } from './bucket.ts';

/**
 * As CloudTrail names its events, which is neither as S3's API names the operations nor as IAM names the actions.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export const S3 = 's3.amazonaws.com';

/** Whom a bucket is open to, and whether there is one. */
export const PUBLIC_ACCESS_CHANGES = [
  'CreateBucket',
  'DeleteBucket',
  'PutBucketPolicy',
  'DeleteBucketPolicy',
  'PutBucketAcl',
  'PutBucketPublicAccessBlock',
  'DeleteBucketPublicAccessBlock',
  'PutBucketOwnershipControls',
  'DeleteBucketOwnershipControls',
] as const;

/** Of the account-wide block. They come from whatever region was asked. */
export const ACCOUNT_BLOCK_CHANGES = ['PutAccountPublicAccessBlock', 'DeleteAccountPublicAccessBlock'] as const;

const named = ['request.bucketName'] as const;

export const bucketChanges: readonly ChangeEvents<keyof BucketFacets>[] = [
  { source: S3, names: ['CreateBucket'], ids: named },
  { source: S3, names: ['DeleteBucket'], ids: named, deletes: true },
  { source: S3, names: ['PutBucketPolicy', 'DeleteBucketPolicy'], ids: named, facets: ['policy', 'policyIsPublic'] },
  { source: S3, names: ['PutBucketAcl'], ids: named, facets: ['acl'] },
  {
    source: S3,
    names: ['PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock'],
    ids: named,
    facets: ['publicAccessBlock', 'policyIsPublic'],
  },
  { source: S3, names: ['PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'], ids: named, facets: ['ownership', 'acl'] },
  { source: S3, names: ['PutBucketVersioning'], ids: named, facets: ['versioning'] },
  { source: S3, names: ['PutBucketLogging'], ids: named, facets: ['accessLogBucket'] },
  {
    source: S3,
    names: [
      'PutBucketLifecycle',
      'DeleteBucketLifecycle',
      'PutBucketEncryption',
      'DeleteBucketEncryption',
      'PutBucketCors',
      'DeleteBucketCors',
      'PutBucketWebsite',
      'DeleteBucketWebsite',
      'PutBucketReplication',
      'DeleteBucketReplication',
      'PutBucketNotification',
      'PutBucketObjectLockConfiguration',
      'PutBucketTagging',
      'DeleteBucketTagging',
      'PutBucketRequestPayment',
      'PutAccelerateConfiguration',
    ],
    ids: named,
    facets: [],
  },
  { source: S3, names: [...ACCOUNT_BLOCK_CHANGES], facets: ['accountPublicAccessBlock', 'policyIsPublic'], indirect: true },
];
