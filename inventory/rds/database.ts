import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import { malformed } from '../broken-answer.ts';

/** What an instance and a cluster have in common. Clusters of DocumentDB and Neptune are of engine `docdb` and `neptune`. */
export interface Database {
  readonly kind: 'instance' | 'cluster';
  /** As RDS names it: `postgres`, `aurora-mysql`, `sqlserver-se`, `custom-oracle-ee`, `docdb`. */
  readonly engine: string;
  readonly engineVersion: string;
  readonly status: string;
  /** Of an instance in a cluster: the storage, backups and protection are the cluster's. */
  readonly clusterId: string | undefined;
  /** What it is a read replica of. */
  readonly replicaOf: string | undefined;
  readonly encrypted: boolean;
  /** `undefined` where RDS does not tell, as of Aurora's clusters. */
  readonly autoMinorVersionUpgrade: boolean | undefined;
  readonly multiAz: boolean;
  readonly deletionProtection: boolean;
  readonly backupRetentionDays: number;
  readonly iamAuthentication: boolean;
}

const INSTANCES = 'rds:DescribeDBInstances';
const CLUSTERS = 'rds:DescribeDBClusters';

/** A standby that SQL Server mirrors to shows only as a second availability zone. */
export function instanceToDatabase(instance: DBInstance): Database {
  const { DBClusterIdentifier, ReadReplicaSourceDBInstanceIdentifier, ReadReplicaSourceDBClusterIdentifier } = instance;
  return {
    kind: 'instance',
    ...toCommon(instance, instance.DBInstanceStatus, INSTANCES),
    clusterId: DBClusterIdentifier || undefined,
    replicaOf: ReadReplicaSourceDBInstanceIdentifier || ReadReplicaSourceDBClusterIdentifier || undefined,
    multiAz: present(instance.MultiAZ, 'MultiAZ', INSTANCES) || Boolean(instance.SecondaryAvailabilityZone),
  };
}

export function clusterToDatabase(cluster: DBCluster): Database {
  return {
    kind: 'cluster',
    ...toCommon(cluster, cluster.Status, CLUSTERS),
    clusterId: undefined,
    replicaOf: cluster.ReplicationSourceIdentifier || undefined,
    multiAz: present(cluster.MultiAZ, 'MultiAZ', CLUSTERS),
  };
}

/** Only what has no such feature is without a flag for it. */
function toCommon(database: DBInstance | DBCluster, status: string | undefined, operation: string) {
  return {
    engine: present(database.Engine, 'Engine', operation),
    engineVersion: present(database.EngineVersion, 'EngineVersion', operation),
    status: present(status, 'status', operation),
    encrypted: present(database.StorageEncrypted, 'StorageEncrypted', operation),
    autoMinorVersionUpgrade: database.AutoMinorVersionUpgrade,
    deletionProtection: present(database.DeletionProtection, 'DeletionProtection', operation),
    backupRetentionDays: present(database.BackupRetentionPeriod, 'BackupRetentionPeriod', operation),
    iamAuthentication: database.IAMDatabaseAuthenticationEnabled ?? false,
  };
}

function present<Value>(value: Value | undefined, member: string, operation: string): Value {
  if (value === undefined) throw malformed(operation, `a database has no ${member}`);
  return value;
}
