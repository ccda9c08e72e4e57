import {
  BucketLocationConstraint,
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Bucket, Description } from './description.ts';
import { toDocument } from './policies.ts';
import { toConfiguration } from './seed.ts';
import type { SeedClients } from './seed-clients.ts';
import { toTags } from './seed-iam.ts';

export async function seedBuckets(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, bucket] of description.buckets) await seedBucket(aws, name, bucket, bucket.region ?? description.region);
}

async function seedBucket(aws: SeedClients, name: string, bucket: Bucket, region: string): Promise<void> {
  const s3 = aws.client(S3Client, region);
  // us-east-1 is no valid constraint: it is where buckets go without one.
  const location = Object.values(BucketLocationConstraint).find((one) => one === region);
  const configuration = location === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint: location } };
  await s3.send(new CreateBucketCommand({ Bucket: name, ...configuration }));
  const { block = 'all', ownership = 'BucketOwnerEnforced', acl, policy, tags, versioning } = bucket;
  if (acl !== undefined) await s3.send(new PutBucketAclCommand({ Bucket: name, ...toAcl(acl) }));
  if (policy !== undefined) await s3.send(new PutBucketPolicyCommand({ Bucket: name, Policy: toDocument(policy) }));
  if (tags) await s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: toTags(tags) } }));
  if (versioning) await s3.send(new PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }));
  if (ownership !== 'none') {
    await s3.send(new PutBucketOwnershipControlsCommand({ Bucket: name, OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }));
  }
  if (block !== 'none') {
    const flags = toConfiguration(block);
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: name, PublicAccessBlockConfiguration: flags }));
  }
}

const LOG_DELIVERY = 'http://acs.amazonaws.com/groups/s3/LogDelivery';

/** The canned ACL for log delivery is one that the SDK's type does not name. */
function toAcl(acl: NonNullable<Bucket['acl']>) {
  return acl === 'log-delivery-write' ? { GrantWrite: `uri="${LOG_DELIVERY}"`, GrantReadACP: `uri="${LOG_DELIVERY}"` } : { ACL: acl };
}
