import type { ResourceType } from '../inventory/resource.ts';

const OF_REGION: ReadonlySet<ResourceType> = new Set(['AWS::Account::Region', 'AWS::EC2::RegionSettings']);

/** Whether a resource is what there is once in a region, so that the region's name says it all. */
export function isOfRegion({ type }: { readonly type: ResourceType }): boolean {
  return OF_REGION.has(type);
}
