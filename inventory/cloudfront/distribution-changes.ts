import type { ChangeEvents } from '../events/changes.ts';
import type { DistributionFacets } from './distribution.ts';

const CLOUDFRONT = 'cloudfront.amazonaws.com';
const named = ['request.id'] as const;

export const distributionChanges: readonly ChangeEvents<keyof DistributionFacets>[] = [
  {
    source: CLOUDFRONT,
    names: ['CopyDistribution', 'CreateDistribution', 'CreateDistributionWithTags'],
    ids: ['response.distribution.id'],
  },
  { source: CLOUDFRONT, names: ['UpdateDistribution', 'UpdateDistributionWithStagingConfig'], ids: named },
  { source: CLOUDFRONT, names: ['DeleteDistribution'], ids: named, deletes: true },
  {
    source: CLOUDFRONT,
    names: ['AssociateDistributionWebACL', 'DisassociateDistributionWebACL'],
    ids: named,
    facets: ['distribution'],
  },
  // Which distributions use one, the event does not tell.
  { source: CLOUDFRONT, names: ['UpdateOriginAccessControl'], facets: ['origins'], indirect: true },
  {
    source: 'logs.amazonaws.com',
    names: ['CreateDelivery', 'DeleteDelivery', 'DeleteDeliverySource', 'PutDeliverySource'],
    facets: ['logDelivery'],
    indirect: true,
  },
];
