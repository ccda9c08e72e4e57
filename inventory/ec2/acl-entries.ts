import type { NetworkAclEntry as ApiEntry, NetworkAcl } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { NetworkAclEntries, NetworkAclEntry } from './network.ts';
import { toPorts, toProtocol } from './protocol.ts';

/** The entries of both directions, in the order in which they are judged. All or nothing: the first match decides, so that none may be missing. */
export function toAclEntries({ Entries }: NetworkAcl): NetworkAclEntries {
  if (Entries === undefined || Entries.some(({ Egress }) => Egress === undefined)) throw incomplete();
  const direction = (egress: boolean): readonly NetworkAclEntry[] =>
    Entries.filter(({ Egress }) => Egress === egress)
      .map(toEntry)
      .sort((a, b) => a.number - b.number);
  return { ingress: direction(false), egress: direction(true) };
}

function toEntry({ RuleNumber, RuleAction, Protocol, PortRange, CidrBlock, Ipv6CidrBlock }: ApiEntry): NetworkAclEntry {
  const protocol = toProtocol(Protocol);
  const cidr = CidrBlock ?? Ipv6CidrBlock;
  if (RuleNumber === undefined || RuleAction === undefined || protocol === undefined || cidr === undefined) throw incomplete();
  return { number: RuleNumber, action: RuleAction, protocol, ports: toPorts(protocol, PortRange?.From, PortRange?.To), cidr };
}

function incomplete() {
  return malformed('ec2:DescribeNetworkAcls', 'an entry is incomplete');
}
