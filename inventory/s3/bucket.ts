import type { PolicyDocument } from '../policy-document.ts';

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
}

/** The four flags of S3 Block Public Access, of one level. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

export interface AclGrant {
  /** `authenticated-users` is anybody with any AWS account. */
  readonly grantee: 'all-users' | 'authenticated-users' | 'log-delivery' | 'account';
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
}
