import type { Bucket as BucketEntry, Grant, Grantee } from '@aws-sdk/client-s3';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { attempt, joined, toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader, type FacetReader } from '../reader.ts';
import { GLOBAL } from '../resource.ts';
import { bucketChanges } from './bucket-changes.ts';
import {
  type BucketPlace,
  getBucketAcl,
  getBucketLocation,
  getBucketLogging,
  getBucketOwnershipControls,
  getBucketPolicy,
  getBucketPolicyStatus,
  getBucketPublicAccessBlock,
  getBucketVersioning,
  listBuckets,
} from './calls.ts';
import { getAccountPublicAccessBlock } from './public-access-block.ts';

export interface BucketFacets {
  readonly accountPublicAccessBlock: PublicAccessBlock;
  /** All four false when the bucket has none (NoSuchPublicAccessBlockConfiguration). */
  readonly publicAccessBlock: PublicAccessBlock;
  /** ObjectWriter where the bucket has no ownership controls: ACLs are in force. */
  readonly ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly acl: Iterable<AclGrant>;
  /** `undefined` when the bucket has no policy. */
  readonly policy: PolicyDocument | undefined;
  /** AWS's own evaluation of the policy (GetBucketPolicyStatus); false when there is no policy. */
  readonly policyIsPublic: boolean;
  readonly versioning: BucketVersioning;
  /** The bucket that S3 logs access to this one in; `undefined` when it logs none. */
  readonly accessLogBucket: string | undefined;
}

export interface BucketVersioning {
  /** Of a bucket where it is suspended, what is written or deleted now is not kept; earlier versions are. */
  readonly status: 'enabled' | 'suspended' | 'never';
  /** Whether it takes a second factor to delete a version, or to turn versioning off. */
  readonly mfaDelete: boolean;
}

/** The four flags of S3 Block Public Access, of one level. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface AclGrant {
  /**
   * `authenticated-users` is anybody with any AWS account, `log-delivery` is S3 when it writes access logs, `aws` an account of AWS that writes other logs, and
   * `account` any but the bucket's own.
   */
  readonly grantee: 'all-users' | 'authenticated-users' | 'log-delivery' | 'aws' | 'owner' | 'account';
  /** Of an `account`, its canonical user id, or the email address that it was named by. */
  readonly account?: string;
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
}

/** How each facet of a bucket is read; a trail reads those of the bucket that it writes to. */
export const bucketFacets: { readonly [F in keyof BucketFacets]: FacetReader<BucketPlace, BucketFacets[F]> } = {
  accountPublicAccessBlock: { calls: [getAccountPublicAccessBlock], read: (_bucket, place) => getAccountPublicAccessBlock(place) },
  publicAccessBlock: { calls: [getBucketPublicAccessBlock], read: (bucket, place) => getBucketPublicAccessBlock(place, bucket) },
  ownership: { calls: [getBucketOwnershipControls], read: (bucket, place) => getBucketOwnershipControls(place, bucket) },
  acl: { calls: [getBucketAcl], read: readAcl },
  policy: {
    calls: [getBucketPolicy],
    async read(bucket, place) {
      const text = await getBucketPolicy(place, bucket);
      return text === undefined ? undefined : toPolicyDocument(text, 's3:GetBucketPolicy');
    },
  },
  policyIsPublic: { calls: [getBucketPolicyStatus], read: (bucket, place) => getBucketPolicyStatus(place, bucket) },
  versioning: { calls: [getBucketVersioning], read: (bucket, place) => getBucketVersioning(place, bucket) },
  accessLogBucket: { calls: [getBucketLogging], read: (bucket, place) => getBucketLogging(place, bucket) },
};

export const buckets = defineReader<'AWS::S3::Bucket', BucketPlace>({
  type: 'AWS::S3::Bucket',
  scope: 'global',
  changes: bucketChanges,
  list: { calls: [listBuckets, getBucketLocation], read: readBuckets },
  only: { calls: [listBuckets, getBucketLocation], read: readNamedBuckets },
  identify: ({ bucket, region }, { accountId }, partition) => ({
    arn: `arn:${partition}:s3:::${bucket}`,
    id: bucket,
    accountId,
    region,
    partition,
    tags: {},
  }),
  facets: bucketFacets,
});

