import type { NetworkAclEntry, PortRange } from '../../inventory/ec2/network.ts';
import { type Family, type Reach, reachOf, toRange } from './addresses.ts';
import { acceptedBy, type IntervalSet, union } from './intervals.ts';
import { isWide, type Opening, openingsOf, type Proof } from './openings.ts';
import { carries, overlaps, piecesOf, portsText, type Service, type Transport } from './ports.ts';
import { portsOf } from './security-groups.ts';

/**
 * The addresses that entries allow at a piece of the ports, which must lie wholly inside or outside each entry. In ascending order of number
 * the first entry that matches decides, and what none matches is denied ("Network ACL rules", Amazon VPC User Guide).
 */
export function allowedAt(entries: readonly NetworkAclEntry[], transport: Transport, ports: PortRange, family: Family): IntervalSet {
  return acceptedBy(
    matchingEntries(entries, transport, ports)
      .map((entry) => ({ interval: toRange(entry.cidr, 'ec2:DescribeNetworkAcls'), accept: entry.action === 'allow' }))
      .filter(({ interval }) => interval.family === family),
  );
}

/** The addresses that entries allow at one or more of the ports. */
export function allowedAtSome(entries: readonly NetworkAclEntry[], transport: Transport, ports: PortRange, family: Family): IntervalSet {
  return union(piecesOf(ports, entries.map(portsOf)).flatMap((piece) => allowedAt(entries, transport, piece, family)));
}

/** The ports of a service that ingress entries open to the world or to a large part of it. */
export function openEntries(entries: readonly NetworkAclEntry[], service: Service): readonly Opening[] {
  return openingsOf(service, entries.map(portsOf), (ports) => {
    const reach = widest(([4, 6] as const).map((family) => reachOf(allowedAt(entries, service.transport, ports, family), family)));
    const allowing = isWide(reach) ? matchingEntries(entries, service.transport, ports).filter(({ action }) => action === 'allow') : [];
    return { reach, proof: allowing.map(toProof) };
  });
}

function matchingEntries(entries: readonly NetworkAclEntry[], transport: Transport, ports: PortRange): readonly NetworkAclEntry[] {
  return entries
    .filter((entry) => carries(entry.protocol, transport) && overlaps(portsOf(entry), ports))
    .sort((one, other) => one.number - other.number);
}

function widest(reaches: readonly Reach[]): Reach {
  return (['world', 'large', 'public'] as const).find((reach) => reaches.includes(reach)) ?? 'private';
}

function toProof(entry: NetworkAclEntry): Proof {
  return { entry: entry.number, protocol: `${entry.protocol}`, ports: portsText(portsOf(entry)), source: entry.cidr };
}
