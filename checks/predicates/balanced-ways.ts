import type { InterfaceExposure } from '../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, SecurityGroupRule } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import type { Accelerator } from '../../inventory/global-accelerator/way.ts';
import type { BalancedWay, BalancerHop, BalancerZone, PassedBalancer } from '../../inventory/load-balancing/way.ts';
import { type AddressRange, ALL_ADDRESSES, type Family, familyOf, reachOf, toRange } from './addresses.ts';
import {
  acceleratedAclGates,
  aclGates,
  type Door,
  entriesOf,
  type Gate,
  gatewaysIn,
  groupGate,
  inARow,
  openGate,
  RETURN_PORTS,
  routeGate,
  sideBySide,
} from './gates.ts';
import { difference, type IntervalSet, intersection, union } from './intervals.ts';
import { anyOf, isUnread, someOf } from './logic.ts';
import { allowedAt, allowedAtSome } from './network-acls.ts';
import { isWide, type Opening, type Openings, type Proof } from './openings.ts';
import { portsText, type Service, type Transport } from './ports.ts';
import { mayLetIn, sourcesOf } from './security-groups.ts';
import { answerOf, knownOf, refuseToJudge } from './unread.ts';

const FAMILIES = [4, 6] as const;

/**
 * The services of an interface that the internet reaches through load balancers, whether or not it has a public address: their listeners and groups let in,
 * their subnets answer to the internet or an accelerator is before them, and the interface's own groups and network ACL let in what the last balancer sends, which bears the client's address
 * or the balancer's.
 */
export function reachableThroughBalancers(exposure: InterfaceExposure, services: readonly Service[]): Openings {
  const { known, unread } = knownOf(() => exposure.ways);
  const found: Opening[] = [];
  let undecided: Unread | undefined;
  for (const way of known) {
    for (const { service, transport } of servedBy(way, services)) {
      const port = way.target.port;
      for (const family of FAMILIES) {
        const gate = gateOf(way, exposure, transport, family);
        const reach = reachOf(gate.sure, family);
        const opening = { service, ports: { from: port, to: port }, proof: [proofOf(way, exposure, transport)] };
        if (isWide(reach)) found.push({ ...opening, reach });
        else if (isWide(reachOf(gate.possible, family))) undecided ??= gate.unread;
      }
    }
  }
  return { found, undecided: undecided ?? unread };
}

function servedBy({ target }: BalancedWay, services: readonly Service[]): readonly { service: Service; transport: Transport }[] {
  return services
    .filter(({ transport, ports }) => target.transports.includes(transport) && ports.from <= target.port && target.port <= ports.to)
    .map((service) => ({ service, transport: service.transport }));
}

/** The clients of a family that come all the way. */
function gateOf(way: BalancedWay, exposure: InterfaceExposure, transport: Transport, family: Family): Gate {
  const { accelerator } = way;
  const last = way.hops.at(-1);
  if (!last || (accelerator && !accelerator.families.includes(family))) return { sure: [], possible: [], unread: undefined };
  const entrance = accelerator ? [clientGate(accelerator.clients, family)] : [];
  const hops = way.hops.map((hop, index) => hopGate(hop, way.hops[index - 1] ?? accelerator, transport, family));
  const { known: zones, unread } = knownOf(() => last.balancer.zones);
  const onward = zones.map((zone) => inARow(onwardGates(zone, last, way, exposure, transport, family), family));
  const gates = [...entrance, ...hops, sideBySide([...onward, ...unknownIf(unread, family)])];
  return inARow(accelerator?.keepsClientAddress === false ? gates.map((gate) => blurred(gate, family)) : gates, family);
}

/** What is let through, of requests that bear an address of which nothing is known: everybody or nobody. */
function blurred({ possible, unread }: Gate, family: Family): Gate {
  if (possible.length === 0) return { sure: [], possible, unread: undefined };
  const own = answerOf(() =>
    refuseToJudge('no-data', 'globalaccelerator:ListEndpointGroups', 'an accelerator sends to it from addresses of its own'),
  );
  return { sure: [], possible: ALL_ADDRESSES[family], unread: unread ?? own.unread };
}

