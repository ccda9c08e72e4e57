import type { ChangeEvents } from '../events/changes.ts';
import { EC2, idsOf, tagChanges } from './ids-of.ts';
import type { SnapshotFacets } from './snapshot.ts';

const EBS = 'ebs.amazonaws.com';
const at = idsOf('snap');

export const snapshotChanges: readonly ChangeEvents<keyof SnapshotFacets>[] = [
  { source: EC2, names: ['CreateSnapshot', 'CopySnapshot'], ids: at('response.snapshotId') },
  { source: EC2, names: ['CreateSnapshots'], ids: at('response.snapshotSet.snapshotId') },
  { source: EC2, names: ['RestoreSnapshotFromRecycleBin'], ids: at('request.snapshotId') },
  { source: EC2, names: ['DeleteSnapshot'], ids: at('request.snapshotId'), deletes: true },
  // An image may take its snapshots with it.
  {
    source: EC2,
    names: ['DeregisterImage'],
    ids: at('response.deleteSnapshotResultSet.snapshotId'),
    onlyIfTold: true,
    deletes: true,
  },
  { source: EC2, names: ['ModifySnapshotAttribute', 'ResetSnapshotAttribute'], ids: at('request.snapshotId'), facets: ['public'] },
  {
    source: EC2,
    names: ['ModifySnapshotTier', 'RestoreSnapshotTier', 'LockSnapshot', 'UnlockSnapshot'],
    ids: at('request.snapshotId'),
    facets: [],
  },
  {
    source: EC2,
    names: ['EnableSnapshotBlockPublicAccess', 'DisableSnapshotBlockPublicAccess'],
    facets: ['blockPublicAccess'],
    indirect: true,
  },
  // Those that are written block by block (EBS direct APIs, Amazon EBS User Guide).
  { source: EBS, names: ['StartSnapshot'], ids: at('response.snapshotId') },
  { source: EBS, names: ['CompleteSnapshot'], ids: at('request.snapshotId') },
  tagChanges('snap'),
];
