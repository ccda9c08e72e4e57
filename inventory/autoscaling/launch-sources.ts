import type { AutoScalingGroup, LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import { malformed } from '../broken-answer.ts';

/** A version of a launch template as a group names it: `$Default`, `$Latest` or a number. */
export interface PinnedTemplate {
  readonly templateId: string;
  readonly version: string;
}

/** What a group starts instances from. */
export type LaunchSource =
  | {
      readonly kind: 'launch-template';
      readonly template: PinnedTemplate;
      /** Instead of the template's: an image id or `resolve:ssm:…`. */
      readonly image: string | undefined;
    }
  | { readonly kind: 'launch-configuration'; readonly name: string };

const SOURCE = 'autoscaling:DescribeAutoScalingGroups';

/**
 * Everything that a group may start instances from. In a mixed instances policy an override may have a template and an image of its own, and the policy's
 * template then only stands for those that have none (Amazon EC2 Auto Scaling API Reference, LaunchTemplateOverrides).
 * @throws Unread for a group that says nothing of what it starts
 */
export function toLaunchSources(group: AutoScalingGroup): readonly LaunchSource[] {
  const { LaunchConfigurationName: name, LaunchTemplate, MixedInstancesPolicy } = group;
  if (name !== undefined && name !== '') return [{ kind: 'launch-configuration', name }];
  const { LaunchTemplateSpecification: base = LaunchTemplate, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  const overrides = Overrides.map(({ LaunchTemplateSpecification: own = base, ImageId }) => toSource(own, ImageId));
  return overrides.length > 0 ? distinct(overrides) : [toSource(base, undefined)];
}

function toSource(specification: LaunchTemplateSpecification | undefined, image: string | undefined): LaunchSource {
  const templateId = specification?.LaunchTemplateId;
  if (templateId === undefined) throw malformed(SOURCE, 'a group says nothing of what it starts instances from');
  return { kind: 'launch-template', template: { templateId, version: specification?.Version || '$Default' }, image };
}

function distinct(sources: readonly LaunchSource[]): readonly LaunchSource[] {
  return [...new Map(sources.map((source) => [JSON.stringify(source), source])).values()];
}
