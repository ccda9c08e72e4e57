import type { RouteTable } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeRouteTables, getManagedPrefixListEntries } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import type { Route } from './network.ts';
import { associatedSubnetIds, isMainTable, readTableRoutes } from './routes.ts';

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
  changes: [],
  list: {
    calls: [describeRouteTables],
    read: async (place) =>
      toListed(await describeRouteTables(place), (table) => toDescribed(SOURCE, table.RouteTableId, table.OwnerId, table)),
  },
  identify: identifyAs('route-table'),
  facets: {
    table: { calls: [], read: ({ detail }) => toProperties(detail) },
    routes: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readTableRoutes(detail, place) },
  },
});

function toProperties(table: RouteTable): RouteTableProperties {
  if (table.VpcId === undefined || table.Associations === undefined) throw malformed(SOURCE, 'a table is incomplete');
  return { vpcId: table.VpcId, isMain: isMainTable(table), subnetIds: associatedSubnetIds(table) };
}
