import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import { identifiersAt, RDS, tagChanges } from './rds-events.ts';
import type { DatabaseSnapshotFacets } from './snapshot.ts';

type SnapshotChanges = readonly ChangeEvents<keyof DatabaseSnapshotFacets>[];

const FINAL_SNAPSHOT = 'finalDBSnapshotIdentifier';

/** Who deletes a database keeps a last snapshot of it, whose name they give, or says that they want none. */
const lastKept: readonly IdPath[] = [
  ...identifiersAt(`request.${FINAL_SNAPSHOT}`),
  { at: 'request.skipFinalSnapshot', as: noneUnlessNamed },
];

/** @throws Unread where a last snapshot is kept and its name is not told */
function noneUnlessNamed(skipped: string, { name, request }: CloudTrailEvent): undefined {
  if (skipped !== 'true' && !request.at(FINAL_SNAPSHOT).text) throw malformed(`cloudtrail:${name}`, 'the last snapshot has no name');
  return undefined;
}

export const dbSnapshotChanges: SnapshotChanges = [
  { source: RDS, names: ['CreateDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier') },
  { source: RDS, names: ['CopyDBSnapshot'], ids: identifiersAt('request.targetDBSnapshotIdentifier') },
  { source: RDS, names: ['DeleteDBInstance'], ids: lastKept, onlyIfTold: true },
  { source: RDS, names: ['ModifyDBSnapshotAttribute'], ids: identifiersAt('request.dBSnapshotIdentifier'), facets: ['sharedWith'] },
  { source: RDS, names: ['ModifyDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier'), facets: [] },
  { source: RDS, names: ['DeleteDBSnapshot'], ids: identifiersAt('request.dBSnapshotIdentifier'), deletes: true },
  tagChanges('snapshot'),
];

export const dbClusterSnapshotChanges: SnapshotChanges = [
  { source: RDS, names: ['CreateDBClusterSnapshot'], ids: identifiersAt('request.dBClusterSnapshotIdentifier') },
  { source: RDS, names: ['CopyDBClusterSnapshot'], ids: identifiersAt('request.targetDBClusterSnapshotIdentifier') },
  { source: RDS, names: ['DeleteDBCluster'], ids: lastKept, onlyIfTold: true },
  {
    source: RDS,
    names: ['ModifyDBClusterSnapshotAttribute'],
    ids: identifiersAt('request.dBClusterSnapshotIdentifier'),
    facets: ['sharedWith'],
  },
  { source: RDS, names: ['DeleteDBClusterSnapshot'], ids: identifiersAt('request.dBClusterSnapshotIdentifier'), deletes: true },
  tagChanges('cluster-snapshot'),
];
