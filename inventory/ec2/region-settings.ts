import { Listed } from '../facet.ts';
import { defineReader } from '../reader.ts';
import type { Scope } from '../resource.ts';
import { getEbsEncryptionByDefault } from './calls.ts';

export interface RegionSettingsFacets {
  readonly ebsEncryptionByDefault: boolean;
}

/** What EC2 keeps once per account and region. The ARN is ours, in AWS's form: AWS has none for it. */
export const regionSettings = defineReader<'AWS::EC2::RegionSettings', Scope>({
  type: 'AWS::EC2::RegionSettings',
  scope: 'regional',
  changes: [],
  list: { calls: [], read: async ({ scope }) => new Listed([scope]) },
  identify: ({ accountId, region }, _scope, partition) => ({
    arn: `arn:${partition}:ec2:${region}:${accountId}:region-settings`,
    id: region,
    accountId,
    region,
    partition,
    tags: {},
  }),
  facets: {
    ebsEncryptionByDefault: { calls: [getEbsEncryptionByDefault], read: (_scope, place) => getEbsEncryptionByDefault(place) },
  },
});
