import type { InterfaceExposure } from '../../inventory/ec2/instance.ts';
import type { NetworkAclEntries } from '../../inventory/ec2/network.ts';
import type { Unread } from '../../inventory/facet.ts';
import type { AcceleratedWay } from '../../inventory/global-accelerator/way.ts';
import { type Family, familyOf, reachOf } from './addresses.ts';
import { clientGate, rulesGate } from './balanced-ways.ts';
import { acceleratedAclGates, type Door, entriesOf, type Gate, inARow } from './gates.ts';
import { isWide, type Opening, type Openings, openingsOf, type Proof, type Sight } from './openings.ts';
import { overlaps, portsText, type Service } from './ports.ts';
import { portsOf } from './security-groups.ts';
import { type Answer, answerOf, knownOf } from './unread.ts';

/**
 * The services of an interface that the internet reaches through accelerators which send straight to it, whether or not it has a public address or a route to the
 * internet: its groups let in the clients, or what carries a group of Global Accelerator's own, and its network ACL lets out the answers.
 */
export function reachableThroughAccelerators(exposure: InterfaceExposure, services: readonly Service[]): Openings {
  const { known, unread } = knownOf(() => exposure.accelerated);
  if (known.length === 0) return { found: [], undecided: unread };
  const acl = answerOf(() => entriesOf(exposure.acl, exposure.interfaceId));
  const cuts = [...knownOf(() => exposure.ingress).known, ...(acl.value?.ingress ?? [])].map(portsOf);
  const found: Opening[] = [];
  let undecided: Unread | undefined;
  for (const way of known) {
    const family = familyOf(way.address);
    for (const service of servedBy(way, services)) {
      const look = (ports: Door['ports']): Sight => {
        const gate = gateOf(way, exposure, acl, { transport: service.transport, ports }, family);
        const reach = reachOf(gate.sure, family);
        if (!isWide(reach) && isWide(reachOf(gate.possible, family))) undecided ??= gate.unread;
        return { reach, proof: [proofOf(way, exposure, { transport: service.transport, ports })] };
      };
      found.push(...openingsOf(service, cuts, look));
    }
  }
  return { found, undecided: undecided ?? unread };
}

/** As far as the accelerator sends to their ports. */
function servedBy({ ports, transports }: AcceleratedWay, services: readonly Service[]): readonly Service[] {
  return services
    .filter((service) => transports.includes(service.transport) && overlaps(service.ports, ports))
    .map((service) => ({
      ...service,
      ports: { from: Math.max(service.ports.from, ports.from), to: Math.min(service.ports.to, ports.to) },
    }));
}

function gateOf(
  { accelerator }: AcceleratedWay,
  { ingress }: InterfaceExposure,
  acl: Answer<NetworkAclEntries>,
  door: Door,
  family: Family,
): Gate {
  const clients = clientGate(accelerator.clients, family);
  const groups = rulesGate(() => ingress, accelerator.groupIds, door, family);
  return inARow([clients, groups, ...acceleratedAclGates(acl, door, family)], family);
}

function proofOf({ accelerator, address }: AcceleratedWay, { interfaceId }: InterfaceExposure, { transport, ports }: Door): Proof {
  return { interface: interfaceId, accelerator: accelerator.name, address, protocol: transport, ports: portsText(ports) };
}
