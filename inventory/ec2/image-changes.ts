import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { ImageFacets } from './image.ts';

const at = idsOf('ami');

/** An image of the account comes, goes, or may be used by others than before. */
export const IMAGE_LIFE_CHANGES = [
  'RegisterImage',
  'CreateImage',
  'CopyImage',
  'CreateRestoreImageTask',
  'RestoreImageFromRecycleBin',
  'DeregisterImage',
  'EnableImage',
  'DisableImage',
  'EnableImageDeprecation',
  'DisableImageDeprecation',
  'ModifyImageAttribute',
  'ResetImageAttribute',
  'CancelImageLaunchPermission',
] as const;

export const imageChanges: readonly ChangeEvents<keyof ImageFacets>[] = [
  { source: EC2, names: ['RegisterImage', 'CreateImage', 'CopyImage', 'CreateRestoreImageTask'], ids: at('response.imageId') },
  { source: EC2, names: ['RestoreImageFromRecycleBin'], ids: at('request.imageId') },
  { source: EC2, names: ['DeregisterImage'], ids: at('request.imageId'), deletes: true },
  {
    source: EC2,
    names: ['ModifyImageAttribute', 'ResetImageAttribute', 'EnableImage', 'DisableImage'],
    ids: at('request.imageId'),
    facets: ['image'],
  },
  {
    source: EC2,
    names: [
      'EnableImageDeprecation',
      'DisableImageDeprecation',
      'EnableImageDeregistrationProtection',
      'DisableImageDeregistrationProtection',
      'EnableFastLaunch',
      'DisableFastLaunch',
    ],
    ids: at('request.imageId'),
    facets: [],
  },
  { source: EC2, names: ['EnableImageBlockPublicAccess', 'DisableImageBlockPublicAccess'], facets: ['blockPublicAccess'], indirect: true },
  tagChanges('ami'),
];
