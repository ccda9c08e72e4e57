import { AUTO_SCALING, GROUP_LIFE_CHANGES } from '../autoscaling/group-changes.ts';
import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import { IMAGE_LIFE_CHANGES } from './image-changes.ts';
import type { LaunchTemplateFacets } from './launch-template.ts';

const at = idsOf('lt');
/** Requests may name the template instead; answers have its id. */
const template = at('request.launchTemplateId', 'response.launchTemplate.launchTemplateId');

export const launchTemplateChanges: readonly ChangeEvents<keyof LaunchTemplateFacets>[] = [
  { source: EC2, names: ['CreateLaunchTemplate', 'ModifyLaunchTemplate'], ids: template },
  {
    source: EC2,
    names: ['CreateLaunchTemplateVersion'],
    ids: at('request.launchTemplateId', 'response.launchTemplateVersion.launchTemplateId'),
  },
  {
    source: EC2,
    names: ['DeleteLaunchTemplateVersions'],
    ids: at('request.launchTemplateId', 'response.successfullyDeletedLaunchTemplateVersionSet.launchTemplateId'),
  },
  { source: EC2, names: ['DeleteLaunchTemplate'], ids: template, deletes: true },
  { source: EC2, names: [...IMAGE_LIFE_CHANGES], facets: ['versions'], indirect: true },
  { source: AUTO_SCALING, names: [...GROUP_LIFE_CHANGES], facets: ['versions'], indirect: true },
  { source: EC2, names: ['ModifyInstanceMetadataDefaults'], facets: ['metadataDefaults'], indirect: true },
  tagChanges('lt'),
];
