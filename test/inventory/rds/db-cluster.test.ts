import { expect, test } from 'vitest';
import { dbClusters } from '../../../inventory/rds/db-cluster.ts';
import { describeReader, facetOf, type ReaderContract, subjectOf } from '../describe-reader.ts';
import { type Answers, pages } from '../fake-session.ts';
import { cluster, majorVersions } from './databases.ts';

const second = { ...cluster, DBClusterIdentifier: 'graph', DBClusterArn: cluster.DBClusterArn.replace('catalogue', 'graph') };

const answers: Answers = {
  'rds:DescribeDBClusters': pages({ DBClusters: [cluster] }, { DBClusters: [second] }),
  'rds:DescribeDBMajorEngineVersions': { DBMajorEngineVersions: majorVersions },
};

const contract: ReaderContract = {
  reader: dbClusters,
  ids: ['catalogue', 'graph'],
  answers,
  facets: {
    database: {
      kind: 'cluster',
      engine: 'aurora-mysql',
      engineVersion: '8.0.mysql_aurora.3.10.1',
      status: 'available',
      clusterId: undefined,
      replicaOf: undefined,
      encrypted: true,
      autoMinorVersionUpgrade: undefined,
      multiAz: true,
      deletionProtection: false,
      backupRetentionDays: 1,
      iamAuthentication: true,
    },
    engineSupport: { majorVersion: '8.0', standardUntil: '2028-04-30T23:59:59.999Z', extendedUntil: '2029-07-31T23:59:59.999Z' },
  },
};

describeReader(contract);

test('clusters of DocumentDB, which have no IAM authentication to turn on, say no flag for it', async () => {
  const { IAMDatabaseAuthenticationEnabled: _, ...rest } = { ...cluster, Engine: 'docdb', EngineVersion: '5.0.0' };
  const { resource } = await subjectOf(contract, { ...answers, 'rds:DescribeDBClusters': { DBClusters: [rest] } });
  expect(await facetOf(resource, 'database')).toMatchObject({ engine: 'docdb', iamAuthentication: false });
});
