/** A point in time: days before the account's `now` (so `90` is an age, `-5` lies ahead), or an ISO 8601 instant. */
export type Moment = number | string;

/** A policy document, or its statements: `allow(...)` and `deny(...)` write common ones. A string is taken as it is. */
export type Policy = string | Statement | readonly Statement[] | { readonly Version?: string; readonly Statement: unknown };
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly [element: string]: unknown;
}

export interface Key {
  readonly age?: Moment;
  readonly lastUsed?: Moment;
  readonly active?: boolean;
}

export interface Password {
  readonly lastUsed?: Moment;
  readonly changed?: Moment;
}

export interface RootEvent {
  /** Such as `ConsoleLogin`, of `signin.amazonaws.com`, unless `source` says otherwise. */
  readonly name: string;
  readonly source?: string;
  readonly at?: Moment;
  readonly region?: string;
}

export interface Root {
  /** `'not-supported'` is what old credential reports say. */
  readonly password?: boolean | 'not-supported' | Password;
  readonly mfa?: 'none' | 'virtual' | 'hardware';
  readonly keys?: readonly Key[];
  /** X.509 signing certificates. */
  readonly certificates?: number;
  readonly events?: readonly RootEvent[];
}

export interface Principal {
  readonly path?: string;
  readonly created?: Moment;
  /** Inline policies by name. */
  readonly policies?: Readonly<Record<string, Policy>>;
  /** Managed policies: an ARN, the name of an AWS managed policy or of one that is described with `policy`. */
  readonly attached?: readonly string[];
}

export interface User extends Principal {
  readonly password?: boolean | Password;
  /** `true` is a virtual device. */
  readonly mfa?: boolean | 'fido' | 'hardware' | 'sms';
  readonly keys?: readonly Key[];
  readonly groups?: readonly string[];
  /** Like an attached policy. */
  readonly boundary?: string;
  readonly tags?: Tags;
}

export interface Role extends Principal {
  /** EC2 may assume it unless this says otherwise. */
  readonly trust?: Policy;
  readonly boundary?: string;
  readonly lastUsed?: Moment;
  readonly tags?: Tags;
}

export type Tags = Readonly<Record<string, string>>;

export interface PublicAccessFlags {
  readonly blockPublicAcls?: boolean;
  readonly ignorePublicAcls?: boolean;
  readonly blockPublicPolicy?: boolean;
  readonly restrictPublicBuckets?: boolean;
}

export interface Bucket {
  readonly region?: string;
  /** All four flags, as S3 sets them on new buckets, unless this says otherwise; `none` is no configuration at all. */
  readonly block?: 'all' | 'none' | PublicAccessFlags;
  /** `BucketOwnerEnforced` as S3 sets it on new buckets; `none` is no ownership controls at all, as on old ones. */
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | 'none';
  readonly acl?: 'private' | 'public-read' | 'public-read-write' | 'authenticated-read' | 'log-delivery-write';
  readonly policy?: Policy;
  readonly tags?: Tags;
}

/** `'tcp 22 0.0.0.0/0'`, `'udp 1000-2000 ::/0'`, `'all 10.0.0.0/8'`, `'tcp 443 pl:offices'`, `'all sg:self'`, `'icmp 0.0.0.0/0'`, `'50 0.0.0.0/0'`. */
export type SecurityGroupRule = string;
/** `'100 allow tcp 22 0.0.0.0/0'`, `'90 deny all ::/0'`. */
export type NetworkAclRule = string;

export interface SecurityGroup {
  readonly region?: string;
  readonly ingress?: readonly SecurityGroupRule[];
  /** Everything to everywhere, as EC2 sets it, unless this says otherwise. */
  readonly egress?: readonly SecurityGroupRule[];
  readonly tags?: Tags;
}

export interface NetworkAcl {
  readonly region?: string;
  readonly ingress?: readonly NetworkAclRule[];
  readonly egress?: readonly NetworkAclRule[];
  /** Names of described subnets. */
  readonly subnets?: readonly string[];
}

export interface Subnet {
  readonly region?: string;
  /** Where its route table leads; `internet` by default. */
  readonly route?: 'internet' | 'none';
  /** Instances get a public address unless they say otherwise. */
  readonly public?: boolean;
}

export interface Instance {
  readonly region?: string;
  /** The name of a described image, or the id of one that nobody can see any more. */
  readonly image?: string;
  readonly tokens?: 'optional' | 'required';
  readonly metadataEndpoint?: 'enabled' | 'disabled';
  readonly hopLimit?: number;
  /** Whether it has a public address; as its subnet says if absent. */
  readonly public?: boolean;
  /** The name of a described subnet; a default one if absent. */
  readonly subnet?: string;
  /** Names of described security groups; the default group if absent. */
  readonly groups?: readonly string[];
  /** The name of a described role. */
  readonly profile?: string;
  readonly state?: 'running' | 'stopped' | 'terminated';
  readonly launched?: Moment;
  /** What SSM Agent reports; absent when the instance is not managed. */
  readonly os?: ManagedSystem;
  /** Patch Manager's last result; absent when there is none. */
  readonly patches?: Patches;
  readonly tags?: Tags;
}

