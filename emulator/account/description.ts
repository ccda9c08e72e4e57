import type { Database, DatabaseInstance, DatabaseSnapshot, Key as EncryptionKey, FileSystem, Secret } from './data-stores.ts';
import type { Api, Distribution } from './front-ends.ts';
import type { ManagedOrganization, SamlProvider, ServerCertificate } from './identity.ts';
import type { Accelerator, EndpointService, LoadBalancer, NetworkAcl, PrefixList, SecurityGroup, Subnet, Vpc } from './networks.ts';
import type { RegionServices } from './region-services.ts';
import type { LambdaFunction, Queue, Repository, Topic } from './service-description.ts';

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
  /** The bucket that access to it is logged in. */
  readonly accessLogs?: string;
  /** Enabled, with `mfaDelete` in any case. */
  readonly versioning?: boolean;
  readonly mfaDelete?: boolean;
  readonly acl?: 'private' | 'public-read' | 'public-read-write' | 'authenticated-read' | 'log-delivery-write';
  readonly policy?: Policy;
  readonly tags?: Tags;
}

export interface AccessPoint {
  readonly region?: string;
  /** Of this account. */
  readonly bucket: string;
  /** The only network that it takes requests from. */
  readonly vpc?: string;
  /** All four flags, as S3 sets them on new access points, unless this says otherwise. */
  readonly block?: 'all' | PublicAccessFlags;
  readonly policy?: Policy;
}

export interface MultiRegionAccessPoint {
  /** Names of buckets of this account. */
  readonly buckets: readonly string[];
  /** As of an access point. */
  readonly block?: 'all' | PublicAccessFlags;
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
  /** Its root volume; as the region's default was when it was described, if absent. */
  readonly encrypted?: boolean;
  readonly state?: 'running' | 'stopped' | 'terminated';
  readonly launched?: Moment;
  /** When it was made, if it was stopped and started since; when it was launched if absent. */
  readonly made?: Moment;
  /** The name of a described launch template: the instance is started from its default version. */
  readonly template?: string;
  /** The name of a described Auto Scaling group that the instance belongs to. */
  readonly group?: string;
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
  /** First to last: each version, or only its image. */
  readonly versions: readonly (string | undefined | TemplateVersion)[];
  /** The last one unless given. */
  readonly defaultVersion?: number;
  readonly tags?: Tags;
}

/** What a launch template's version or a launch configuration says of the instances that it starts. */
export interface TemplateVersion {
  /** A described image's name, an id, `resolve:ssm:…`, or none. */
  readonly image?: string;
  /** Left open unless given. */
  readonly tokens?: 'optional' | 'required';
  /** The subnet decides unless given. */
  readonly publicAddress?: boolean;
  /** As text. */
  readonly userData?: string;
}

export interface AutoScalingGroup {
  readonly region?: string;
  /** The name of a described launch template; its default version unless given. */
  readonly template?: string;
  readonly version?: string;
  /** In the place of a template: a launch configuration of the group's name. */
  readonly configuration?: TemplateVersion;
  /** Letters of zones: `a` and `b` unless given. */
  readonly zones?: readonly string[];
  readonly tags?: Tags;
}

export interface Volume {
  readonly region?: string;
  readonly encrypted?: boolean;
  /** The name of a described instance. */
  readonly attachedTo?: string;
  readonly tags?: Tags;
}

export interface Document {
  readonly region?: string;
  /** Account ids, or `all`. */
  readonly sharedWith?: readonly string[];
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
  /** The name of its log group in CloudWatch Logs. */
  readonly logGroup?: string;
  readonly logDeliveryError?: string;
  readonly lastLogDelivery?: Moment;
  /** The ARN of its KMS key. */
  readonly key?: string;
  /** As for PutEventSelectors: classic selectors, or advanced ones. */
  readonly selectors?: readonly EventSelector[];
  readonly advancedSelectors?: readonly AdvancedSelector[];
}

export interface EventSelector {
  readonly ReadWriteType?: 'All' | 'ReadOnly' | 'WriteOnly';
  readonly IncludeManagementEvents?: boolean;
  readonly ExcludeManagementEventSources?: string[];
  readonly DataResources?: { readonly Type: string; readonly Values: string[] }[];
}

/** Of CloudTrail Lake. */
export interface EventDataStore {
  readonly region?: string;
  readonly ingesting?: boolean;
  readonly multiRegion?: boolean;
  readonly selectors: readonly AdvancedSelector[];
}

