import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { VolumeFacets } from './volume.ts';

const at = idsOf('vol');

/** Whether a volume is encrypted is decided when it is made, and never changes. */
export const volumeChanges: readonly ChangeEvents<keyof VolumeFacets>[] = [
  { source: EC2, names: ['CreateVolume'], ids: at('response.volumeId') },
  { source: EC2, names: ['CopyVolumes'], ids: at('response.volumeSet.volumeId', 'response.volumeId') },
  { source: EC2, names: ['ImportVolume'], ids: at('response.conversionTask.importVolume.volume.id') },
  { source: EC2, names: ['RestoreVolumeFromRecycleBin', 'AttachVolume', 'DetachVolume'], ids: at('request.volumeId') },
  { source: EC2, names: ['DeleteVolume'], ids: at('request.volumeId'), deletes: true },
  { source: EC2, names: ['ModifyVolume', 'ModifyVolumeAttribute', 'EnableVolumeIO'], ids: at('request.volumeId'), facets: [] },
  // They make volumes, or take them with an instance, and do not tell which.
  {
    source: EC2,
    names: ['RunInstances', 'CreateFleet', 'TerminateInstances', 'CreateReplaceRootVolumeTask'],
    facets: ['volume'],
    indirect: true,
  },
  tagChanges('vol'),
];