/** Into a load balancer: the first from the internet or an accelerator, the next with the client's address from the one before. */
function hopGate(
  { balancer, listener, clients }: BalancerHop,
  before: BalancerHop | Accelerator | undefined,
  transport: Transport,
  family: Family,
): Gate {
  const door = { transport, ports: { from: listener.port, to: listener.port } };
  if (before === undefined && !balancer.families.includes(family)) return { sure: [], possible: [], unread: undefined };
  const { known: zones, unread } = knownOf(() => balancer.zones);
  const around = zones.map((zone) => inARow(zoneGates(zone, balancer, before, door, family), family));
  const groups = balancer.rules ? rulesGate(() => balancer.rules?.ingress ?? [], groupIdsOf(before), door, family) : openGate(family);
  return inARow([clientGate(clients, family), groups, sideBySide([...around, ...unknownIf(unread, family)])], family);
}

function* zoneGates(
  zone: BalancerZone,
  { name }: PassedBalancer,
  before: BalancerHop | Accelerator | undefined,
  door: Door,
  family: Family,
): Generator<Gate> {
  const acl = answerOf(() => entriesOf(zone.acl, name));
  if (before === undefined) {
    yield routeGate(
      answerOf(() => [...zone.routes]),
      family,
    );
  }
  yield* before && !('balancer' in before) ? acceleratedAclGates(acl, door, family) : aclGates(acl, door, family);
}

function groupIdsOf(before: BalancerHop | Accelerator | undefined): readonly string[] {
  if (before === undefined) return [];
  return 'balancer' in before ? before.balancer.groupIds : before.groupIds;
}

/** Those whom a listener or an accelerator sends on. */
export function clientGate(clients: Iterable<string>, family: Family): Gate {
  const { known, unread } = knownOf(() => clients);
  const ranges = known.map((cidr) => toRange(cidr, 'elasticloadbalancing:DescribeRules')).filter((range) => range.family === family);
  const sure = union(ranges);
  return { sure, possible: unread ? ALL_ADDRESSES[family] : sure, unread };
}

/** From the last load balancer, out of one of its subnets, to the interface. */
function* onwardGates(
  zone: BalancerZone,
  { balancer }: BalancerHop,
  { target }: BalancedWay,
  exposure: InterfaceExposure,
  transport: Transport,
  family: Family,
): Generator<Gate> {
  const door = { transport, ports: { from: target.port, to: target.port } };
  const inside = familyOf(target.address);
  if (balancer.rules)
    yield allOrNone(() => someOf(balancer.rules?.egress ?? [], (rule) => letsOutTo(rule, target.address, exposure.groupIds, door)), family);
  const crosses = zone.subnetId !== target.subnetId;
  const acl = answerOf(() => entriesOf(exposure.acl, exposure.interfaceId));
  if (crosses) yield allOrNone(() => letsPassTo(entriesOf(zone.acl, balancer.name), target.address, door), family);
  const keeps = target.keepsClientAddress && inside === family;
  const arriving = inARow(
    [rulesGate(() => exposure.ingress, balancer.groupIds, door, inside), ...(crosses ? aclGates(acl, door, inside) : [])],
    inside,
  );
  yield keeps ? arriving : lettingAll(arriving, zone, inside, family);
}

/** Whether the balancer's own network ACL lets requests out to an address, and answers in. */
function letsPassTo({ ingress, egress }: NetworkAclEntries, address: string, { transport, ports }: Door): boolean {
  const target = toAddress(address);
  return (
    holds(allowedAt(egress, transport, ports, target.family), target) &&
    holds(allowedAtSome(ingress, transport, RETURN_PORTS, target.family), target)
  );
}

