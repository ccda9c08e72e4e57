import type { RouteTable } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeRouteTables, getManagedPrefixListEntries } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import type { Route } from './network.ts';
import { routeTableChanges } from './route-table-changes.ts';
import { associatedSubnetIds, isMainTable, readTableRoutes } from './routes.ts';
import type { Wanted } from './wanted.ts';

export interface RouteTableFacets {
  readonly table: RouteTableProperties;
  /** As they stand in the table: what VPC Block Public Access stops is told by the routes of each subnet. */
  readonly routes: Iterable<Route>;
}

export interface RouteTableProperties {
  readonly vpcId: string;
  /** Whether it holds in the subnets of its VPC that have no table of their own. */
  readonly isMain: boolean;
  /** Only the subnets that are associated with it by name. */
  readonly subnetIds: readonly string[];
}

const SOURCE = 'ec2:DescribeRouteTables';

export const routeTables = defineReader<'AWS::EC2::RouteTable', Described<RouteTable>>({
  type: 'AWS::EC2::RouteTable',
  scope: 'regional',
  changes: routeTableChanges,
  list: {
    calls: [describeRouteTables],
    read: (place) => listTables(place, 'all'),
  },
  only: { calls: [describeRouteTables], read: (place, ids) => describedOnly(place, ids, 'route-table-id', listTables) },
  identify: identifyAs('route-table'),
  facets: {
    table: { calls: [], read: ({ detail }) => toProperties(detail) },
    routes: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readTableRoutes(detail, place) },
  },
});

async function listTables(place: Place, wanted: Wanted): Promise<Listed<Described<RouteTable>>> {
  return toListed(await describeRouteTables(place, wanted), (table) => toDescribed(SOURCE, table.RouteTableId, table.OwnerId, table));
}

function toProperties(table: RouteTable): RouteTableProperties {
  if (table.VpcId === undefined || table.Associations === undefined) throw malformed(SOURCE, 'a table is incomplete');
  return { vpcId: table.VpcId, isMain: isMainTable(table), subnetIds: associatedSubnetIds(table) };
}