/** The account's buckets with their regions. */
export async function readBuckets(place: Place): Promise<Listed<BucketPlace>> {
  return located(toListed(await listBuckets(place, 'all'), toUnlocated), place);
}

/**
 * The account's buckets of these names or ARNs: what the account does not own is not listed, whatever others own under that name. Asking a bucket itself
 * would not tell it from one that lets nobody ask.
 */
async function readNamedBuckets(place: Place, ids: readonly string[]): Promise<Listed<BucketPlace>> {
  const names = [...new Set(ids.map((id) => id.replace(/^arn:[^:]*:s3:::/, '')))].filter((name) => name !== '');
  const listings = names.map(async (prefix) => {
    const beginning = toListed(await listBuckets(place, { prefix }), toUnlocated);
    return located(
      beginning.filter(({ bucket }) => bucket === prefix),
      place,
    );
  });
  return joined(await Promise.all(listings));
}

interface Unlocated extends Omit<BucketPlace, 'region'> {
  readonly region: string | undefined;
}

function toUnlocated({ Name, BucketRegion }: BucketEntry): Unlocated {
  if (Name === undefined) throw malformed('s3:ListBuckets', 'a bucket has no name');
  return { bucket: Name, region: BucketRegion };
}

async function located(listed: Listed<Unlocated>, place: Place): Promise<Listed<BucketPlace>> {
  const regions = await Promise.all(listed.known.map(async ({ bucket, region }) => region ?? (await locate(bucket, place))));
  const regionOf = new Map(listed.known.map(({ bucket }, index) => [bucket, regions[index]]));
  return listed.map(({ bucket }) => ({ bucket, region: regionOf.get(bucket) ?? GLOBAL }));
}

/** Only emulators leave the region out of the listing. A bucket that cannot be located is still judged: S3 redirects. */
async function locate(bucket: string, place: Place): Promise<string> {
  const location = await attempt(() => getBucketLocation(place, bucket));
  return location.read ? location.value : GLOBAL;
}

const GROUPS: ReadonlyMap<string, AclGrant['grantee']> = new Map([
  ['http://acs.amazonaws.com/groups/global/AllUsers', 'all-users'],
  ['http://acs.amazonaws.com/groups/global/AuthenticatedUsers', 'authenticated-users'],
  ['http://acs.amazonaws.com/groups/s3/LogDelivery', 'log-delivery'],
]);

const PERMISSIONS: readonly AclGrant['permission'][] = ['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'];

/** With which CloudFront and others of AWS write logs into a bucket: "Configure standard logging (legacy)" in the Amazon CloudFront Developer Guide. */
const LOG_DELIVERY_USER = 'c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0';

async function readAcl(bucket: BucketPlace, place: Place): Promise<Listed<AclGrant>> {
  const { owner, grants } = await getBucketAcl(place, bucket);
  return toListed(grants, (grant) => toGrant(grant, owner));
}

function toGrant({ Grantee, Permission }: Grant, owner: string): AclGrant {
  const grantee = Grantee && toGrantee(Grantee, owner);
  if (grantee === undefined || !isPermission(Permission)) throw malformed('s3:GetBucketAcl', 'a grant is of an unknown kind');
  return { ...grantee, permission: Permission };
}

function toGrantee({ Type, URI = '', ID, EmailAddress }: Grantee, owner: string): Pick<AclGrant, 'grantee' | 'account'> | undefined {
  if (Type === 'Group') {
    const group = GROUPS.get(URI);
    return group && { grantee: group };
  }
  const account = ID ?? EmailAddress;
  if (account === undefined) return undefined;
  if (account === owner) return { grantee: 'owner' };
  return account === LOG_DELIVERY_USER ? { grantee: 'aws' } : { grantee: 'account', account };
}

function isPermission(permission: string | undefined): permission is AclGrant['permission'] {
  return PERMISSIONS.some((known) => known === permission);
}
