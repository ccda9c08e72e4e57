import type { Route as ApiRoute, RouteTable, Subnet } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Facet, Listed } from '../facet.ts';
import { attempt, joined, toListed, unreadList } from '../partial.ts';
import { describeRouteTables, describeSubnets, getManagedPrefixListEntries } from './calls.ts';
import { groupedBy, toListing } from './listing.ts';
import type { Route } from './network.ts';
import { notVisible } from './not-visible.ts';
import { oncePer } from './once-per.ts';
import { type CidrsOf, readPrefixLists } from './prefix-lists.ts';

export const routeCalls = [describeRouteTables, describeSubnets, getManagedPrefixListEntries];

const SOURCE = 'ec2:DescribeRouteTables';
const ENDED: ReadonlySet<string> = new Set(['disassociating', 'disassociated', 'failed']);

const tablesOfSubnet = groupedBy(associatedSubnetIds);
const mainTablesOfVpc = groupedBy((table: RouteTable) => (isMainTable(table) ? [table.VpcId] : []));
const subnetsById = groupedBy(({ SubnetId }: Subnet) => [SubnetId]);

/** The subnets that name the table as their own. */
export function associatedSubnetIds({ Associations = [] }: RouteTable): readonly string[] {
  const current = Associations.filter(({ AssociationState }) => !ENDED.has(AssociationState?.State ?? ''));
  return current.flatMap(({ SubnetId }) => SubnetId ?? []);
}

/** Whether the table holds in all subnets of its VPC that have none of their own. */
export function isMainTable({ Associations = [] }: RouteTable): boolean {
  return Associations.some(({ Main }) => Main);
}

/** The routes that hold in a subnet. What was refused makes the list partial. */
export async function readRoutes(place: Place, subnetId: string, vpcId: string): Promise<Listed<Route>> {
  const [tables, subnets] = await Promise.all([toListing(describeRouteTables(place, 'all')), toListing(describeSubnets(place, 'all'))]);
  const table = await attempt(() => tableOf(tables, subnetId, vpcId));
  if (!table.read) return unreadList(table.reason);
  return behindBlock(await routesIn(tables)(table.value, place), await attempt(() => blocksInternet(subnets, subnetId)));
}

/** The table that the subnet is associated with, else the main one of its own VPC. */
function tableOf(tables: Listed<RouteTable>, subnetId: string, vpcId: string): RouteTable {
  const [explicit] = tablesOfSubnet(tables, subnetId);
  const [table] = explicit ? [explicit] : mainTablesOfVpc(tables, vpcId);
  if (!table) throw notVisible(SOURCE, `the route table of ${subnetId}`);
  return table;
}

/**
 * VPC Block Public Access stops what comes from the internet, whatever the routes say; exclusions are part of the subnet's own state
 * (Amazon VPC User Guide, "Block public access to VPCs and subnets"). Subnets without the state are in regions where nothing is blocked.
 * @throws Unread where the subnet is not known
 */
export function blocksInternet(subnets: Listed<Subnet>, subnetId: string): boolean {
  const [subnet] = subnetsById(subnets, subnetId);
  if (!subnet) throw notVisible('ec2:DescribeSubnets', subnetId);
  return (subnet.BlockPublicAccessStates?.InternetGatewayBlockMode ?? 'off') !== 'off';
}

/** Routes to the internet lead nowhere behind a block, and are unread where it is not known whether there is one. */
function behindBlock(routes: Listed<Route>, blocked: Facet<boolean>): Listed<Route> {
  if (!blocked.read) return joined([routes.filter((route) => !leadsOut(route))], blocked.reason);
  return blocked.value ? routes.map((route) => (leadsOut(route) ? { ...route, active: false } : route)) : routes;
}

function leadsOut({ target }: Route): boolean {
  return target === 'internet-gateway' || target === 'egress-only-gateway';
}

const routesIn = oncePer((_tables: Listed<RouteTable>) => oncePer(readTableRoutes));

/** The routes as they stand in a table, whatever VPC Block Public Access makes of them in a subnet. */
export async function readTableRoutes({ Routes }: RouteTable, place: Place): Promise<Listed<Route>> {
  if (Routes === undefined) return unreadList(malformed(SOURCE, 'a table has no list of routes').reason);
  const cidrsOf = await readPrefixLists(
    place,
    Routes.flatMap(({ DestinationPrefixListId }) => DestinationPrefixListId ?? []),
  );
  return joined(Routes.map((route) => toRoutes(route, cidrsOf)));
}

/** One route per destination: a prefix list has many. */
function toRoutes(route: ApiRoute, cidrsOf: CidrsOf): Listed<Route> {
  const active = route.State !== 'blackhole' && route.State !== 'filtered';
  return toListed(destinationsOf(route, cidrsOf), (destination) => ({ destination, ...targetOf(route), active }));
}

function destinationsOf(route: ApiRoute, cidrsOf: CidrsOf): Iterable<string> {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = route;
  if (DestinationPrefixListId !== undefined) return cidrsOf(DestinationPrefixListId);
  const destination = DestinationCidrBlock ?? DestinationIpv6CidrBlock;
  return destination === undefined ? unreadList(malformed(SOURCE, 'a route has no destination').reason) : [destination];
}

function targetOf(route: ApiRoute): Pick<Route, 'target' | 'targetId'> {
  const { GatewayId, EgressOnlyInternetGatewayId, NatGatewayId } = route;
  if (NatGatewayId !== undefined) return { target: 'nat', targetId: NatGatewayId };
  if (EgressOnlyInternetGatewayId !== undefined) return { target: 'egress-only-gateway', targetId: EgressOnlyInternetGatewayId };
  if (GatewayId === 'local') return { target: 'local', targetId: GatewayId };
  if (GatewayId?.startsWith('igw-')) return { target: 'internet-gateway', targetId: GatewayId };
  if (GatewayId?.startsWith('eigw-')) return { target: 'egress-only-gateway', targetId: GatewayId };
  return { target: 'other', targetId: GatewayId ?? otherTargetOf(route) };
}

function otherTargetOf(route: ApiRoute): string {
  const { TransitGatewayId, VpcPeeringConnectionId, NetworkInterfaceId, InstanceId, LocalGatewayId, CarrierGatewayId } = route;
  const id = TransitGatewayId ?? VpcPeeringConnectionId ?? NetworkInterfaceId ?? InstanceId ?? LocalGatewayId ?? CarrierGatewayId;
  return id ?? route.CoreNetworkArn ?? route.OdbNetworkArn ?? '';
}