/** Rules of groups that let in addresses, or whatever carries one of these groups. */
export function rulesGate(rules: () => Iterable<SecurityGroupRule>, groupIds: readonly string[], door: Door, family: Family): Gate {
  const { known, unread } = knownOf(rules);
  const isPeer = ({ peer }: SecurityGroupRule) => peer.kind === 'security-group' && groupIds.includes(peer.groupId);
  if (known.some((rule) => isPeer(rule) && mayLetIn(rule, door))) return openGate(family);
  const sources = sourcesOf(() => known, [{ name: '', ...door }]);
  return groupGate(unread ? { ...sources, undecided: [...sources.undecided, { rule: undefined, unread }] } : sources, door, family);
}

/** Whether a gate lets in all that a balancer sends from its subnet, with an address of its own: then it lets in whoever the balancer does. */
function lettingAll({ sure, possible, unread }: Gate, zone: BalancerZone, inside: Family, family: Family): Gate {
  const { known, unread: hidden } = knownOf(() => zone.cidrs);
  const own = union(known.map((cidr) => toRange(cidr, 'ec2:DescribeSubnets')).filter((range) => range.family === inside));
  const all: IntervalSet = ALL_ADDRESSES[family];
  if (own.length > 0 && !hidden && difference(own, sure).length === 0) return openGate(family);
  const mayPass = hidden !== undefined || intersection(own, possible).length > 0;
  return { sure: [], possible: mayPass ? all : [], unread: mayPass ? (unread ?? hidden ?? partly(zone)) : undefined };
}

function partly({ subnetId }: BalancerZone): Unread | undefined {
  const operation = 'ec2:DescribeNetworkInterfaces';
  return answerOf(() => refuseToJudge('no-data', operation, `only a part of ${subnetId} is let in, and a load balancer may be in it`))
    .unread;
}

function letsOutTo(rule: SecurityGroupRule, address: string, groupIds: readonly string[], door: Door): boolean {
  if (!mayLetIn(rule, door)) return false;
  const { peer } = rule;
  if (peer.kind === 'security-group') return groupIds.includes(peer.groupId);
  const target = toAddress(address);
  const covers = (cidr: string) => {
    const range = toRange(cidr, 'ec2:DescribeSecurityGroups');
    return range.family === target.family && holds([range], target);
  };
  return peer.kind === 'cidr' ? covers(peer.cidr) : someOf(peer.cidrs, covers);
}

function toAddress(address: string): AddressRange {
  return toRange(`${address}/${familyOf(address) === 6 ? 128 : 32}`, 'ec2:DescribeInstances');
}

function holds(set: IntervalSet, { from, to }: AddressRange): boolean {
  return set.some((interval) => interval.from <= from && to <= interval.to);
}

function allOrNone(question: () => boolean, family: Family): Gate {
  try {
    return anyOf(question) ? openGate(family) : { sure: [], possible: [], unread: undefined };
  } catch (error) {
    if (!isUnread(error)) throw error;
    return { sure: [], possible: ALL_ADDRESSES[family], unread: error };
  }
}

function unknownIf(unread: Unread | undefined, family: Family): readonly Gate[] {
  return unread ? [{ sure: [], possible: ALL_ADDRESSES[family], unread }] : [];
}

function proofOf({ accelerator, hops, target }: BalancedWay, { interfaceId }: InterfaceExposure, transport: Transport): Proof {
  const [first] = hops;
  const routes = knownOf(() => first?.balancer.zones ?? []).known.flatMap((zone) => knownOf(() => zone.routes).known);
  return {
    interface: interfaceId,
    ...(accelerator ? { accelerator: accelerator.name } : {}),
    loadBalancer: hops.map(({ balancer }) => balancer.name).join(' > '),
    listener: hops.map(({ listener }) => `${listener.protocol} ${listener.port}`).join(' > '),
    ...(accelerator ? {} : { gateway: gatewaysIn(routes) }),
    protocol: transport,
    ports: portsText({ from: target.port, to: target.port }),
  };
}
