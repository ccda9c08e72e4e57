import type { NetworkAclEntries } from './network.ts';

export interface NetworkAclFacets {
  readonly acl: { readonly vpcId: string; readonly isDefault: boolean };
  readonly entries: NetworkAclEntries;
  readonly subnetIds: readonly string[];
}
