import { EC2 } from '../ec2/ids-of.ts';
import { INGRESS_RULE_CHANGES, SUBNET_ACL_CHANGES, SUBNET_ROUTE_CHANGES } from '../ec2/network-changes.ts';
import type { ChangeEvents } from '../events/changes.ts';
import type { DBInstanceFacets } from './db-instance.ts';
import { identifiersAt, identifiersOfKind, RDS, tagChanges } from './rds-events.ts';

const named = identifiersAt('request.dBInstanceIdentifier');

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html */
export const dbInstanceChanges: readonly ChangeEvents<keyof DBInstanceFacets>[] = [
  {
    source: RDS,
    names: ['CreateDBInstance', 'CreateDBInstanceReadReplica', 'RestoreDBInstanceFromDBSnapshot', 'RestoreDBInstanceFromS3'],
    ids: named,
  },
  { source: RDS, names: ['RestoreDBInstanceToPointInTime'], ids: identifiersAt('request.targetDBInstanceIdentifier') },
  // It may be given another name.
  { source: RDS, names: ['ModifyDBInstance'], ids: identifiersAt('request.dBInstanceIdentifier', 'request.newDBInstanceIdentifier') },
  { source: RDS, names: ['DeleteDBInstance'], ids: named, deletes: true },
  {
    source: RDS,
    names: ['PromoteReadReplica', 'SwitchoverReadReplica', 'StartDBInstance', 'StopDBInstance'],
    ids: named,
    facets: ['database'],
  },
  // What it does may have waited: a new certificate, an upgrade.
  { source: RDS, names: ['RebootDBInstance'], ids: named },
  { source: RDS, names: ['ApplyPendingMaintenanceAction'], ids: identifiersOfKind('db', 'request.resourceIdentifier') },
  // They make, rename or delete several at a time.
  {
    source: RDS,
    names: ['CreateBlueGreenDeployment', 'SwitchoverBlueGreenDeployment', 'DeleteBlueGreenDeployment'],
  },
  // The instances of a Multi-AZ DB cluster come, change and go with it.
  {
    source: RDS,
    names: ['CreateDBCluster', 'RestoreDBClusterFromSnapshot', 'RestoreDBClusterToPointInTime', 'ModifyDBCluster', 'DeleteDBCluster'],
  },
  { source: RDS, names: ['ModifyDBSubnetGroup'], facets: ['subnets'], indirect: true },
  {
    source: RDS,
    names: [
      'AddRoleToDBInstance',
      'RemoveRoleFromDBInstance',
      'StartDBInstanceAutomatedBackupsReplication',
      'StopDBInstanceAutomatedBackupsReplication',
      'DeleteDBInstanceAutomatedBackup',
      'ModifyActivityStream',
      'StartActivityStream',
      'StopActivityStream',
    ],
    facets: [],
  },
  tagChanges('db'),
  {
    source: EC2,
    names: [...new Set(['AssociateRouteTable', ...INGRESS_RULE_CHANGES, ...SUBNET_ACL_CHANGES, ...SUBNET_ROUTE_CHANGES])],
    facets: ['subnets'],
    indirect: true,
  },
];
