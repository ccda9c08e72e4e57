import type { ChangeEvents } from '../events/changes.ts';
import type { DBClusterFacets } from './db-cluster.ts';
import { identifiersAt, identifiersOfKind, RDS, tagChanges } from './rds-events.ts';

const named = identifiersAt('request.dBClusterIdentifier');

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html */
export const dbClusterChanges: readonly ChangeEvents<keyof DBClusterFacets>[] = [
  {
    source: RDS,
    names: ['CreateDBCluster', 'RestoreDBClusterFromSnapshot', 'RestoreDBClusterFromS3', 'RestoreDBClusterToPointInTime'],
    ids: named,
  },
  // It may be given another name.
  { source: RDS, names: ['ModifyDBCluster'], ids: identifiersAt('request.dBClusterIdentifier', 'request.newDBClusterIdentifier') },
  { source: RDS, names: ['DeleteDBCluster'], ids: named, deletes: true },
  {
    source: RDS,
    names: ['PromoteReadReplicaDBCluster', 'StartDBCluster', 'StopDBCluster', 'FailoverDBCluster', 'RebootDBCluster'],
    ids: named,
    facets: ['database'],
  },
  // How many zones a cluster is in, its instances decide.
  {
    source: RDS,
    names: ['CreateDBInstance', 'DeleteDBInstance'],
    ids: identifiersAt('request.dBClusterIdentifier', 'response.dBClusterIdentifier'),
    onlyIfTold: true,
    facets: ['database'],
    indirect: true,
  },
  { source: RDS, names: ['ApplyPendingMaintenanceAction'], ids: identifiersOfKind('cluster', 'request.resourceIdentifier') },
  // They make, rename, upgrade or delete several at a time.
  {
    source: RDS,
    names: [
      'CreateBlueGreenDeployment',
      'SwitchoverBlueGreenDeployment',
      'DeleteBlueGreenDeployment',
      'ModifyGlobalCluster',
      'SwitchoverGlobalCluster',
      'FailoverGlobalCluster',
      'RemoveFromGlobalCluster',
    ],
  },
  {
    source: RDS,
    names: [
      'AddRoleToDBCluster',
      'RemoveRoleFromDBCluster',
      'BacktrackDBCluster',
      'ModifyCurrentDBClusterCapacity',
      'EnableHttpEndpoint',
      'DisableHttpEndpoint',
      'DeleteDBClusterAutomatedBackup',
    ],
    facets: [],
  },
  tagChanges('cluster'),
];
