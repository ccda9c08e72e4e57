import type { NetworkInterface, SecurityGroup } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toAttachment } from './attachment.ts';
import { describeNetworkInterfaces, describeSecurityGroups, getManagedPrefixListEntries } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { groupedBy } from './listing.ts';
import type { SecurityGroupRule } from './network.ts';
import { readRules } from './rules.ts';

export interface SecurityGroupFacets {
  readonly group: { readonly name: string; readonly vpcId: string; readonly isDefault: boolean };
  readonly ingress: Iterable<SecurityGroupRule>;
  readonly egress: Iterable<SecurityGroupRule>;
  /** Network interfaces that carry the group. */
  readonly attachments: Iterable<Attachment>;
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
  changes: [],
  list: {
    calls: [describeSecurityGroups],
    read: async (place) =>
      toListed(await describeSecurityGroups(place), (group) => toDescribed(SOURCE, group.GroupId, group.OwnerId, group)),
  },
  identify: identifyAs('security-group'),
  facets: {
    group: { calls: [], read: ({ detail }) => toGroup(detail) },
    ingress: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readRules(place, detail.IpPermissions) },
    egress: { calls: [getManagedPrefixListEntries], read: ({ detail }, place) => readRules(place, detail.IpPermissionsEgress) },
    attachments: {
      calls: [describeNetworkInterfaces],
      read: async ({ id }, place) => toListed(interfacesByGroup(await describeNetworkInterfaces(place), id), toAttachment),
    },
  },
});

/** `default` is a reserved name: only the group that AWS made with the VPC has it. */
function toGroup({ GroupName, VpcId }: SecurityGroup): SecurityGroupFacets['group'] {
  if (GroupName === undefined || VpcId === undefined) throw malformed(SOURCE, 'a group has no name or no VPC');
  return { name: GroupName, vpcId: VpcId, isDefault: GroupName === 'default' };
}
