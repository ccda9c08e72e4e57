import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import type { Instance } from '@aws-sdk/client-ec2';
import { describeAutoScalingGroups, describeLaunchConfigurations } from '../autoscaling/calls.ts';
import { readLaunchConfiguration } from '../autoscaling/launch-configuration.ts';
import { type LaunchSource, toLaunchSources } from '../autoscaling/launch-sources.ts';
import type { Place } from '../call.ts';
import { describeImages, describeLaunchTemplateVersions } from './calls.ts';
import type { Described } from './described.ts';
import { type LaunchImage, nothingToLaunch, readLaunchImage } from './launch-image.ts';
import { groupedBy } from './listing.ts';
import { imageIdsIn, readTemplateVersion } from './template-versions.ts';

/** What would become of an instance if it were replaced by a new one. */
export interface Rebuild {
  /** The Auto Scaling group that the instance belongs to. */
  readonly group: string | undefined;
  /** What a replacement would be started from. `undefined`: nothing remembers how the instance was made. */
  readonly source: RebuildSource | undefined;
}

/** A part that was not read throws `Unread` when it is touched; so does the image of what is gone. */
export interface RebuildSource {
  readonly kind: 'launch template' | 'launch configuration';
  /** The template's id or the configuration's name. */
  readonly id: string;
  /** Of a launch template: `$Default`, `$Latest` or a number, as the group pins it. `$Default` without a group. */
  readonly version: string | undefined;
  readonly launch: LaunchImage;
}

export const rebuildCalls = [describeAutoScalingGroups, describeLaunchConfigurations, describeLaunchTemplateVersions, describeImages];

/** EC2 tags what it starts from a template, and Auto Scaling what it starts, with who they are ("Tag restrictions", `aws:` prefix, Amazon EC2 User Guide). */
const GROUP = 'aws:autoscaling:groupName';
const TEMPLATE = 'aws:ec2launchtemplate:id';

const groupsByName = groupedBy(({ AutoScalingGroupName }: AutoScalingGroup) => [AutoScalingGroupName]);

/** @throws Unread when the group that the instance belongs to could not be read */
export async function readRebuild(place: Place, { tags }: Described<Instance>): Promise<Rebuild> {
  const { [GROUP]: group, [TEMPLATE]: templateId } = tags;
  if (group === undefined) {
    if (templateId === undefined) return { group, source: undefined };
    const template = { templateId, version: '$Default' };
    return { group, source: await fromSource(place, { kind: 'launch-template', template, image: undefined }) };
  }
  const [found] = groupsByName(await describeAutoScalingGroups(place, 'all'), group);
  if (!found) return { group, source: undefined };
  const sources = toLaunchSources(found);
  const own = sources.find((source) => source.kind === 'launch-template' && source.template.templateId === templateId);
  const source = own ?? sources[0];
  return { group, source: source && (await fromSource(place, source)) };
}

async function fromSource(place: Place, source: LaunchSource): Promise<RebuildSource> {
  const ids = imageIdsIn(await describeLaunchTemplateVersions(place, 'all'));
  if (source.kind === 'launch-configuration') {
    const { ImageId } = await readLaunchConfiguration(place, source.name);
    return { kind: 'launch configuration', id: source.name, version: undefined, launch: await readLaunchImage(place, ImageId, ids) };
  }
  const { template, image } = source;
  const { templateId: id, version } = template;
  const found = await readTemplateVersion(place, template);
  const launch = found && (await readLaunchImage(place, image ?? found.LaunchTemplateData?.ImageId, ids));
  return {
    kind: 'launch template',
    ...{ id, version },
    get launch() {
      if (launch) return launch;
      throw nothingToLaunch('ec2:DescribeLaunchTemplateVersions', `version ${version} of launch template ${id} is not there any more`);
    },
  };
}
