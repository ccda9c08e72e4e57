import type { NetworkAclEntries, PortRange, Route } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import { ALL_ADDRESSES, type Family, toRange } from './addresses.ts';
import { acceptedBy, difference, type IntervalSet, intersection, union } from './intervals.ts';
import { allowedAt, allowedAtSome } from './network-acls.ts';
import type { Transport } from './ports.ts';
import { mayLetIn, type Sources } from './security-groups.ts';
import { type Answer, answerOf, refuseToJudge } from './unread.ts';

/** The addresses that a gate lets through for certain, and those that it may. */
export interface Gate {
  readonly sure: IntervalSet;
  readonly possible: IntervalSet;
  /** Why the two differ. */
  readonly unread: Unread | undefined;
}

/** Ports of a transport, at which nothing changes from one to the next. */
export interface Door {
  readonly transport: Transport;
  readonly ports: PortRange;
}

/** Whoever knocks chooses the port that the answer goes to: not only the usual ephemeral ones. */
export const RETURN_PORTS: PortRange = { from: 1, to: 65_535 };

/** Lets everybody through. */
export function openGate(family: Family): Gate {
  return { sure: ALL_ADDRESSES[family], possible: ALL_ADDRESSES[family], unread: undefined };
}

/** What gates that stand one behind the other let through. */
export function inARow(gates: Iterable<Gate>, family: Family): Gate {
  let all = openGate(family);
  for (const gate of gates) {
    all = {
      sure: intersection(all.sure, gate.sure),
      possible: intersection(all.possible, gate.possible),
      unread: all.unread ?? gate.unread,
    };
    if (all.possible.length === 0) break;
  }
  return all;
}

/** What gates let through of which one suffices. */
export function sideBySide(gates: readonly Gate[]): Gate {
  return {
    sure: union(gates.flatMap(({ sure }) => sure)),
    possible: union(gates.flatMap(({ possible }) => possible)),
    unread: gates.find(({ unread }) => unread)?.unread,
  };
}

/** Rules of security groups: known ones let in for certain, and unread ones may let in anybody. */
export function groupGate({ known, undecided }: Sources, door: Door, family: Family): Gate {
  const here = known.filter(({ rule, range }) => range.family === family && mayLetIn(rule, door));
  const sure = union(here.map(({ range }) => range));
  const unread = undecided.find(({ rule }) => mayLetIn(rule, door))?.unread;
  return { sure, possible: unread ? ALL_ADDRESSES[family] : sure, unread };
}

/** Entries of a network ACL that let the request in and the answer out. */
export function* aclGates(acl: Answer<NetworkAclEntries>, { transport, ports }: Door, family: Family): Generator<Gate> {
  yield toGate(acl, family, ({ ingress }) => allowedAt(ingress, transport, ports, family));
  yield toGate(acl, family, ({ egress }) => allowedAtSome(egress, transport, RETURN_PORTS, family));
}

/**
 * What a network ACL lets through of that which an accelerator sends: its entries hold for the answers. For requests AWS
 * documents that they do not: nothing is closed by them alone, and what they deny is in doubt ("Requirements for endpoints with client IP address preservation", AWS Global
 * Accelerator Developer Guide).
 */
export function* acceleratedAclGates(acl: Answer<NetworkAclEntries>, door: Door, family: Family): Generator<Gate> {
  const [ingress, ...egress] = aclGates(acl, door, family);
  if (ingress) yield { ...ingress, possible: ALL_ADDRESSES[family], unread: ingress.unread ?? perhapsUnheeded(ingress, family) };
  yield* egress;
}

function perhapsUnheeded({ sure }: Gate, family: Family): Unread | undefined {
  if (difference(ALL_ADDRESSES[family], sure).length === 0) return undefined;
  const operation = 'ec2:DescribeNetworkAcls';
  return answerOf(() => refuseToJudge('no-data', operation, 'a network ACL denies it, which accelerators may not heed')).unread;
}

/**
 * Routes by which answers leave through an internet gateway. A firewall may stand in the way: what it lets through nobody can see here.
 */
export function routeGate(routes: Answer<readonly Route[]>, family: Family): Gate {
  const direct = toGate(routes, family, (known) => leaving(known, family, isOpenRoute));
  const inspected = toGate(routes, family, (known) => leaving(known, family, (route) => isOpenRoute(route) || isInspected(route)));
  if (difference(inspected.possible, direct.possible).length === 0) return direct;
  const { unread } = answerOf(() =>
    refuseToJudge('no-data', 'ec2:DescribeRouteTables', 'a route leads through a firewall whose rules are not read'),
  );
  return { sure: direct.sure, possible: inspected.possible, unread: direct.unread ?? unread };
}

/** The entries of the one network ACL that a subnet has. Throws `Unread` where none is known. */
export function entriesOf(acl: Iterable<NetworkAclEntries>, subnetOf: string): NetworkAclEntries {
  for (const entries of acl) return entries;
  return refuseToJudge('no-data', 'ec2:DescribeNetworkAcls', `no network ACL is known for the subnet of ${subnetOf}`);
}

/** Ids of the internet gateways that routes lead to. */
export function gatewaysIn(routes: readonly Route[]): string {
  return [...new Set(routes.filter(isOpenRoute).map(({ targetId }) => targetId))].sort().join(', ');
}

export function toGate<Value>({ value, unread }: Answer<Value>, family: Family, allowed: (value: Value) => IntervalSet): Gate {
  if (value === undefined) return { sure: [], possible: ALL_ADDRESSES[family], unread };
  const decided = answerOf(() => allowed(value));
  if (decided.unread) return { sure: [], possible: ALL_ADDRESSES[family], unread: decided.unread };
  return { sure: decided.value, possible: decided.value, unread: undefined };
}

/** The addresses whose most specific route is one of these; a blackhole drops what it matches. */
function leaving(routes: readonly Route[], family: Family, accept: (route: Route) => boolean): IntervalSet {
  return acceptedBy(
    routes
      .map((route) => ({ interval: toRange(route.destination, 'ec2:DescribeRouteTables'), accept: accept(route) }))
      .filter(({ interval }) => interval.family === family)
      .sort((one, other) => compareSize(one.interval, other.interval) || Number(other.accept) - Number(one.accept)),
  );
}

function isOpenRoute({ target, active }: Route): boolean {
  return target === 'internet-gateway' && active;
}

/** By an endpoint of a gateway load balancer, or by an instance to whose interface the route leads ("Gateway route tables", Amazon VPC User Guide). */
function isInspected({ target, targetId, active }: Route): boolean {
  return target === 'other' && /^(vpce|eni)-/.test(targetId) && active;
}

function compareSize(one: { from: bigint; to: bigint }, other: { from: bigint; to: bigint }): number {
  const [a, b] = [one.to - one.from, other.to - other.from];
  return a < b ? -1 : a > b ? 1 : 0;
}
