import { Listed } from '../facet.ts';
import { defineReader } from '../reader.ts';
import type { Scope } from '../resource.ts';
import { getEbsEncryptionByDefault } from './calls.ts';
import { EC2 } from './ids-of.ts';

export interface RegionSettingsFacets {
  readonly ebsEncryptionByDefault: boolean;
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
