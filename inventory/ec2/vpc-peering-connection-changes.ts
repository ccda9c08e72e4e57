import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { PREFIX_LIST_CHANGES, VPC_ADDRESS_CHANGES } from './network-changes.ts';
import type { VpcPeeringConnectionFacets } from './vpc-peering-connection.ts';

const at = idsOf('pcx');

export const vpcPeeringConnectionChanges: readonly ChangeEvents<keyof VpcPeeringConnectionFacets>[] = [
  {
    source: EC2,
    names: ['CreateVpcPeeringConnection', 'AcceptVpcPeeringConnection', 'RejectVpcPeeringConnection'],
    ids: at('response.vpcPeeringConnection.vpcPeeringConnectionId', 'request.vpcPeeringConnectionId'),
  },
  { source: EC2, names: ['DeleteVpcPeeringConnection'], ids: at('request.vpcPeeringConnectionId'), facets: ['peering'] },
  { source: EC2, names: ['ModifyVpcPeeringConnectionOptions'], ids: at('request.vpcPeeringConnectionId'), facets: [] },
  {
    source: EC2,
    names: ['CreateRoute'],
    ids: at('request.vpcPeeringConnectionId'),
    facets: ['peeringRoutes'],
    indirect: true,
    onlyIfTold: true,
  },
  // They name a destination, and not what it led to.
  { source: EC2, names: ['ReplaceRoute', 'DeleteRoute', 'DeleteRouteTable'], facets: ['peeringRoutes'], indirect: true },
  { source: EC2, names: [...VPC_ADDRESS_CHANGES], facets: ['peering'], indirect: true },
  { source: EC2, names: [...PREFIX_LIST_CHANGES], facets: ['peeringRoutes'], indirect: true },
  tagChanges('pcx'),
];
