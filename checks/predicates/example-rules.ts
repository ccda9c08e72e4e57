import type { NetworkAclEntry, PortRange, Protocol, SecurityGroupRule } from '../../inventory/ec2/network.ts';
import type { Attachment } from '../../inventory/ec2/security-group.ts';
import { ALL_PORTS } from './ports.ts';

/** For the examples of checks: the interface of an instance that carries the group. */
export const attachments: readonly Attachment[] = [{ interfaceId: 'eni-1', owner: 'instance', hasPublicAddress: true }];

/** A rule that lets a CIDR block in; without a port, to all of them. */
export function rule(protocol: Protocol, port: number | PortRange | undefined, cidr: string): SecurityGroupRule {
  return { protocol, ports: toPorts(port), peer: { kind: 'cidr', cidr } };
}

/** A TCP rule that lets in what a prefix list holds. */
export function listRule(port: number, cidrs: Iterable<string>): SecurityGroupRule {
  return { protocol: 'tcp', ports: toPorts(port), peer: { kind: 'prefix-list', id: 'pl-1', cidrs } };
}

/** A rule that lets another group in. */
export function groupRule(protocol: Protocol, port?: number): SecurityGroupRule {
  return { protocol, ports: toPorts(port), peer: { kind: 'security-group', groupId: 'sg-1' } };
}

/** A network ACL entry; without a port, for all traffic. */
export function entry(number: number, action: NetworkAclEntry['action'], cidr: string, port?: number | PortRange): NetworkAclEntry {
  return { number, action, protocol: port === undefined ? 'all' : 'tcp', ports: toPorts(port), cidr };
}

function toPorts(port: number | PortRange | undefined): PortRange {
  return typeof port === 'number' ? { from: port, to: port } : (port ?? ALL_PORTS);
}
