import { Listed } from '../facet.ts';
import { defineReader } from '../reader.ts';
import type { Scope } from '../resource.ts';
import { getEbsEncryptionByDefault, getImageBlockPublicAccessState, getSnapshotBlockPublicAccessState } from './calls.ts';
import { EC2 } from './ids-of.ts';
import { getAllowedImagesSettings, getInstanceMetadataDefaults, getSerialConsoleAccessStatus } from './machine-calls.ts';
import { type MetadataDefaults, toMetadataDefaults } from './metadata-defaults.ts';
import { describeVpcBlockPublicAccessOptions } from './network-calls.ts';

export interface RegionSettingsFacets {
  readonly ebsEncryptionByDefault: boolean;
  /** Of images: `block-new-sharing` or `unblocked`. */
  readonly imageBlockPublicAccess: string;
  /** Of snapshots: `block-all-sharing`, `block-new-sharing` or `unblocked`. */
  readonly snapshotBlockPublicAccess: string;
  /** What the account prescribes for the metadata service of new instances. */
  readonly metadataDefaults: MetadataDefaults;
  /** Whoever has the permission may log in to instances through their serial console, past the network. */
  readonly serialConsoleAccess: boolean;
  /** Whether images of others than the allowed publishers are refused: `enabled`, `audit-mode` (they are only reported) or `disabled`. */
  readonly allowedImages: string;
  /** The region's VPC Block Public Access for internet gateways: `off`, `block-ingress` or `block-bidirectional`. */
  readonly vpcBlockPublicAccess: string;
  /** Whether CloudTrail's events of the region arrive at the hub, as far as a deployment can tell. */
  readonly eventDelivery: EventDelivery;
}

/**
 * When an event of the region should have been heard at the latest, and when one was: every audit makes calls there that come back as events.
 * Times are ISO 8601 UTC in whole seconds, as CloudTrail tells them. Not deployed: nobody hears anything.
 */
export type EventDelivery =
  | { readonly deployed: false }
  | {
      readonly deployed: true;
      /** `undefined` when nothing can be expected yet. */
      readonly expectedSince: string | undefined;
      /** When the newest event that was heard happened; `undefined` when none ever was. */
      readonly heardAt: string | undefined;
    };

/** What EC2 keeps once per account and region. */
export const regionSettings = defineReader<'AWS::EC2::RegionSettings', Scope>({
  type: 'AWS::EC2::RegionSettings',
  scope: 'regional',
  changes: [
    {
      source: EC2,
      names: ['EnableEbsEncryptionByDefault', 'DisableEbsEncryptionByDefault'],
      ids: 'region',
      facets: ['ebsEncryptionByDefault'],
    },
    {
      source: EC2,
      names: ['EnableImageBlockPublicAccess', 'DisableImageBlockPublicAccess'],
      ids: 'region',
      facets: ['imageBlockPublicAccess'],
    },
    {
      source: EC2,
      names: ['EnableSnapshotBlockPublicAccess', 'DisableSnapshotBlockPublicAccess'],
      ids: 'region',
      facets: ['snapshotBlockPublicAccess'],
    },
    { source: EC2, names: ['ModifyInstanceMetadataDefaults'], ids: 'region', facets: ['metadataDefaults'] },
    { source: EC2, names: ['EnableSerialConsoleAccess', 'DisableSerialConsoleAccess'], ids: 'region', facets: ['serialConsoleAccess'] },
    {
      source: EC2,
      names: ['EnableAllowedImagesSettings', 'DisableAllowedImagesSettings', 'ReplaceImageCriteriaInAllowedImagesSettings'],
      ids: 'region',
      facets: ['allowedImages'],
    },
    { source: EC2, names: ['ModifyVpcBlockPublicAccessOptions'], ids: 'region', facets: ['vpcBlockPublicAccess'] },
    { source: EC2, names: ['ModifyEbsDefaultKmsKeyId', 'ResetEbsDefaultKmsKeyId'], ids: 'region', facets: [] },
  ],
  list: { calls: [], read: async ({ scope }) => new Listed([scope]) },
  identify: ({ accountId, region }, _scope, partition) => ({
    arn: settingsArn({ accountId, region }, partition),
    id: region,
    accountId,
    region,
    partition,
    tags: {},
  }),
  facets: {
    ebsEncryptionByDefault: { calls: [getEbsEncryptionByDefault], read: (_scope, place) => getEbsEncryptionByDefault(place) },
    imageBlockPublicAccess: { calls: [getImageBlockPublicAccessState], read: (_scope, place) => getImageBlockPublicAccessState(place) },
    snapshotBlockPublicAccess: {
      calls: [getSnapshotBlockPublicAccessState],
      read: (_scope, place) => getSnapshotBlockPublicAccessState(place),
    },
    metadataDefaults: {
      calls: [getInstanceMetadataDefaults],
      read: async (_scope, place) => toMetadataDefaults(await getInstanceMetadataDefaults(place)),
    },
    serialConsoleAccess: { calls: [getSerialConsoleAccessStatus], read: (_scope, place) => getSerialConsoleAccessStatus(place) },
    allowedImages: { calls: [getAllowedImagesSettings], read: (_scope, place) => getAllowedImagesSettings(place) },
    vpcBlockPublicAccess: {
      calls: [describeVpcBlockPublicAccessOptions],
      read: (_scope, place) => describeVpcBlockPublicAccessOptions(place),
    },
    eventDelivery: {
      calls: [],
      read: (scope, { session }) => session.eventDelivery?.(scope) ?? NOT_DEPLOYED,
    },
  },
});

const NOT_DEPLOYED: EventDelivery = { deployed: false };

/** In AWS's form, but ours: AWS has no ARN for it. */
export function settingsArn({ accountId, region }: Scope, partition: string): string {
  return `arn:${partition}:ec2:${region}:${accountId}:region-settings`;
}
