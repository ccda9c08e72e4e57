import type { Facets } from './facets.ts';

/** A resource's CloudFormation type name. `AWS::Account::Region`, `AWS::Organizations::Account`, `AWS::EC2::RegionSettings`, `AWS::EC2::Image` and `AWS::EC2::Snapshot` follow its form where CloudFormation has none. */
export type ResourceType = keyof Facets;

/** Where a scan looks: one region of one account, or `global` for what an account has once (IAM, S3's namespace, trails). */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
}

export const GLOBAL = 'global';

/** Who a resource is. Everything here comes with the listing and is therefore always known. */
export interface ResourceIdentity {
  readonly type: ResourceType;
  readonly arn: string;
  /** The id that AWS's own console and CLI use: `sg-…`, a bucket's name, a user's name. */
  readonly id: string;
  readonly accountId: string;
  /** The region that the resource is in, `global` if none. */
  readonly region: string;
  /** `aws`, `aws-us-gov` or `aws-cn`, from the caller's identity. */
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}
