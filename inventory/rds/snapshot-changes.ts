import type { ChangeEvents } from '../events/changes.ts';
import { identifiersAt, RDS, tagChanges } from './rds-events.ts';
import type { DatabaseSnapshotFacets } from './snapshot.ts';

type SnapshotChanges = readonly ChangeEvents<keyof DatabaseSnapshotFacets>[];

export const dbSnapshotChanges: SnapshotChanges = [
  { source: RDS, names: ['CreateDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier') },
  { source: RDS, names: ['CopyDBSnapshot'], ids: identifiersAt('request.targetDBSnapshotIdentifier') },
  // Who deletes a database may keep a last snapshot of it.
  { source: RDS, names: ['DeleteDBInstance'], ids: identifiersAt('request.finalDBSnapshotIdentifier'), onlyIfTold: true },
  { source: RDS, names: ['ModifyDBSnapshotAttribute'], ids: identifiersAt('request.dBSnapshotIdentifier'), facets: ['sharedWith'] },
  { source: RDS, names: ['ModifyDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier'), facets: [] },
  { source: RDS, names: ['DeleteDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier'), deletes: true },
  tagChanges('snapshot'),
];

export const dbClusterSnapshotChanges: SnapshotChanges = [
  { source: RDS, names: ['CreateDBClusterSnapshot'], ids: identifiersAt('request.dBClusterSnapshotIdentifier') },
  { source: RDS, names: ['CopyDBClusterSnapshot'], ids: identifiersAt('request.targetDBClusterSnapshotIdentifier') },
  { source: RDS, names: ['DeleteDBCluster'], ids: identifiersAt('request.finalDBSnapshotIdentifier'), onlyIfTold: true },
  {
    source: RDS,
    names: ['ModifyDBClusterSnapshotAttribute'],
    ids: identifiersAt('request.dBClusterSnapshotIdentifier'),
    facets: ['sharedWith'],
  },
  { source: RDS, names: ['DeleteDBClusterSnapshot'], ids: identifiersAt('request.dBClusterSnapshotIdentifier'), deletes: true },
  tagChanges('cluster-snapshot'),
];
