import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { SUBNET_ACL_CHANGES, SUBNET_ROUTE_CHANGES } from './network-changes.ts';
import type { SubnetFacets } from './subnet.ts';

const at = idsOf('subnet');

export const subnetChanges: readonly ChangeEvents<keyof SubnetFacets>[] = [
  { source: EC2, names: ['CreateSubnet', 'CreateDefaultSubnet'], ids: at('response.subnet.subnetId') },
  { source: EC2, names: ['CreateDefaultVpc'] },
  { source: EC2, names: ['DeleteSubnet'], ids: at('request.subnetId'), deletes: true },
  { source: EC2, names: ['ModifySubnetAttribute', 'AssociateSubnetCidrBlock'], ids: at('request.subnetId'), facets: ['subnet'] },
  { source: EC2, names: ['DisassociateSubnetCidrBlock'], ids: at('response.subnetId'), facets: ['subnet'] },
  // A table may be associated with a gateway instead of a subnet: then it may be any.
  { source: EC2, names: ['AssociateRouteTable'], ids: at('request.subnetId'), facets: ['routes'], indirect: true },
  { source: EC2, names: [...SUBNET_ROUTE_CHANGES], facets: ['routes'], indirect: true },
  { source: EC2, names: [...SUBNET_ACL_CHANGES], facets: ['acl'], indirect: true },
  tagChanges('subnet'),
];
