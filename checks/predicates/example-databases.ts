import type { Database } from '../../inventory/rds/database.ts';
import type { DatabaseSnapshot } from '../../inventory/rds/snapshot.ts';

/** As it should be. */
export const EXAMPLE_DATABASE: Database = {
  kind: 'instance',
  engine: 'postgres',
  engineVersion: '17.6',
  status: 'available',
  clusterId: undefined,
  replicaOf: undefined,
  encrypted: true,
  autoMinorVersionUpgrade: true,
  multiAz: true,
  deletionProtection: true,
  backupRetentionDays: 14,
  iamAuthentication: true,
};

export const EXAMPLE_CLUSTER: Database = {
  ...EXAMPLE_DATABASE,
  kind: 'cluster',
  engine: 'aurora-postgresql',
  autoMinorVersionUpgrade: undefined,
};

/** What an instance says for itself of what its cluster decides means nothing. */
export const EXAMPLE_MEMBER: Database = {
  ...EXAMPLE_DATABASE,
  engine: 'aurora-postgresql',
  clusterId: 'shop',
  encrypted: false,
  multiAz: false,
  deletionProtection: false,
  backupRetentionDays: 1,
  iamAuthentication: false,
};

export const EXAMPLE_SNAPSHOT: DatabaseSnapshot = {
  engine: 'postgres',
  database: 'orders',
  encrypted: false,
  createdAt: '2026-03-01T10:00:00.000Z',
};
