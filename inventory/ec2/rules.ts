import type { IpPermission } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined, toListed } from '../partial.ts';
import type { Peer, SecurityGroupRule } from './network.ts';
import { type CidrsOf, readPrefixLists } from './prefix-lists.ts';
import { toPorts, toProtocol } from './protocol.ts';

const SOURCE = 'ec2:DescribeSecurityGroups';

/** The rules of one direction of a group, with the prefix lists that they name. */
export function readRules(
  place: Place,
  permissions: readonly IpPermission[] | undefined,
): Listed<SecurityGroupRule> | Promise<Listed<SecurityGroupRule>> {
  if (permissions === undefined) throw malformed(SOURCE, 'a group has no list of rules');
  const lists = permissions.flatMap(({ PrefixListIds = [] }) => PrefixListIds.flatMap(({ PrefixListId }) => PrefixListId ?? []));
  const cidrsOf = readPrefixLists(place, lists);
  return cidrsOf instanceof Promise ? cidrsOf.then((resolved) => toRules(permissions, resolved)) : toRules(permissions, cidrsOf);
}

/** One rule per peer. A rule that cannot be understood makes the list partial. */
export function toRules(permissions: readonly IpPermission[], cidrsOf: CidrsOf): Listed<SecurityGroupRule> {
  return joined(permissions.map((permission) => toListed(peersOf(permission), (toPeer) => toRule(permission, toPeer(cidrsOf)))));
}

function toRule({ IpProtocol, FromPort, ToPort }: IpPermission, peer: Peer): SecurityGroupRule {
  const protocol = toProtocol(IpProtocol);
  if (protocol === undefined) throw malformed(SOURCE, 'a rule has an unknown protocol');
  return { protocol, ports: toPorts(protocol, FromPort, ToPort), peer };
}

function peersOf({ IpRanges, Ipv6Ranges, PrefixListIds, UserIdGroupPairs }: IpPermission): readonly ((cidrsOf: CidrsOf) => Peer)[] {
  return [
    ...(IpRanges ?? []).map(
      ({ CidrIp }) =>
        () =>
          ({ kind: 'cidr', cidr: named(CidrIp) }) as const,
    ),
    ...(Ipv6Ranges ?? []).map(
      ({ CidrIpv6 }) =>
        () =>
          ({ kind: 'cidr', cidr: named(CidrIpv6) }) as const,
    ),
    ...(PrefixListIds ?? []).map(({ PrefixListId }) => (cidrsOf: CidrsOf) => {
      const id = named(PrefixListId);
      return { kind: 'prefix-list', id, cidrs: cidrsOf(id) } as const;
    }),
    ...(UserIdGroupPairs ?? []).map(
      ({ GroupId, GroupName }) =>
        () =>
          ({ kind: 'security-group', groupId: named(GroupId ?? GroupName) }) as const,
    ),
  ];
}

function named(peer: string | undefined): string {
  if (peer === undefined) throw malformed(SOURCE, 'a rule does not say whom it is for');
  return peer;
}
