import type { IpPermission } from '@aws-sdk/client-ec2';

/** Ids of what has been seeded, by kind and name. */
export type IdOf = (kind: 'prefix-list' | 'security-group', name: string) => string;

/** Reads a security group rule such as `tcp 22 0.0.0.0/0`. @throws Error when it is none */
export function toIpPermission(rule: string, idOf: IdOf): IpPermission {
  const parts = rule.trim().split(/\s+/);
  const protocol = parts[0];
  const peer = parts.at(-1);
  if (protocol === undefined || peer === undefined || parts.length < 2 || parts.length > 3) throw notARule(rule);
  return {
    IpProtocol: protocol === 'all' ? '-1' : protocol,
    ...portsOf(protocol, parts.length === 3 ? parts[1] : undefined, rule),
    ...peerOf(peer, idOf),
  };
}

function portsOf(protocol: string, ports: string | undefined, rule: string): Pick<IpPermission, 'FromPort' | 'ToPort'> {
  if (ports === undefined) {
    if (protocol === 'tcp' || protocol === 'udp') return { FromPort: 0, ToPort: 65_535 };
    // Moto wants ports for every protocol but -1; AWS writes -1 where there are none.
    return protocol === 'all' ? {} : { FromPort: -1, ToPort: -1 };
  }
  const { from, to } = toRange(ports, rule);
  return { FromPort: from, ToPort: to };
}

function peerOf(peer: string, idOf: IdOf): Partial<IpPermission> {
  if (peer.startsWith('pl:')) return { PrefixListIds: [{ PrefixListId: idOf('prefix-list', peer.slice(3)) }] };
  if (peer.startsWith('sg:')) return { UserIdGroupPairs: [{ GroupId: idOf('security-group', peer.slice(3)) }] };
  return peer.includes(':') ? { Ipv6Ranges: [{ CidrIpv6: peer }] } : { IpRanges: [{ CidrIp: peer }] };
}

const PROTOCOL_NUMBERS: Readonly<Record<string, string>> = { all: '-1', tcp: '6', udp: '17', icmp: '1', icmpv6: '58' };

/** Reads a network ACL entry such as `100 allow tcp 22 0.0.0.0/0`. @throws Error when it is none */
export function toAclEntry(rule: string) {
  const [, number, action, protocol, ports, cidr] = /^(\d+) (allow|deny) (\w+)(?: (\d+(?:-\d+)?))? (\S+)$/.exec(rule.trim()) ?? [];
  if (number === undefined || protocol === undefined || cidr === undefined) throw notARule(rule);
  const range = ports === undefined ? undefined : toRange(ports, rule);
  return {
    RuleNumber: Number(number),
    RuleAction: action === 'deny' ? ('deny' as const) : ('allow' as const),
    Protocol: PROTOCOL_NUMBERS[protocol] ?? protocol,
    ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
    ...(range === undefined ? {} : { PortRange: { From: range.from, To: range.to } }),
  };
}

function toRange(ports: string, rule: string): { readonly from: number; readonly to: number } {
  const [from, to] = ports.split('-').map(Number);
  if (from === undefined || !Number.isInteger(from) || (to !== undefined && !Number.isInteger(to))) throw notARule(rule);
  return { from, to: to ?? from };
}

function notARule(rule: string): Error {
  return new Error(`"${rule}" is no rule such as "tcp 22 0.0.0.0/0" or "100 allow tcp 22 0.0.0.0/0"`);
}