export interface ManagedSystem {
  readonly name: string;
  readonly version: string;
  readonly platform?: 'Linux' | 'Windows' | 'MacOS';
  readonly ping?: 'Online' | 'ConnectionLost' | 'Inactive';
}

export interface Patches {
  readonly missing?: number;
  readonly failed?: number;
  readonly pendingReboot?: number;
  readonly criticalNonCompliant?: number;
  readonly securityNonCompliant?: number;
  readonly operation?: 'Scan' | 'Install';
  readonly ended?: Moment;
}

export interface Image {
  /** If it is not the one it is described by. */
  readonly name?: string | undefined;
  readonly region?: string;
  /** This account unless given: an account id, or one of the aliases that AWS publishes under. */
  readonly owner?: 'amazon' | 'aws-marketplace' | string;
  readonly created?: Moment;
  readonly deprecated?: Moment;
  readonly state?: 'available' | 'disabled' | 'deregistered' | 'pending' | 'failed';
  readonly public?: boolean;
  readonly tags?: Tags;
}

export interface LaunchTemplate {
  readonly region?: string;
  /** The image of each version, first to last: a described one's name, an id, `resolve:ssm:…`, or none. */
  readonly versions: readonly (string | undefined)[];
  /** The last one unless given. */
  readonly defaultVersion?: number;
  readonly tags?: Tags;
}

export interface Snapshot {
  readonly region?: string;
  readonly public?: boolean;
  readonly encrypted?: boolean;
  readonly created?: Moment;
  readonly tags?: Tags;
}

export interface Trail {
  readonly region?: string;
  readonly bucket: string;
  readonly multiRegion?: boolean;
  readonly logging?: boolean;
  readonly validation?: boolean;
  readonly globalEvents?: boolean;
  readonly organization?: boolean;
  readonly deliveryError?: string;
  readonly lastDelivery?: Moment;
  /** As for PutEventSelectors: classic selectors, or advanced ones. */
  readonly selectors?: readonly EventSelector[];
  readonly advancedSelectors?: readonly AdvancedSelector[];
}

export interface EventSelector {
  readonly ReadWriteType?: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents?: boolean;
  readonly ExcludeManagementEventSources?: string[];
}

export interface AdvancedSelector {
  readonly Name?: string;
  readonly FieldSelectors: { readonly Field: string; readonly Equals?: string[]; readonly NotEquals?: string[] }[];
}

export interface RegionSettings {
  readonly ebsEncryption?: boolean;
  readonly imageBlock?: 'block-new-sharing' | 'unblocked';
  readonly snapshotBlock?: 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
}

export interface PasswordPolicy {
  readonly minimumLength: number;
  readonly reusePrevention?: number;
}

export interface Contacts {
  readonly primary?: boolean;
  readonly security?: boolean;
}

export interface CredentialReport {
  /** When it was made. AWS makes a new one every four hours at most. */
  readonly generated?: Moment;
  /** The MFA column of users whose device is newer than the report. */
  readonly staleMfa?: readonly string[];
}

export interface PrefixList {
  readonly region?: string;
  readonly cidrs: readonly string[];
}

/** Everything that is described of an account, by name. */
export interface Description {
  readonly id: string;
  readonly now: Date;
  /** Where resources are that do not say. */
  readonly region: string;
  root: Root;
  passwordPolicy: PasswordPolicy | undefined;
  accountBlock: PublicAccessFlags | undefined;
  contacts: Contacts;
  report: CredentialReport;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Principal>;
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, Policy>;
  readonly buckets: Map<string, Bucket>;
  readonly prefixLists: Map<string, PrefixList>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly networkAcls: Map<string, NetworkAcl>;
  readonly subnets: Map<string, Subnet>;
  readonly images: Map<string, Image>;
  readonly instances: Map<string, Instance>;
  readonly launchTemplates: Map<string, LaunchTemplate>;
  readonly snapshots: Map<string, Snapshot>;
  readonly trails: Map<string, Trail>;
  readonly regionSettings: Map<string, RegionSettings>;
}

/** @throws Error when a text is not an ISO instant */
export function toDate(moment: Moment, now: Date): Date {
  const date = typeof moment === 'number' ? new Date(now.getTime() - moment * 86_400_000) : new Date(moment);
  if (Number.isNaN(date.getTime())) throw new Error(`"${moment}" is neither days nor an ISO instant`);
  return date;
}
