import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateDBClusterCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  ModifyDBClusterSnapshotAttributeCommand,
  ModifyDBSnapshotAttributeCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AccountState } from '../state.ts';
import type { Database, DatabaseInstance, DatabaseSnapshot } from './data-stores.ts';
import type { SeedClients } from './seed-clients.ts';

/** The group of subnets in which every database is: all of the region's. */
const SUBNETS = 'everywhere';
const NOBODY = { MasterUsername: 'owner', MasterUserPassword: 'not-a-secret' };
const VERSIONS: Readonly<Record<string, string>> = { postgres: '17.6', mysql: '8.4.6', 'aurora-postgresql': '17.5', docdb: '5.0.0' };

/** Clusters before their instances, and both before their snapshots. */
export async function seedDatabases(aws: SeedClients, state: AccountState): Promise<void> {
  const { databases, databaseClusters, databaseSnapshots, region: home } = state.description;
  const regionOf = ({ region }: { readonly region?: string }) => region ?? home;
  for (const region of new Set([...databases.values(), ...databaseClusters.values()].map(regionOf))) await seedSubnets(aws, region);
  for (const [name, cluster] of databaseClusters) await seedCluster(aws.client(RDSClient, regionOf(cluster)), name, cluster);
  for (const [name, instance] of databases) await seedInstance(aws.client(RDSClient, regionOf(instance)), name, instance, state);
  for (const [name, snapshot] of databaseSnapshots) {
    const cluster = databaseClusters.get(snapshot.of);
    const rds = aws.client(RDSClient, regionOf(cluster ?? databases.get(snapshot.of) ?? {}));
    await (cluster ? seedClusterSnapshot(rds, name, snapshot) : seedSnapshot(rds, name, snapshot));
  }
}

async function seedSubnets(aws: SeedClients, region: string): Promise<void> {
  const { Subnets = [] } = await aws.client(EC2Client, region).send(new DescribeSubnetsCommand({}));
  const SubnetIds = Subnets.flatMap(({ SubnetId }) => SubnetId ?? []);
  await aws
    .client(RDSClient, region)
    .send(new CreateDBSubnetGroupCommand({ DBSubnetGroupName: SUBNETS, DBSubnetGroupDescription: SUBNETS, SubnetIds }));
}

function toSettings({ encrypted, minorUpgrades, deletionProtection, backupDays, iamAuthentication }: Database) {
  return {
    StorageEncrypted: encrypted ?? true,
    AutoMinorVersionUpgrade: minorUpgrades ?? true,
    DeletionProtection: deletionProtection ?? true,
    BackupRetentionPeriod: backupDays ?? 14,
    EnableIAMDatabaseAuthentication: iamAuthentication ?? true,
  };
}

async function seedCluster(rds: RDSClient, name: string, cluster: Database): Promise<void> {
  const { engine = 'aurora-postgresql', version = VERSIONS[engine] } = cluster;
  await rds.send(
    new CreateDBClusterCommand({
      ...{ DBClusterIdentifier: name, Engine: engine, EngineVersion: version, DBSubnetGroupName: SUBNETS },
      ...NOBODY,
      ...toSettings(cluster),
    }),
  );
}

/** What a cluster decides for its instances cannot be said of one. */
async function seedInstance(rds: RDSClient, name: string, instance: DatabaseInstance, state: AccountState): Promise<void> {
  const { cluster, engine = cluster === undefined ? 'postgres' : 'aurora-postgresql', version = VERSIONS[engine], port, groups } = instance;
  const { StorageEncrypted: _, ...ofMember } = toSettings(instance);
  await rds.send(
    new CreateDBInstanceCommand({
      ...{ DBInstanceIdentifier: name, DBInstanceClass: 'db.t4g.medium', Engine: engine, EngineVersion: version, Port: port },
      ...{ DBSubnetGroupName: SUBNETS, PubliclyAccessible: instance.public ?? false },
      ...(groups ? { VpcSecurityGroupIds: groups.map((group) => state.idOf('security-group', group)) } : {}),
      ...(cluster === undefined
        ? { ...NOBODY, ...toSettings(instance), MultiAZ: instance.multiAz ?? true, AllocatedStorage: 20 }
        : { DBClusterIdentifier: cluster, AutoMinorVersionUpgrade: ofMember.AutoMinorVersionUpgrade }),
    }),
  );
}

async function seedSnapshot(rds: RDSClient, name: string, { of, sharedWith = [] }: DatabaseSnapshot): Promise<void> {
  await rds.send(new CreateDBSnapshotCommand({ DBSnapshotIdentifier: name, DBInstanceIdentifier: of }));
  if (sharedWith.length === 0) return;
  const shared = { AttributeName: 'restore', ValuesToAdd: [...sharedWith] };
  await rds.send(new ModifyDBSnapshotAttributeCommand({ DBSnapshotIdentifier: name, ...shared }));
}

async function seedClusterSnapshot(rds: RDSClient, name: string, { of, sharedWith = [] }: DatabaseSnapshot): Promise<void> {
  await rds.send(new CreateDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: name, DBClusterIdentifier: of }));
  if (sharedWith.length === 0) return;
  const shared = { AttributeName: 'restore', ValuesToAdd: [...sharedWith] };
  await rds.send(new ModifyDBClusterSnapshotAttributeCommand({ DBClusterSnapshotIdentifier: name, ...shared }));
}