/** A metric filter of CloudWatch Logs, on a log group that is made with it. Its metric is called as it is. */
export interface MetricFilter {
  readonly region?: string;
  readonly logGroup: string;
  readonly pattern: string;
  /** Goes off at one event, if there is any; tells the topics of these names. */
  readonly alarm?: { readonly topics: readonly string[] };
}

export interface AdvancedSelector {
  readonly Name?: string;
  readonly FieldSelectors: { readonly Field: string; readonly Equals?: string[]; readonly NotEquals?: string[] }[];
}

export interface RegionSettings {
  readonly ebsEncryption?: boolean;
  readonly imageBlock?: 'block-new-sharing' | 'unblocked';
  readonly snapshotBlock?: 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
  /** No preference unless given. */
  readonly tokens?: 'optional' | 'required';
  readonly tokensEnforced?: boolean;
  readonly serialConsole?: boolean;
  readonly allowedImages?: 'enabled' | 'audit-mode' | 'disabled';
  /** VPC Block Public Access, for internet gateways; off unless given. */
  readonly vpcBlock?: 'block-bidirectional' | 'block-ingress';
  /** Whether documents of Systems Manager may be made public, as by default. */
  readonly publicDocuments?: boolean;
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

/** Everything that is described of an account, by name. */
export interface Description {
  readonly id: string;
  readonly now: Date;
  /** Where resources are that do not say. */
  readonly region: string;
  root: Root;
  passwordPolicy: PasswordPolicy | undefined;
  accountBlock: 'all' | PublicAccessFlags | undefined;
  contacts: Contacts;
  /** `undefined` where it manages none; it may be a member of another's. */
  organization: ManagedOrganization | undefined;
  report: CredentialReport;
  readonly users: Map<string, User>;
  readonly groups: Map<string, Principal>;
  readonly roles: Map<string, Role>;
  readonly policies: Map<string, Policy>;
  readonly serverCertificates: Map<string, ServerCertificate>;
  readonly samlProviders: Map<string, SamlProvider>;
  /** By their URL without `https://`. */
  readonly oidcProviders: Set<string>;
  readonly buckets: Map<string, Bucket>;
  readonly accessPoints: Map<string, AccessPoint>;
  readonly multiRegionAccessPoints: Map<string, MultiRegionAccessPoint>;
  readonly prefixLists: Map<string, PrefixList>;
  readonly securityGroups: Map<string, SecurityGroup>;
  readonly networkAcls: Map<string, NetworkAcl>;
  readonly subnets: Map<string, Subnet>;
  readonly vpcs: Map<string, Vpc>;
  readonly endpointServices: Map<string, EndpointService>;
  readonly loadBalancers: Map<string, LoadBalancer>;
  readonly accelerators: Map<string, Accelerator>;
  readonly images: Map<string, Image>;
  readonly instances: Map<string, Instance>;
  readonly launchTemplates: Map<string, LaunchTemplate>;
  readonly autoScalingGroups: Map<string, AutoScalingGroup>;
  readonly volumes: Map<string, Volume>;
  readonly documents: Map<string, Document>;
  readonly snapshots: Map<string, Snapshot>;
  readonly trails: Map<string, Trail>;
  readonly eventDataStores: Map<string, EventDataStore>;
  readonly metricFilters: Map<string, MetricFilter>;
  readonly queues: Map<string, Queue>;
  readonly topics: Map<string, Topic>;
  readonly functions: Map<string, LambdaFunction>;
  readonly repositories: Map<string, Repository>;
  readonly databases: Map<string, DatabaseInstance>;
  readonly databaseClusters: Map<string, Database>;
  readonly databaseSnapshots: Map<string, DatabaseSnapshot>;
  readonly fileSystems: Map<string, FileSystem>;
  readonly keys: Map<string, EncryptionKey>;
  readonly secrets: Map<string, Secret>;
  readonly regionSettings: Map<string, RegionSettings>;
  /** By region. */
  readonly regionServices: Map<string, RegionServices>;
  readonly distributions: Map<string, Distribution>;
  readonly apis: Map<string, Api>;
}

/** @throws Error when a text is not an ISO instant */
export function toDate(moment: Moment, now: Date): Date {
  const date = typeof moment === 'number' ? new Date(now.getTime() - moment * 86_400_000) : new Date(moment);
  if (Number.isNaN(date.getTime())) throw new Error(`"${moment}" is neither days nor an ISO instant`);
  return date;
}
