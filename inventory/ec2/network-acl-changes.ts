import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { NetworkAclFacets } from './network-acl.ts';

const at = idsOf('acl');

export const networkAclChanges: readonly ChangeEvents<keyof NetworkAclFacets>[] = [
  { source: EC2, names: ['CreateNetworkAcl'], ids: at('response.networkAcl.networkAclId') },
  {
    source: EC2,
    names: ['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry', 'DeleteNetworkAclEntry'],
    ids: at('request.networkAclId'),
    facets: ['entries'],
  },
  { source: EC2, names: ['DeleteNetworkAcl'], ids: at('request.networkAclId'), deletes: true },
  // It names the ACL that a subnet gets, and not the one that it had.
  { source: EC2, names: ['ReplaceNetworkAclAssociation'], facets: ['subnetIds'] },
  // Each VPC comes and goes with its default ACL, in which new subnets are.
  { source: EC2, names: ['CreateVpc', 'CreateDefaultVpc', 'DeleteVpc'] },
  { source: EC2, names: ['CreateSubnet', 'CreateDefaultSubnet', 'DeleteSubnet'], facets: ['subnetIds'], indirect: true },
  tagChanges('acl'),
];
