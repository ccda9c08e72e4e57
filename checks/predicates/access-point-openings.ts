import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { AccessPointFacets } from '../../inventory/s3/access-point.ts';
import { type Failure, type Verdict, weigh } from '../check.ts';
import { asReadThrough } from './access-point-conditions.ts';
import { BUCKET_ACTIONS, BUCKET_DEEDS } from './bucket-shares.ts';
import { allOf, anyOf, firstFailure, foundUnder } from './logic.ts';
import { failByOpenings, openingsBy } from './policy-openness.ts';
import { judgeResourcePolicy, type ResourcePolicyVerdict } from './resource-policy-verdict.ts';
import { answerOf } from './unread.ts';

/** What decides whom an access point lets in. Hand over the object itself, not copies. */
export type AccessPointExposure = Pick<
  AccessPointFacets,
  'accessPoint' | 'accountPublicAccessBlock' | 'publicAccessBlock' | 'policy' | 'bucketPublicAccessBlock' | 'bucketPolicy'
> & { readonly identity: ResourceIdentity };

/** The bucket must let a request in as well: "Configuring IAM policies for using access points" in the Amazon S3 User Guide. */
const NAMING_BUCKET = { severity: 'MEDIUM', because: 'the policy of the bucket lets in only accounts that it names' } as const;
const CLOSED_BUCKET = { severity: 'LOW', because: 'the policy of the bucket lets nobody else in' } as const;

/**
 * FAIL if the policy of an access point lets in everybody or an account that is not trusted, and nothing in force blocks that. An access point for one
 * VPC is never public: "Performing block public access operations on an access point" in the Amazon S3 User Guide.
 */
export function openAccessPoint(point: AccessPointExposure, trustedAccounts: readonly string[]): Verdict {
  const isClosed = () =>
    allOf(
      () => isPublic(point),
      () => isRestricted(point),
    );
  return firstFailure(() =>
    foundUnder([() => point.accessPoint.networkOrigin !== 'VPC', () => !isClosed()], () => openingOf(point, trustedAccounts)),
  );
}

/** At any level. While the policy is public, that keeps out named accounts as well. */
function isRestricted(point: AccessPointExposure): boolean {
  return anyOf(
    () => point.accountPublicAccessBlock.restrictPublicBuckets,
    () => point.publicAccessBlock.restrictPublicBuckets,
    () => point.bucketPublicAccessBlock.restrictPublicBuckets,
  );
}

function isPublic(point: AccessPointExposure): boolean {
  const policy = policyOf(point);
  return policy !== undefined && judgeResourcePolicy(policy, bearerOf(point, [])).everyone.length > 0;
}

function openingOf(point: AccessPointExposure, trustedAccounts: readonly string[]): Failure | undefined {
  const policy = policyOf(point);
  const failure = policy && failByOpenings(openingsBy(policy, bearerOf(point, trustedAccounts), BUCKET_DEEDS));
  if (failure === undefined) return undefined;
  const bucket = answerOf(() => bucketVerdict(point));
  if (bucket.unread) return { ...failure, severityUnsure: true };
  const { everyone, accounts } = bucket.value;
  if (everyone.length > 0) return failure;
  return weigh(failure, accounts.length > 0 ? NAMING_BUCKET : CLOSED_BUCKET);
}

function policyOf(point: AccessPointExposure) {
  return point.policy && asReadThrough(point.policy, throughOf(point));
}

function bearerOf({ identity: { accountId, arn } }: AccessPointExposure, trustedAccounts: readonly string[]) {
  const home = { accountId, trustedAccounts };
  return { home, arns: [arn, `${arn}/object/*`], actions: BUCKET_ACTIONS, operation: 's3control:GetAccessPointPolicy' };
}

/** Whom the bucket lets in through the access point. */
function bucketVerdict(point: AccessPointExposure): ResourcePolicyVerdict {
  const { accessPoint, bucketPolicy, identity } = point;
  if (bucketPolicy === undefined) return { everyone: [], accounts: [], services: [] };
  const arn = `arn:${identity.partition}:s3:::${accessPoint.bucketName}`;
  const home = { accountId: identity.accountId, trustedAccounts: [] };
  return judgeResourcePolicy(asReadThrough(bucketPolicy, throughOf(point)), {
    home,
    arns: [arn, `${arn}/*`],
    operation: 's3:GetBucketPolicy',
  });
}

function throughOf({ accessPoint: { networkOrigin }, identity: { arn, accountId } }: AccessPointExposure) {
  return { networkOrigin, arn, accountId };
}
