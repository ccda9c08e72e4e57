import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { describeAutoScalingGroups } from '../autoscaling/calls.ts';
import { toLaunchSources } from '../autoscaling/launch-sources.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { groupedBy, toListing } from './listing.ts';
import { oncePer } from './once-per.ts';

/** A version of a launch template that an Auto Scaling group starts instances from: `$Default`, `$Latest` or a number. */
export interface TemplatePin {
  readonly group: string;
  readonly templateId: string;
  readonly version: string;
}

/** Who uses which versions of a template; partial where not all groups were read. */
export async function pinsOf(place: Place, templateId: string): Promise<Listed<TemplatePin>> {
  return pinsByTemplate(await listPins(place), templateId);
}

/** All of a region. */
export async function listPins(place: Place): Promise<Listed<TemplatePin>> {
  return toPins(await toListing(describeAutoScalingGroups(place, 'all')));
}

const pinsByTemplate = groupedBy(({ templateId }: TemplatePin) => [templateId]);

const toPins = oncePer((groups: Listed<AutoScalingGroup>): Listed<TemplatePin> => {
  const sources = toListed(groups, (group) => ({ group: group.AutoScalingGroupName ?? '', sources: toLaunchSources(group) }));
  return sources.flatMap(({ group, sources: all }) =>
    all.flatMap((source) => (source.kind === 'launch-template' ? [{ group, ...source.template }] : [])),
  );
});
