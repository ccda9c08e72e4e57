import type { RouteTable, VpcPeeringConnection, VpcPeeringConnectionVpcInfo } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeRouteTables, getManagedPrefixListEntries } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { toListing } from './listing.ts';
import { describeVpcPeeringConnections } from './network-calls.ts';
import { readTableRoutes } from './routes.ts';
import { vpcPeeringConnectionChanges } from './vpc-peering-connection-changes.ts';
import type { Wanted } from './wanted.ts';

export interface VpcPeeringConnectionFacets {
  readonly peering: VpcPeering;
  /** The routes of this account and region that lead into the connection, from either side of it. */
  readonly peeringRoutes: Iterable<PeeringRoute>;
}

export interface VpcPeering {
  /** `active`, or a step before or after: nothing passes then. */
  readonly status: string;
  readonly requester: PeeredVpc;
  readonly accepter: PeeredVpc;
}

export interface PeeredVpc {
  readonly vpcId: string;
  readonly accountId: string;
  readonly region: string;
  /** IPv4 and IPv6; empty until the other side has accepted. */
  readonly cidrs: readonly string[];
}

export interface PeeringRoute {
  readonly tableId: string;
  /** Of the table: the connection leads from here to the other VPC. */
  readonly vpcId: string;
  readonly destination: string;
}

const SOURCE = 'ec2:DescribeVpcPeeringConnections';

export const vpcPeeringConnections = defineReader<'AWS::EC2::VPCPeeringConnection', Described<VpcPeeringConnection>>({
  type: 'AWS::EC2::VPCPeeringConnection',
  scope: 'regional',
  changes: vpcPeeringConnectionChanges,
  list: { calls: [describeVpcPeeringConnections], read: (place) => listConnections(place, 'all') },
  only: {
    calls: [describeVpcPeeringConnections],
    read: (place, ids) => describedOnly(place, ids, 'vpc-peering-connection-id', listConnections),
  },
  identify: identifyAs('vpc-peering-connection'),
  facets: {
    peering: { calls: [], read: ({ detail }) => toPeering(detail) },
    peeringRoutes: { calls: [describeRouteTables, getManagedPrefixListEntries], read: ({ id }, place) => readPeeringRoutes(id, place) },
  },
});

/** Its owner is the requester's account; it is told, the same, to the accepter's. */
async function listConnections(place: Place, wanted: Wanted): Promise<Listed<Described<VpcPeeringConnection>>> {
  return toListed(await describeVpcPeeringConnections(place, wanted), (detail) =>
    toDescribed(SOURCE, detail.VpcPeeringConnectionId, detail.RequesterVpcInfo?.OwnerId, detail),
  );
}

function toPeering({ Status, RequesterVpcInfo, AccepterVpcInfo }: VpcPeeringConnection): VpcPeering {
  if (Status?.Code === undefined) throw malformed(SOURCE, 'a connection has no status');
  return { status: Status.Code, requester: toPeeredVpc(RequesterVpcInfo), accepter: toPeeredVpc(AccepterVpcInfo) };
}

/** All blocks of the VPC: `CidrBlock` is but the first. */
function toPeeredVpc(vpc: VpcPeeringConnectionVpcInfo | undefined): PeeredVpc {
  if (vpc?.VpcId === undefined || vpc.OwnerId === undefined) throw malformed(SOURCE, 'a connection does not tell its VPCs');
  const { CidrBlock, CidrBlockSet = [], Ipv6CidrBlockSet = [] } = vpc;
  const cidrs = [CidrBlock, ...CidrBlockSet.map((block) => block.CidrBlock), ...Ipv6CidrBlockSet.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock)];
  return {
    vpcId: vpc.VpcId,
    accountId: vpc.OwnerId,
    region: vpc.Region ?? '',
    cidrs: [...new Set(cidrs.filter((cidr) => cidr !== undefined))],
  };
}

async function readPeeringRoutes(id: string, place: Place): Promise<Listed<PeeringRoute>> {
  const tables = await toListing(describeRouteTables(place, 'all'));
  const leading = tables.filter(({ Routes }) => Routes === undefined || Routes.some((route) => route.VpcPeeringConnectionId === id));
  const each = await Promise.all(leading.known.map((table) => routesInto(id, table, place)));
  return joined(each, leading.unread);
}

async function routesInto(id: string, table: RouteTable, place: Place): Promise<Listed<PeeringRoute>> {
  const { RouteTableId: tableId, VpcId: vpcId } = table;
  if (tableId === undefined || vpcId === undefined) throw malformed('ec2:DescribeRouteTables', 'a table is incomplete');
  const Routes = table.Routes?.filter(({ VpcPeeringConnectionId }) => VpcPeeringConnectionId === id);
  return (await readTableRoutes({ ...table, Routes }, place)).map(({ destination }) => ({ tableId, vpcId, destination }));
}
