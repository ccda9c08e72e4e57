import { matchesWildcard } from './wildcard.ts';

/** Who gets to know something, or to change something: objects, ACLs, policy, configuration. */
export type Access = 'read' | 'write';

/** An S3 action that a bucket policy can grant. */
export interface S3Action {
  /** Lower case: `s3:getobject`. */
  readonly name: string;
  readonly access: Access;
  /** What the action is asked of. An action that we do not know may be asked of either. */
  readonly target: 'bucket' | 'object' | 'either';
}

/** From "Actions, resources, and condition keys for Amazon S3" in the Service Authorization Reference. */
const OBJECT_ACTIONS = `
  AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation DeleteObjectTagging DeleteObjectVersion
  DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAnnotation GetObjectAttributes
  GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl
  GetObjectVersionAnnotation GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication
  GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts ListObjectAnnotations
  ListObjectVersionAnnotations ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectAnnotation PutObjectLegalHold
  PutObjectRetention PutObjectTagging PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging ReplicateDelete
  ReplicateObject ReplicateObjectAnnotation ReplicateTags RestoreObject UpdateObjectEncryption`;

const BUCKET_ACTIONS = `
  CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
  GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
  GetBucketMetadataTableConfiguration GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls
  GetBucketPolicy GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning
  GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
  GetMetricsConfiguration GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions ListTagsForResource
  PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging
  PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
  PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration
  PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration PutMetricsConfiguration
  PutReplicationConfiguration TagResource UntagResource UpdateBucketMetadataAnnotationTableConfiguration
  UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration`;

const KNOWN = [...toActions(OBJECT_ACTIONS, 'object'), ...toActions(BUCKET_ACTIONS, 'bucket')];

/** The actions against which a policy's patterns are tried: all that we know, and what its patterns spell out that we do not know yet. */
export function s3ActionsFor(patterns: readonly string[]): readonly S3Action[] {
  const unknown = patterns.filter((pattern) => ![...KNOWN].some(({ name }) => matchesWildcard(pattern.toLowerCase(), name)));
  const names = unknown.map((pattern) => pattern.toLowerCase().replaceAll(/[*?]/g, '')).filter((name) => name.startsWith('s3:'));
  return [...KNOWN, ...names.map((name) => toAction(name, 'either'))];
}

function toActions(names: string, target: S3Action['target']): readonly S3Action[] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => toAction(`s3:${name.toLowerCase()}`, target));
}

/** AWS's access levels Read and List are our read, everything else (Write, Tagging, Permissions management) our write. */
function toAction(name: string, target: S3Action['target']): S3Action {
  return { name, access: /^s3:(get|list|describe)/.test(name) ? 'read' : 'write', target };
}
