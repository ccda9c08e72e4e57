import type { InstanceProperties, InterfaceExposure } from '../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, PortRange, Route } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import { fail, pass, type Verdict } from '../check.ts';
import { ALL_ADDRESSES, type Family, familyOf, reachOf, toRange } from './addresses.ts';
import { isStopped } from './instances.ts';
import { acceptedBy, type IntervalSet, intersection, union } from './intervals.ts';
import { allowedAt, allowedAtSome } from './network-acls.ts';
import {
  breadthOf,
  evidenceOf,
  isWide,
  namesOf,
  type Opening,
  type Openings,
  openingsOf,
  type Proof,
  type Sight,
  worstOf,
} from './openings.ts';
import type { Service } from './ports.ts';
import { decisive, mayBeWide, mayLetIn, portsOf, type Sources, sourcesOf, toProof } from './security-groups.ts';
import { type Answer, answerOf, knownOf, refuseToJudge } from './unread.ts';

/** Whoever knocks chooses the port that the answer goes to: not only the usual ephemeral ones. */
const RETURN_PORTS: PortRange = { from: 1, to: 65_535 };

/** What is known of an interface's surroundings, each asked once and only if nothing before it closes the way. */
interface Surroundings {
  readonly exposure: InterfaceExposure;
  readonly sources: Sources;
  readonly routes: () => Answer<readonly Route[]>;
  readonly acl: () => Answer<NetworkAclEntries>;
}

/** The addresses that a gate lets through for certain, and those that it may. */
interface Gate {
  readonly sure: IntervalSet;
  readonly possible: IntervalSet;
  readonly unread: Unread | undefined;
}

/**
 * The services that the internet reaches on some interface. To be reached takes a public address of the family, an active route of its subnet to
 * an internet gateway, network ACL entries that let the request in and the answer out, and rules of its security groups taken together.
 */
export function reachableServices(interfaces: () => Iterable<InterfaceExposure>, services: readonly Service[]): Openings {
  const { known, unread } = knownOf(interfaces);
  const each = known
    .filter(({ publicAddresses }) => publicAddresses.length > 0)
    .sort((one, other) => (one.interfaceId < other.interfaceId ? -1 : 1))
    .map((exposure) => reachableOn(exposure, services));
  return { found: each.flatMap(({ found }) => found), undecided: unread ?? each.find(({ undecided }) => undecided)?.undecided };
}

function reachableOn(exposure: InterfaceExposure, services: readonly Service[]): Openings {
  const surroundings: Surroundings = {
    exposure,
    sources: sourcesOf(() => exposure.ingress, services),
    routes: once(() => [...exposure.routes]),
    acl: once(() => aclOf(exposure)),
  };
  const { known, undecided: hidden } = surroundings.sources;
  if (!mayBeWide(known) && hidden.length === 0) return { found: [], undecided: undefined };
  const cuts = [...known.map(({ rule }) => rule), ...(surroundings.acl().value?.ingress ?? [])].map(portsOf);
  const found: Opening[] = [];
  let undecided: Unread | undefined;
  for (const family of new Set(exposure.publicAddresses.map(familyOf))) {
    for (const service of services) {
      found.push(
        ...openingsOf(service, cuts, (ports) => {
          const { sight, unread } = lookAt(surroundings, service, ports, family);
          undecided ??= unread;
          return sight;
        }),
      );
    }
  }
  return { found, undecided };
}

/** Closed as soon as not even what is possible is wide; else open if what is sure is wide; else undecided. */
function lookAt(at: Surroundings, service: Service, ports: PortRange, family: Family): { sight: Sight; unread: Unread | undefined } {
  let sure = ALL_ADDRESSES[family];
  let possible = sure;
  let unread: Unread | undefined;
  for (const gate of gatesOf(at, service, ports, family)) {
    sure = intersection(sure, gate.sure);
    possible = intersection(possible, gate.possible);
    unread ??= gate.unread;
    if (!isWide(reachOf(possible, family))) return { sight: { reach: 'private', proof: [] }, unread: undefined };
  }
  const reach = reachOf(sure, family);
  return isWide(reach)
    ? { sight: { reach, proof: proofOf(at, service, ports, family) }, unread: undefined }
    : { sight: { reach, proof: [] }, unread };
}

