import type { AclGrant, BucketFacets, PublicAccessBlock } from '../../inventory/s3/bucket.ts';
import { type Failure, fail, type Verdict } from '../check.ts';
import { anyOf, firstFailure, firstOf, foundUnder, matching } from './logic.ts';
import { grantsToEveryone } from './public-policy.ts';
import type { Access } from './s3-actions.ts';
import { answerOf, refuseToJudge } from './unread.ts';

/** What decides whether a bucket is public. Hand over the object itself, not copies: a member is asked only when those before it leave the question open. */
export type BucketExposure = Pick<
  BucketFacets,
  'accountPublicAccessBlock' | 'publicAccessBlock' | 'ownership' | 'acl' | 'policy' | 'policyIsPublic'
>;

const PERMISSION_ACCESS: Readonly<Record<AclGrant['permission'], readonly Access[]>> = {
  READ: ['read'],
  READ_ACP: ['read'],
  WRITE: ['write'],
  WRITE_ACP: ['write'],
  FULL_CONTROL: ['read', 'write'],
};

const EVERY_ACCESS: readonly Access[] = ['read', 'write'];

/** GetBucketPolicyStatus tells no more than this: not who may do what, so that it proves one kind of access only where either will do. */
const PUBLIC_BY_AWS = fail('AWS evaluates its policy as public');

/**
 * FAIL if what is in force of a bucket's ACL and policy gives everybody one of these kinds of access; cheapest question first.
 * By "Blocking public access to your Amazon S3 storage" and "Controlling ownership of objects" in the Amazon S3 User Guide.
 */
export function publicAccess(bucket: BucketExposure, bucketArn: string, kinds: readonly Access[]): Verdict {
  return firstFailure(
    () =>
      foundUnder([() => !isBlocked(bucket, 'ignorePublicAcls'), () => bucket.ownership !== 'BucketOwnerEnforced'], () =>
        publicGrant(bucket.acl, kinds),
      ),
    () => foundUnder([() => !isBlocked(bucket, 'restrictPublicBuckets')], () => publicPolicy(bucket, bucketArn, kinds)),
  );
}

type BlockLevels = Pick<BucketFacets, 'accountPublicAccessBlock' | 'publicAccessBlock'>;

const FLAGS = ['blockPublicAcls', 'ignorePublicAcls', 'blockPublicPolicy', 'restrictPublicBuckets'] as const;

/** Those of the four settings of S3 Block Public Access that are off on both levels. Throws `Unread` where none is known to be, but one may be. */
export function settingsOff(levels: BlockLevels): readonly (keyof PublicAccessBlock)[] {
  const { found: off, undecided } = matching(FLAGS, (flag) => !isBlocked(levels, flag));
  if (off.length === 0 && undecided) throw undecided;
  return off;
}

/** A flag of one level is enough: S3 applies the most restrictive combination, each flag for itself. */
function isBlocked(levels: BlockLevels, flag: keyof PublicAccessBlock): boolean {
  return anyOf(
    () => levels.accountPublicAccessBlock[flag],
    () => levels.publicAccessBlock[flag],
  );
}

function publicGrant(acl: Iterable<AclGrant>, kinds: readonly Access[]): Failure | undefined {
  return firstOf(acl, ({ grantee, permission }) => {
    if (grantee !== 'all-users' && grantee !== 'authenticated-users') return undefined;
    if (!PERMISSION_ACCESS[permission].some((access) => kinds.includes(access))) return undefined;
    const who = grantee === 'all-users' ? 'everyone' : 'anyone with an AWS account';
    return fail(`its ACL grants ${permission} to ${who}`, { grantee, permission });
  });
}

/** Our own reading decides and names the statement; AWS's is asked where ours is blind, or rests on what the conditions of a grant are worth. */
function publicPolicy(bucket: BucketExposure, bucketArn: string, kinds: readonly Access[]): Failure | undefined {
  const policy = answerOf(() => bucket.policy);
  if (policy.unread) {
    const { value, unread } = answerOf(() => bucket.policyIsPublic);
    if (unread || (value && !EVERY_ACCESS.every((access) => kinds.includes(access)))) throw policy.unread;
    return value ? PUBLIC_BY_AWS : undefined;
  }
  if (!policy.value) return undefined;

  const grants = grantsToEveryone(policy.value, bucketArn);
  const asked = grants.filter(({ access }) => kinds.includes(access));
  const open = asked.find(({ conditional }) => !conditional);
  if (open) {
    const { access, statement, action, resource } = open;
    return fail(`its policy lets anyone ${access === 'read' ? 'read from' : 'write to'} it`, { statement, action, resource });
  }
  // A grant that is public by our own reading already explains what AWS says: it proves nothing of the conditional ones.
  const doubtful = asked.length > 0 && grants.every(({ conditional }) => conditional);
  if (!doubtful || !bucket.policyIsPublic) return undefined;
  // AWS does not say which statement it means: only if each gives the access in question is that access proven.
  if (grants.every(({ statement }) => asked.some((grant) => grant.statement === statement))) return PUBLIC_BY_AWS;
  return refuseToJudge('no-data', 's3:GetBucketPolicyStatus', 'AWS evaluates the policy as public, but not which of its statements');
}
