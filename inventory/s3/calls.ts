import type { Bucket as BucketEntry, Grant, ObjectOwnership } from '@aws-sdk/client-s3';
import { isNamed } from '../aws-errors.ts';
import { BrokenAnswer, required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import type { Connections } from '../connections.ts';
import { deletedMeanwhile } from '../no-data.ts';
import { GLOBAL } from '../resource.ts';
import type { BucketVersioning, PublicAccessBlock } from './bucket.ts';
import { toPublicAccessBlock } from './public-access-block.ts';

/** A bucket and where to ask for it; `global` if its region could not be had, so that S3 redirects us. */
export interface BucketPlace {
  readonly bucket: string;
  readonly region: string;
}

/**
 * The account's own buckets: all, or those whose names begin so. S3 names the buckets' regions only in a paged answer, which MaxBuckets asks for
 * (ListBuckets API reference).
 */
export const listBuckets = definePagedCall<BucketEntry, 'all' | { readonly prefix: string }>({
  service: 's3',
  operation: 'ListBuckets',
  permissions: ['s3:ListAllMyBuckets'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.s3(region);
    const query = wanted === 'all' ? {} : { Prefix: wanted.prefix };
    for await (const page of sdk.paginateListBuckets({ client, pageSize: 1_000 }, query)) yield required(page.Buckets, 'Buckets');
  },
});

/** The region of a bucket whose listing does not name it. */
export const getBucketLocation = defineCall<string, string>({
  service: 's3',
  operation: 'GetBucketLocation',
  permissions: ['s3:GetBucketLocation'],
  async send(session, region, bucket) {
    const { sdk, client } = await session.aws.s3(region);
    const { LocationConstraint } = await client.send(new sdk.GetBucketLocationCommand({ Bucket: bucket }));
    if (!LocationConstraint) return 'us-east-1';
    return LocationConstraint === 'EU' ? 'eu-west-1' : LocationConstraint;
  },
});

export const getBucketPublicAccessBlock = defineBucketCall<PublicAccessBlock>({
  operation: 'GetPublicAccessBlock',
  permission: 's3:GetBucketPublicAccessBlock',
  absent: { error: 'NoSuchPublicAccessBlockConfiguration', value: toPublicAccessBlock('absent') },
  async ask({ sdk, client }, Bucket) {
    const answer = await client.send(new sdk.GetPublicAccessBlockCommand({ Bucket }));
    return toPublicAccessBlock(required(answer.PublicAccessBlockConfiguration, 'PublicAccessBlockConfiguration'));
  },
});

const OWNERSHIPS: ReadonlySet<string> = new Set<ObjectOwnership>(['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']);

/** Without ownership controls the uploader owns an object, and ACLs are in force (Controlling ownership of objects, S3 User Guide). */
export const getBucketOwnershipControls = defineBucketCall<ObjectOwnership>({
  operation: 'GetBucketOwnershipControls',
  permission: 's3:GetBucketOwnershipControls',
  absent: { error: 'OwnershipControlsNotFoundError', value: 'ObjectWriter' },
  async ask({ sdk, client }, Bucket) {
    const answer = await client.send(new sdk.GetBucketOwnershipControlsCommand({ Bucket }));
    const ownership = required(answer.OwnershipControls?.Rules?.[0]?.ObjectOwnership, 'ObjectOwnership');
    if (!OWNERSHIPS.has(ownership)) throw new BrokenAnswer(`ObjectOwnership is ${ownership}`);
    return ownership;
  },
});

/** Grants, and the canonical user id of the bucket's owner among whom they are. */
export const getBucketAcl = defineBucketCall<{ readonly owner: string; readonly grants: readonly Grant[] }>({
  operation: 'GetBucketAcl',
  permission: 's3:GetBucketAcl',
  async ask({ sdk, client }, Bucket) {
    const { Grants, Owner } = await client.send(new sdk.GetBucketAclCommand({ Bucket }));
    return { grants: required(Grants, 'AccessControlList'), owner: required(Owner?.ID, 'Owner.ID') };
  },
});

/** The policy's text; `undefined` when the bucket has none. */
export const getBucketPolicy = defineBucketCall<string | undefined>({
  operation: 'GetBucketPolicy',
  permission: 's3:GetBucketPolicy',
  absent: { error: 'NoSuchBucketPolicy', value: undefined },
  async ask({ sdk, client }, Bucket) {
    const answer = await client.send(new sdk.GetBucketPolicyCommand({ Bucket }));
    return required(answer.Policy, 'Policy');
  },
});

/** Whether S3 itself calls the policy public. */
export const getBucketPolicyStatus = defineBucketCall<boolean>({
  operation: 'GetBucketPolicyStatus',
  permission: 's3:GetBucketPolicyStatus',
  absent: { error: 'NoSuchBucketPolicy', value: false },
  async ask({ sdk, client }, Bucket) {
    const answer = await client.send(new sdk.GetBucketPolicyStatusCommand({ Bucket }));
    return required(answer.PolicyStatus?.IsPublic, 'PolicyStatus.IsPublic');
  },
});

/** The bucket that server access logs go to; `undefined` when there are none. An empty answer is what S3 gives then. */
export const getBucketLogging = defineBucketCall<string | undefined>({
  operation: 'GetBucketLogging',
  permission: 's3:GetBucketLogging',
  async ask({ sdk, client }, Bucket) {
    const { LoggingEnabled } = await client.send(new sdk.GetBucketLoggingCommand({ Bucket }));
    return LoggingEnabled && required(LoggingEnabled.TargetBucket, 'LoggingEnabled.TargetBucket');
  },
});

/** An empty answer is what S3 gives of a bucket that never had versions, and MFA delete is not in one that never had that. */
export const getBucketVersioning = defineBucketCall<BucketVersioning>({
  operation: 'GetBucketVersioning',
  permission: 's3:GetBucketVersioning',
  async ask({ sdk, client }, Bucket) {
    const { Status, MFADelete = 'Disabled' } = await client.send(new sdk.GetBucketVersioningCommand({ Bucket }));
    if (MFADelete !== 'Enabled' && MFADelete !== 'Disabled') throw new BrokenAnswer(`MfaDelete is ${MFADelete}`);
    const mfaDelete = MFADelete === 'Enabled';
    switch (Status) {
      case 'Enabled':
        return { status: 'enabled', mfaDelete };
      case 'Suspended':
        return { status: 'suspended', mfaDelete };
      case undefined:
        return { status: 'never', mfaDelete };
      default:
        throw new BrokenAnswer(`Status is ${String(Status)}`);
    }
  },
});

interface BucketQuestion<Output> {
  readonly operation: string;
  readonly permission: string;
  /** S3's error for "there is none", and what that means. */
  readonly absent?: { readonly error: string; readonly value: Output };
  readonly ask: (s3: Awaited<ReturnType<Connections['s3']>>, bucket: string) => Promise<Output>;
}

/** A call about one bucket, asked in the bucket's own region. */
function defineBucketCall<Output>({ operation, permission, absent, ask }: BucketQuestion<Output>) {
  return defineCall<Output, BucketPlace>({
    service: 's3',
    operation,
    permissions: [permission],
    region: ({ region }, { session }) => (region === GLOBAL ? session.globalRegion : region),
    async send(session, region, { bucket }) {
      try {
        return await ask(await session.aws.s3(region), bucket);
      } catch (error) {
        if (absent && isNamed(error, absent.error)) return absent.value;
        if (isNamed(error, 'NoSuchBucket')) throw deletedMeanwhile(`s3:${operation}`, 'the bucket');
        throw error;
      }
    },
  });
}
