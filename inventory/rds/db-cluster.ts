import type { DBCluster } from '@aws-sdk/client-rds';
import type { Place } from '../call.ts';
import type { Wanted } from '../ec2/wanted.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeDBClusters } from './calls.ts';
import { clusterToDatabase, type Database } from './database.ts';
import { dbClusterChanges } from './db-cluster-changes.ts';
import { type EngineSupport, engineSupportCalls, readEngineSupport } from './engine-support.ts';
import { identifyListed, type ListedByRds, listedOnly, toListedByRds } from './listed.ts';

export interface DBClusterFacets {
  readonly database: Database;
  /** `undefined` where AWS tells no dates. */
  readonly engineSupport: EngineSupport | undefined;
}

const SOURCE = 'rds:DescribeDBClusters';

/** Those of Aurora, DocumentDB and Neptune, and Multi-AZ DB clusters of MySQL and PostgreSQL. */
export const dbClusters = defineReader<'AWS::RDS::DBCluster', ListedByRds<DBCluster>>({
  type: 'AWS::RDS::DBCluster',
  scope: 'regional',
  changes: dbClusterChanges,
  list: { calls: [describeDBClusters], read: (place) => listClusters(place, 'all') },
  only: { calls: [describeDBClusters], read: (place, ids) => listedOnly(place, ids, 'db-cluster-id', listClusters) },
  identify: identifyListed,
  facets: {
    database: { calls: [], read: ({ detail }) => clusterToDatabase(detail) },
    engineSupport: { calls: engineSupportCalls, read: ({ detail }, place) => readEngineSupport(clusterToDatabase(detail), place) },
  },
});

async function listClusters(place: Place, wanted: Wanted): Promise<Listed<ListedByRds<DBCluster>>> {
  return toListed(await describeDBClusters(place, wanted), (detail) =>
    toListedByRds(SOURCE, detail.DBClusterIdentifier, detail.DBClusterArn, detail),
  );
}
