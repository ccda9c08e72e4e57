import type { InstanceProperties, InterfaceExposure } from '../../inventory/ec2/instance.ts';
import type { NetworkAclEntries, Route } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import { fail, pass, type Verdict } from '../check.ts';
import { reachableThroughAccelerators } from './accelerated-ways.ts';
import { ALL_ADDRESSES, type Family, familyOf, reachOf } from './addresses.ts';
import { reachableThroughBalancers } from './balanced-ways.ts';
import { ONLY_LARGE, STOPPED } from './circumstances.ts';
import { aclGates, type Door, entriesOf, type Gate, gatewaysIn, groupGate, routeGate } from './gates.ts';
import { isStopped, unlessTerminated } from './instances.ts';
import { intersection, union } from './intervals.ts';
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
import { type PortTable, type Service, toServices } from './ports.ts';
import { decisive, mayBeWide, mayLetIn, portsOf, type Sources, sourcesOf, toProof } from './security-groups.ts';
import { type Answer, answerOf, knownOf } from './unread.ts';

/** What is known of an interface's surroundings, each asked once and only if nothing before it closes the way. */
interface Surroundings {
  readonly exposure: InterfaceExposure;
  readonly sources: Sources;
  readonly routes: () => Answer<readonly Route[]>;
  readonly acl: () => Answer<NetworkAclEntries>;
}

/**
 * The services that the internet reaches on some interface. To be reached takes a public address of the family, an active route of its subnet to
 * an internet gateway, network ACL entries that let the request in and the answer out, and rules of its security groups taken together; or
 * an internet-facing load balancer or an accelerator that sends to it.
 */
export function reachableServices(interfaces: () => Iterable<InterfaceExposure>, services: readonly Service[]): Openings {
  const { known, unread } = knownOf(interfaces);
  const found: Opening[] = [];
  let undecided = unread;
  for (const exposure of known.toSorted(byInterfaceId)) {
    const directly = exposure.publicAddresses.length > 0 ? reachableOn(exposure, services) : CLOSED;
    const balanced = reachableThroughBalancers(exposure, services);
    const accelerated = reachableThroughAccelerators(exposure, services);
    found.push(...directly.found, ...balanced.found, ...accelerated.found);
    undecided ??= directly.undecided ?? balanced.undecided ?? accelerated.undecided;
  }
  return { found, undecided };
}

const CLOSED: Openings = { found: [], undecided: undefined };

function byInterfaceId(one: InterfaceExposure, other: InterfaceExposure): number {
  return one.interfaceId < other.interfaceId ? -1 : 1;
}

function reachableOn(exposure: InterfaceExposure, services: readonly Service[]): Openings {
  const surroundings: Surroundings = {
    exposure,
    sources: sourcesOf(() => exposure.ingress, services),
    routes: once(() => [...exposure.routes]),
    acl: once(() => entriesOf(exposure.acl, exposure.interfaceId)),
  };
  const { known, undecided: hidden } = surroundings.sources;
  if (!mayBeWide(known) && hidden.length === 0) return CLOSED;
  const cuts = [...known.map(({ rule }) => rule), ...(surroundings.acl().value?.ingress ?? [])].map(portsOf);
  const found: Opening[] = [];
  let undecided: Unread | undefined;
  for (const family of new Set(exposure.publicAddresses.map(familyOf))) {
    for (const service of services) {
      found.push(
        ...openingsOf(service, cuts, (ports) => {
          const { sight, unread } = lookAt(surroundings, { transport: service.transport, ports }, family);
          undecided ??= unread;
          return sight;
        }),
      );
    }
  }
  return { found, undecided };
}

/** Closed as soon as not even what is possible is wide; else open if what is sure is wide; else undecided. */
function lookAt(at: Surroundings, door: Door, family: Family): { sight: Sight; unread: Unread | undefined } {
  let sure = ALL_ADDRESSES[family];
  let possible = sure;
  let unread: Unread | undefined;
  for (const gate of gatesOf(at, door, family)) {
    sure = intersection(sure, gate.sure);
    possible = intersection(possible, gate.possible);
    unread ??= gate.unread;
    if (!isWide(reachOf(possible, family))) return { sight: { reach: 'private', proof: [] }, unread: undefined };
  }
  const reach = reachOf(sure, family);
  return isWide(reach)
    ? { sight: { reach, proof: proofOf(at, door, family) }, unread: undefined }
    : { sight: { reach, proof: [] }, unread };
}

function* gatesOf(at: Surroundings, door: Door, family: Family): Generator<Gate> {
  yield groupGate(at.sources, door, family);
  yield routeGate(at.routes(), family);
  yield* aclGates(at.acl(), door, family);
}

function proofOf(at: Surroundings, door: Door, family: Family): readonly Proof[] {
  const { exposure, sources } = at;
  const addresses = exposure.publicAddresses.filter((address) => familyOf(address) === family).sort();
  const here = sources.known.filter(({ rule, range }) => range.family === family && mayLetIn(rule, door));
  const reach = reachOf(union(here.map(({ range }) => range)), family);
  return decisive(here, reach).map((source) => ({
    interface: exposure.interfaceId,
    address: addresses.join(', '),
    gateway: gatewaysIn(at.routes().value ?? []),
    ...toProof(source),
  }));
}

function once<Value>(question: () => Value): () => Answer<Value> {
  let answer: Answer<Value> | undefined;
  return () => (answer ??= answerOf(question));
}

/** The verdict on an instance of which ports must not be reached from the internet. */
export function judgePortsReachable(
  view: { readonly instance: InstanceProperties; readonly interfaces: Iterable<InterfaceExposure> },
  ports: PortTable,
): Verdict {
  return unlessTerminated(view.instance, () =>
    judgeReachable(
      reachableServices(() => view.interfaces, toServices(ports)),
      view.instance,
    ),
  );
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
  return fail(
    `${namesOf(worst)} reachable from ${breadthOf(worst)}${stopped ? ', when started' : ''}`,
    evidenceOf(worst, 'paths'),
    first.reach === 'large' ? { severity: 'HIGH', because: ONLY_LARGE } : undefined,
    stopped ? STOPPED : undefined,
  );
}
