import type { NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toAttachment } from './attachment.ts';
import { describeNetworkInterfaces, describeSecurityGroups, getManagedPrefixListEntries } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { type GroupUser, groupUserCalls, readGroupUsers } from './group-users.ts';
import { groupedBy } from './listing.ts';
import type { SecurityGroupRule } from './network.ts';
import { readRules } from './rules.ts';
import { securityGroupChanges } from './security-group-changes.ts';
import type { Wanted } from './wanted.ts';

export interface SecurityGroupFacets {
  readonly group: GroupProperties;
  readonly ingress: Iterable<SecurityGroupRule>;
  readonly egress: Iterable<SecurityGroupRule>;
  /** Network interfaces that carry the group. */
  readonly attachments: Iterable<Attachment>;
  /** What else needs it: as far as this account can see. */
  readonly namedBy: Iterable<GroupUser>;
}

export interface GroupProperties {
  readonly name: string;
  readonly vpcId: string;
  /** Made by AWS with its VPC; nobody can delete it. */
  readonly isDefault: boolean;
  /** It belongs to another account, which shares a VPC or the group itself with this one. */
  readonly isShared: boolean;
}

export interface Attachment {
  readonly interfaceId: string;
  /** What the interface belongs to, as far as EC2 tells: `instance`, `load-balancer`, the service that made it (`amazon-rds`), or the interface's type. */
  readonly owner: string;
  readonly hasPublicAddress: boolean;
}

const SOURCE = 'ec2:DescribeSecurityGroups';
const interfacesByGroup = groupedBy(({ Groups = [] }: NetworkInterface) => Groups.map(({ GroupId }) => GroupId));

export const securityGroups = defineReader<'AWS::EC2::SecurityGroup', Described<SecurityGroup>>({
  type: 'AWS::EC2::SecurityGroup',
  scope: 'regional',
  changes: securityGroupChanges,
  list: {
    calls: [describeSecurityGroups],
    read: (place) => listGroups(place, 'all'),
  },
  only: { calls: [describeSecurityGroups], read: (place, ids) => describedOnly(place, ids, 'group-id', listGroups) },
  identify: identifyAs('security-group'),
  facets: {
    group: { calls: [], read: ({ detail, ownerId }, { scope }) => ({ ...toGroup(detail), isShared: ownerId !== scope.accountId }) },
    ingress: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readRules(place, detail.IpPermissions) },
    egress: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readRules(place, detail.IpPermissionsEgress) },
    attachments: {
      calls: [describeNetworkInterfaces],
      read: async ({ id, wanted }, place) => toListed(interfacesByGroup(await interfacesOf(place, wanted), id), toAttachment),
    },
    namedBy: { calls: groupUserCalls, read: ({ id, detail }, place) => readGroupUsers(place, { id, name: detail.GroupName }) },
  },
});

async function listGroups(place: Place, wanted: Wanted): Promise<Listed<Described<SecurityGroup>>> {
  return toListed(await describeSecurityGroups(place, wanted), (group) => toDescribed(SOURCE, group.GroupId, group.OwnerId, group));
}

/** Those of the region, or of the groups that were asked for: the filters of both listings have the same name. */
function interfacesOf(place: Place, wanted: Wanted = 'all'): Promise<Listed<NetworkInterface>> {
  return describeNetworkInterfaces(place, wanted);
}

/** `default` is a reserved name: only the group that AWS made with the VPC has it. */
function toGroup({ GroupName, VpcId }: SecurityGroup): Omit<GroupProperties, 'isShared'> {
  if (GroupName === undefined || VpcId === undefined) throw malformed(SOURCE, 'a group has no name or no VPC');
  return { name: GroupName, vpcId: VpcId, isDefault: GroupName === 'default' };
}