function* gatesOf(at: Surroundings, service: Service, ports: PortRange, family: Family): Generator<Gate> {
  yield groupGate(at.sources, service, ports, family);
  yield toGate(at.routes(), family, (routes) => routedToInternet(routes, family));
  const acl = at.acl();
  yield toGate(acl, family, ({ ingress }) => allowedAt(ingress, service.transport, ports, family));
  yield toGate(acl, family, ({ egress }) => allowedAtSome(egress, service.transport, RETURN_PORTS, family));
}

function groupGate({ known, undecided }: Sources, { transport }: Service, ports: PortRange, family: Family): Gate {
  const here = known.filter(({ rule, range }) => range.family === family && mayLetIn(rule, { transport, ports }));
  const sure = union(here.map(({ range }) => range));
  const unread = undecided.find(({ rule }) => mayLetIn(rule, { transport, ports }))?.unread;
  return { sure, possible: unread ? ALL_ADDRESSES[family] : sure, unread };
}

function toGate<Value>({ value, unread }: Answer<Value>, family: Family, allowed: (value: Value) => IntervalSet): Gate {
  if (value === undefined) return { sure: [], possible: ALL_ADDRESSES[family], unread };
  const decided = answerOf(() => allowed(value));
  if (decided.unread) return { sure: [], possible: ALL_ADDRESSES[family], unread: decided.unread };
  return { sure: decided.value, possible: decided.value, unread: undefined };
}

/** The addresses whose most specific route is an active one to an internet gateway; a blackhole drops what it matches. */
function routedToInternet(routes: readonly Route[], family: Family): IntervalSet {
  return acceptedBy(
    routes
      .map((route) => ({ interval: toRange(route.destination, 'ec2:DescribeRouteTables'), accept: isOpenRoute(route) }))
      .filter(({ interval }) => interval.family === family)
      .sort((one, other) => compareSize(one.interval, other.interval) || Number(other.accept) - Number(one.accept)),
  );
}

function isOpenRoute({ target, active }: Route): boolean {
  return target === 'internet-gateway' && active;
}

function compareSize(one: { from: bigint; to: bigint }, other: { from: bigint; to: bigint }): number {
  const [a, b] = [one.to - one.from, other.to - other.from];
  return a < b ? -1 : a > b ? 1 : 0;
}

function aclOf({ acl, interfaceId }: InterfaceExposure): NetworkAclEntries {
  for (const entries of acl) return entries;
  return refuseToJudge('no-data', 'ec2:DescribeNetworkAcls', `no network ACL is known for the subnet of ${interfaceId}`);
}

function proofOf(at: Surroundings, service: Service, ports: PortRange, family: Family): readonly Proof[] {
  const { exposure, sources } = at;
  const gateways = [...new Set((at.routes().value ?? []).filter(isOpenRoute).map(({ targetId }) => targetId))].sort().join(', ');
  const addresses = exposure.publicAddresses.filter((address) => familyOf(address) === family).sort();
  const here = sources.known.filter(({ rule, range }) => range.family === family && mayLetIn(rule, { ...service, ports }));
  const reach = reachOf(union(here.map(({ range }) => range)), family);
  return decisive(here, reach).map((source) => ({
    interface: exposure.interfaceId,
    address: addresses.join(', '),
    gateway: gateways,
    ...toProof(source),
  }));
}

function once<Value>(question: () => Value): () => Answer<Value> {
  let answer: Answer<Value> | undefined;
  return () => (answer ??= answerOf(question));
}

/** The verdict on what is reachable. A stopped instance is reached again as soon as somebody starts it: LOW, not nothing. */
export function judgeReachable({ found, undecided }: Openings, instance: InstanceProperties): Verdict {
  const worst = worstOf(found);
  const [first] = worst;
  if (!first) {
    if (undecided) throw undecided;
    return pass;
  }
  const stopped = isStopped(instance);
  const severity = stopped ? 'LOW' : first.reach === 'large' ? 'HIGH' : undefined;
  return fail(
    `${namesOf(worst)} reachable from ${breadthOf(worst)}${stopped ? ', when started' : ''}`,
    evidenceOf(worst, 'paths'),
    severity,
  );
}
