import type { BucketFacets } from '../s3/bucket.ts';

export interface TrailFacets {
  readonly trail: TrailProperties;
  readonly status: TrailStatus;
  readonly managementEvents: ManagementEvents;
  /** The facets of the bucket that it writes to. Unread with cause `other-account` when the bucket is not ours to judge. */
  readonly bucket: Pick<BucketFacets, 'accountPublicAccessBlock' | 'publicAccessBlock' | 'ownership' | 'acl' | 'policy' | 'policyIsPublic'>;
}

export interface TrailProperties {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: string;
  readonly multiRegion: boolean;
  readonly includesGlobalEvents: boolean;
  readonly logFileValidation: boolean;
  readonly organization: boolean;
  readonly bucketName: string;
  readonly kmsKeyId: string | undefined;
}

export interface TrailStatus {
  readonly logging: boolean;
  readonly latestDeliveryAt: string | undefined;
  readonly latestDeliveryError: string | undefined;
}

/** What the selectors of a trail add up to for management events. */
export interface ManagementEvents {
  readonly read: boolean;
  readonly write: boolean;
  /** Services left out: `kms.amazonaws.com`, `rdsdata.amazonaws.com`. */
  readonly excludedSources: readonly string[];
}

/** A trail with each part of its state that could be read; the others throw `Unread` when touched. */
export interface TrailState {
  readonly trail: TrailProperties;
  readonly status: TrailStatus;
  readonly managementEvents: ManagementEvents;
}
