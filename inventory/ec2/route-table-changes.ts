import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { ROUTE_SURROUNDINGS } from './network-changes.ts';
import type { RouteTableFacets } from './route-table.ts';

const at = idsOf('rtb');

export const routeTableChanges: readonly ChangeEvents<keyof RouteTableFacets>[] = [
  { source: EC2, names: ['CreateRouteTable'], ids: at('response.routeTable.routeTableId') },
  {
    source: EC2,
    names: ['CreateRoute', 'ReplaceRoute', 'DeleteRoute', 'EnableVgwRoutePropagation', 'DisableVgwRoutePropagation'],
    ids: at('request.routeTableId'),
    facets: ['routes'],
  },
  { source: EC2, names: ['AssociateRouteTable'], ids: at('request.routeTableId'), facets: ['table'] },
  // They name an association, and with it not the table that loses it.
  { source: EC2, names: ['ReplaceRouteTableAssociation', 'DisassociateRouteTable'], facets: ['table'] },
  { source: EC2, names: ['DeleteRouteTable'], ids: at('request.routeTableId'), deletes: true },
  // Each VPC comes and goes with its main table.
  { source: EC2, names: ['CreateVpc', 'CreateDefaultVpc', 'DeleteVpc'] },
  { source: EC2, names: ['DeleteSubnet'], facets: ['table'], indirect: true },
  { source: EC2, names: [...ROUTE_SURROUNDINGS], facets: ['routes'], indirect: true },
  tagChanges('rtb'),
];
