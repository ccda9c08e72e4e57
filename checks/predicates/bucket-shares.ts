import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { AclGrant, BucketFacets } from '../../inventory/s3/bucket.ts';
import { type Evidence, type Failure, fail, type Verdict } from '../check.ts';
import { LOG_WRITING_ACCOUNTS } from './aws-accounts.ts';
import { firstFailure, foundUnder } from './logic.ts';
import { once } from './remembered.ts';
import { type AccountAdmittance, judgeResourcePolicy, type Power } from './resource-policy-verdict.ts';
import { knownOf } from './unread.ts';

/** What decides who else may use a bucket. Hand over the object itself, not copies. */
export type BucketShares = Pick<BucketFacets, 'policy' | 'acl' | 'ownership'> & { readonly identity: ResourceIdentity };

/** What S3.6 of Security Hub calls dangerous in the hands of others comes first: with it they let in whom they like. */
export const BUCKET_ACTIONS: Readonly<Record<Power, readonly string[]>> = {
  admin: [
    's3:deletebucketpolicy',
    's3:putbucketacl',
    's3:putbucketownershipcontrols',
    's3:putbucketpolicy',
    's3:putbucketpublicaccessblock',
    's3:putencryptionconfiguration',
    's3:putobjectacl',
  ],
  write: ['s3:deletebucket', 's3:deleteobject', 's3:deleteobjectversion', 's3:putobject', 's3:replicateobject', 's3:restoreobject'],
  read: ['s3:getobject', 's3:getobjectversion', 's3:listbucket', 's3:listbucketversions'],
};

export const BUCKET_DEEDS: Readonly<Record<Power, string>> = { admin: 'administer', write: 'write to', read: 'read from' };

const ACL_POWERS: Readonly<Record<AclGrant['permission'], readonly Power[]>> = {
  FULL_CONTROL: ['admin', 'write', 'read'],
  WRITE_ACP: ['admin'],
  WRITE: ['write'],
  READ: ['read'],
  READ_ACP: [],
};

const ADMINISTERED = { severity: 'HIGH', because: 'it can let in whom it likes' } as const;

/**
 * FAIL if what is in force of a bucket's policy and ACL lets in another account that is not trusted. Not told: everybody, services, organizations,
 * and accounts of AWS that write logs.
 */
export function sharedWithStrangers(bucket: BucketShares, trustedAccounts: readonly string[]): Verdict {
  const byPolicy = once(() => strangersByPolicy(bucket, trustedAccounts));
  const byAcl = (isMeant: (share: Share) => boolean) =>
    foundUnder([() => bucket.ownership !== 'BucketOwnerEnforced'], () => strangerByAcl(bucket, trustedAccounts, isMeant));
  return firstFailure(
    () => toFailure(byPolicy().filter(administers)),
    () => byAcl(administers),
    () => toFailure(byPolicy()),
    () => byAcl(() => true),
  );
}

interface Share {
  readonly how: 'policy' | 'ACL';
  readonly who: string;
  readonly powers: readonly Power[];
  readonly evidence: Evidence;
}

function administers({ powers }: Share): boolean {
  return powers.includes('admin');
}

function strangersByPolicy({ policy, identity: { accountId, arn } }: BucketShares, trusted: readonly string[]): readonly Share[] {
  if (!policy) return [];
  const home = { accountId, trustedAccounts: [...trusted, ...LOG_WRITING_ACCOUNTS] };
  const { accounts } = judgeResourcePolicy(policy, {
    home,
    arns: [arn, `${arn}/*`],
    actions: BUCKET_ACTIONS,
    operation: 's3:GetBucketPolicy',
  });
  return accounts.filter((one) => !one.trusted).map(toShare);
}

function toShare({ who, powers, label, conditions }: AccountAdmittance): Share {
  return { how: 'policy', who, powers, evidence: { statement: label, ...(conditions.length > 0 ? { conditions } : {}) } };
}

/** A list that breaks off is no reason to keep quiet about what it began with. */
function strangerByAcl({ acl }: BucketShares, trusted: readonly string[], isMeant: (share: Share) => boolean): Failure | undefined {
  const { known, unread } = knownOf(() => acl);
  const shares = known.flatMap(({ grantee, account, permission }): readonly Share[] => {
    if (grantee !== 'account' || account === undefined || trusted.includes(account)) return [];
    return [{ how: 'ACL', who: `canonical user ${account}`, powers: ACL_POWERS[permission], evidence: { permission } }];
  });
  const failure = toFailure(shares.filter(isMeant));
  if (failure === undefined && unread) throw unread;
  return failure;
}

function toFailure([first, ...others]: readonly Share[]): Failure | undefined {
  if (first === undefined) return undefined;
  const { how, who, powers, evidence } = first;
  const deeds = powers.length === 0 ? 'use' : powers.map((power) => BUCKET_DEEDS[power]).join(' and ');
  const alsoSharedWith = [...new Set(others.map((other) => other.who))].filter((other) => other !== who).slice(0, 20);
  const whole = alsoSharedWith.length > 0 ? { ...evidence, alsoSharedWith } : evidence;
  return fail(`its ${how} lets ${who} ${deeds} it`, whole, administers(first) ? ADMINISTERED : undefined);
}
