import type { SecurityGroup } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined } from '../partial.ts';
import { describeSecurityGroups, getManagedPrefixListEntries } from './calls.ts';
import { groupedBy, toListing } from './listing.ts';
import type { SecurityGroupRule } from './network.ts';
import { notVisible } from './not-visible.ts';
import { oncePer } from './once-per.ts';
import { readRules } from './rules.ts';

export const groupRuleCalls = [describeSecurityGroups, getManagedPrefixListEntries];

const groupsById = groupedBy(({ GroupId }: SecurityGroup) => [GroupId]);

/** The rules of several groups, in one direction. Those of a group that was refused are unread. */
export async function readGroupRules(
  place: Place,
  groupIds: readonly string[],
  direction: 'ingress' | 'egress',
): Promise<Listed<SecurityGroupRule>> {
  const groups = await toListing(describeSecurityGroups(place, 'all'));
  return joined(await Promise.all(groupIds.map((id) => toListing(rulesOf(groups, id, place, direction)))));
}

async function rulesOf(groups: Listed<SecurityGroup>, id: string, place: Place, direction: 'ingress' | 'egress') {
  const [group] = groupsById(groups, id);
  if (!group) throw notVisible('ec2:DescribeSecurityGroups', id);
  return RULES_IN[direction](groups)(group, place);
}

const RULES_IN = {
  ingress: oncePer((_groups: Listed<SecurityGroup>) =>
    oncePer(async ({ IpPermissions }: SecurityGroup, place: Place) => readRules(place, IpPermissions)),
  ),
  egress: oncePer((_groups: Listed<SecurityGroup>) =>
    oncePer(async ({ IpPermissionsEgress }: SecurityGroup, place: Place) => readRules(place, IpPermissionsEgress)),
  ),
};
