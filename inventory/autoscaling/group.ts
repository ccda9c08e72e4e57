import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { inBatches } from '../ec2/batches.ts';
import { describeImages } from '../ec2/calls.ts';
import { imageIdOf, type LaunchImage, readLaunchImage } from '../ec2/launch-image.ts';
import { getInstanceMetadataDefaults } from '../ec2/machine-calls.ts';
import { type MetadataDefaults, toMetadataDefaults } from '../ec2/metadata-defaults.ts';
import { oncePer } from '../ec2/once-per.ts';
import type { Listed } from '../facet.ts';
import { attempt, joined, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { toTags } from '../tags.ts';
import { describeAutoScalingGroups, describeLaunchConfigurations, GROUPS_AT_ONCE } from './calls.ts';
import { groupChanges } from './group-changes.ts';
import { type LaunchConfiguration, readLaunchConfiguration, toLaunchConfiguration } from './launch-configuration.ts';
import { type PinnedTemplate, toLaunchSources } from './launch-sources.ts';

export interface AutoScalingGroupFacets {
  readonly group: GroupProperties;
  /** `undefined` for a group that uses launch templates. */
  readonly launchConfiguration: LaunchConfiguration | undefined;
  /** Images that the group itself names: its launch configuration's, and those of overrides. Those of launch templates are theirs. */
  readonly ownImages: readonly OwnLaunchImage[];
  /** What the account prescribes in the region where a launch configuration says nothing. */
  readonly metadataDefaults: MetadataDefaults;
}

export interface GroupProperties {
  readonly zones: readonly string[];
  readonly maxSize: number;
  readonly templates: readonly PinnedTemplate[];
}

export interface OwnLaunchImage {
  readonly namedBy: 'launch configuration' | 'override';
  readonly launch: LaunchImage;
}

const SOURCE = 'autoscaling:DescribeAutoScalingGroups';

export const autoScalingGroups = defineReader<'AWS::AutoScaling::AutoScalingGroup', ListedGroup>({
  type: 'AWS::AutoScaling::AutoScalingGroup',
  scope: 'regional',
  changes: groupChanges,
  list: {
    calls: [describeAutoScalingGroups],
    read: async (place) => toGroups(await describeAutoScalingGroups(place, 'all')),
  },
  only: {
    calls: [describeAutoScalingGroups],
    async read(place, ids) {
      const batches = new Set(inBatches(ids.map(toGroupName), GROUPS_AT_ONCE).values());
      const listings = [...batches].map(async (names) => toGroups(await describeAutoScalingGroups(place, { names })));
      return joined(await Promise.all(listings));
    },
  },
  identify: ({ name, detail, arn }, { accountId, region }, partition) => ({
    ...{ arn, id: name, accountId, region, partition },
    tags: toTags(detail.Tags),
  }),
  facets: {
    group: { calls: [], read: ({ detail }) => toProperties(detail) },
    launchConfiguration: { calls: [describeLaunchConfigurations], read: ({ detail }, place) => configurationOf(place, detail) },
    ownImages: { calls: [describeLaunchConfigurations, describeImages], read: readOwnImages },
    metadataDefaults: {
      calls: [getInstanceMetadataDefaults],
      read: async (_group, place) => toMetadataDefaults(await getInstanceMetadataDefaults(place)),
    },
  },
});

interface ListedGroup {
  readonly name: string;
  readonly arn: string;
  readonly detail: AutoScalingGroup;
  /** With those that were asked for together. */
  readonly all: Listed<AutoScalingGroup>;
}

const toGroups = oncePer(
  (groups: Listed<AutoScalingGroup>): Listed<ListedGroup> =>
    toListed(groups, (detail) => {
      const { AutoScalingGroupName: name, AutoScalingGroupARN: arn } = detail;
      if (name === undefined || arn === undefined) throw malformed(SOURCE, 'a group has no name or no ARN');
      return { name, arn, detail, all: groups };
    }),
);

/** `arn:aws:autoscaling:eu-west-1:111122223333:autoScalingGroup:<uuid>:autoScalingGroupName/web`; a name may have slashes of its own. */
function toGroupName(idOrArn: string): string {
  return idOrArn.startsWith('arn:') ? idOrArn.replace(/^.*?:autoScalingGroupName\//, '') : idOrArn;
}

function toProperties(group: AutoScalingGroup): GroupProperties {
  const { AvailabilityZones, MaxSize } = group;
  if (AvailabilityZones === undefined || MaxSize === undefined) throw malformed(SOURCE, 'a group is incomplete');
  const templates = toLaunchSources(group).flatMap((source) => (source.kind === 'launch-template' ? [source.template] : []));
  const distinct = new Map(templates.map((template) => [`${template.templateId} ${template.version}`, template]));
  return { zones: AvailabilityZones, maxSize: MaxSize, templates: [...distinct.values()] };
}

async function configurationOf(place: Place, group: AutoScalingGroup): Promise<LaunchConfiguration | undefined> {
  const [source] = toLaunchSources(group);
  if (source?.kind !== 'launch-configuration') return undefined;
  return toLaunchConfiguration(await readLaunchConfiguration(place, source.name), source.name);
}

interface NamedImage {
  readonly namedBy: OwnLaunchImage['namedBy'];
  readonly image: string | undefined;
}

async function readOwnImages({ detail, all }: ListedGroup, place: Place): Promise<readonly OwnLaunchImage[]> {
  const named = await namedImages(place, detail);
  const ids = await idsIn(all, place);
  return Promise.all(named.map(async ({ namedBy, image }) => ({ namedBy, launch: await readLaunchImage(place, image, ids) })));
}

async function namedImages(place: Place, group: AutoScalingGroup): Promise<readonly NamedImage[]> {
  const named = toLaunchSources(group).map(async (source): Promise<readonly NamedImage[]> => {
    if (source.kind === 'launch-template') return source.image === undefined ? [] : [{ namedBy: 'override', image: source.image }];
    const { ImageId } = await readLaunchConfiguration(place, source.name);
    return [{ namedBy: 'launch configuration', image: ImageId }];
  });
  return (await Promise.all(named)).flat();
}

/** All images that the groups of a region name: they are looked for together. */
const idsIn = oncePer(async (groups: Listed<AutoScalingGroup>, place: Place): Promise<ReadonlySet<string>> => {
  const named = await Promise.all(groups.known.map((group) => attempt(() => namedImages(place, group))));
  return new Set(named.flatMap((images) => (images.read ? images.value.flatMap(({ image }) => imageIdOf(image) ?? []) : [])));
});
