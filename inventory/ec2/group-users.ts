import type { LaunchConfiguration } from '@aws-sdk/client-auto-scaling';
import type { LaunchTemplateVersion, SecurityGroup } from '@aws-sdk/client-ec2';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { describeAutoScalingGroups, describeLaunchConfigurations } from '../autoscaling/calls.ts';
import type { Operation, Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { listFunctions } from '../lambda/calls.ts';
import { attempt, joined, opened, toListed } from '../partial.ts';
import { describeLaunchTemplateVersions, describeSecurityGroups } from './calls.ts';
import { groupedBy, toListing } from './listing.ts';
import { oncePer } from './once-per.ts';
import { listPins, type TemplatePin } from './template-pins.ts';
import { readTemplateVersion } from './template-versions.ts';

/** What names a security group without carrying it on a network interface: the group of it is needed as soon as it starts something. */
export interface GroupUser {
  readonly kind: 'security-group' | 'launch-template' | 'launch-configuration' | 'function';
  /** An id where the kind has ids, else a name. */
  readonly name: string;
}

/** A group as others name it: launch templates and configurations may use the name that it has in the default VPC. */
interface NamedGroup {
  readonly id: string;
  readonly name: string | undefined;
}

export const groupUserCalls: readonly Operation[] = [
  describeSecurityGroups,
  describeLaunchTemplateVersions,
  describeAutoScalingGroups,
  describeLaunchConfigurations,
  listFunctions,
];

/**
 * Other groups whose rules let it in, launch templates (their default, latest and pinned versions), launch configurations, and functions: Lambda takes
 * the interfaces of one that is idle for weeks and makes them again when it is called ("Lambda function states", AWS Lambda Developer Guide).
 * Groups of peered VPCs in other accounts do not show.
 */
export async function readGroupUsers(place: Place, group: NamedGroup): Promise<Listed<GroupUser>> {
  const [groups, versions, pinned, configurations, functions] = await Promise.all([
    toListing(describeSecurityGroups(place, 'all')),
    toListing(describeLaunchTemplateVersions(place, 'all')),
    pinnedVersions(place),
    toListing(describeLaunchConfigurations(place)),
    toListing(listFunctions(place)),
  ]);
  return joined([
    named(groupsByPeer(groups, group.id), 'security-group', ({ GroupId }) => GroupId),
    ...[versions, pinned].map((some) => named(eitherOf(versionsByGroup, some, group), 'launch-template', (one) => one.LaunchTemplateId)),
    named(eitherOf(configurationsByGroup, configurations, group), 'launch-configuration', (one) => one.LaunchConfigurationName),
    named(functionsByGroup(functions, group.id), 'function', ({ FunctionName }) => FunctionName),
  ]);
}

/** A group that lets in its own members is not used by that. */
const groupsByPeer = groupedBy(({ GroupId, IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup) => {
  const peers = [...IpPermissions, ...IpPermissionsEgress].flatMap(({ UserIdGroupPairs = [] }) =>
    UserIdGroupPairs.map((pair) => pair.GroupId),
  );
  return [...new Set(peers)].filter((peer) => peer !== GroupId);
});

const versionsByGroup = groupedBy(({ LaunchTemplateData }: LaunchTemplateVersion) => {
  const { SecurityGroupIds = [], SecurityGroups = [], NetworkInterfaces = [] } = LaunchTemplateData ?? {};
  return [...new Set([...SecurityGroupIds, ...SecurityGroups, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)])];
});

const configurationsByGroup = groupedBy(({ SecurityGroups = [] }: LaunchConfiguration) => SecurityGroups);

const functionsByGroup = groupedBy(({ VpcConfig }: FunctionConfiguration) => VpcConfig?.SecurityGroupIds ?? []);

function eitherOf<Element>(
  index: (listing: Listed<Element>, key: string) => Listed<Element>,
  listing: Listed<Element>,
  { id, name }: NamedGroup,
): Listed<Element> {
  return name === undefined ? index(listing, id) : joined([index(listing, id), index(listing, name)]);
}

function named<Element>(
  found: Listed<Element>,
  kind: GroupUser['kind'],
  nameOf: (element: Element) => string | undefined,
): Listed<GroupUser> {
  return new Listed(
    [...new Set(found.known.map((one) => nameOf(one) ?? ''))].map((name) => ({ kind, name })),
    found.unread,
  );
}

/** The versions of launch templates that Auto Scaling groups start from. */
async function pinnedVersions(place: Place): Promise<Listed<LaunchTemplateVersion>> {
  return versionsOfPins(await toListing(listPins(place)), place);
}

const versionsOfPins = oncePer(async (pins: Listed<TemplatePin>, place: Place): Promise<Listed<LaunchTemplateVersion>> => {
  const distinct = new Map(pins.known.map((pin) => [`${pin.templateId} ${pin.version}`, pin]));
  const versions = await Promise.all([...distinct.values()].map((pin) => attempt(() => readTemplateVersion(place, pin))));
  const read = toListed(versions, opened).flatMap((version) => (version === undefined ? [] : [version]));
  return new Listed(read.known, read.unread ?? pins.unread);
});
