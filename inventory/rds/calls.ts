import type { DBCluster, DBClusterSnapshot, DBInstance, DBMajorEngineVersion, DBSnapshot } from '@aws-sdk/client-rds';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';
import { toFilters, type Wanted } from '../ec2/wanted.ts';
import { deletedMeanwhile } from '../no-data.ts';

/** The largest page that the listings of RDS give (Amazon RDS API Reference, MaxRecords). */
const PAGE = 100;

/** Those of DocumentDB and Neptune as well, which share the API. */
export const describeDBInstances = definePagedCall<DBInstance, Wanted>({
  service: 'rds',
  operation: 'DescribeDBInstances',
  permissions: ['rds:DescribeDBInstances'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.rds(region);
    yield* unlessGone('DBInstanceNotFound', async function* () {
      for await (const page of sdk.paginateDescribeDBInstances({ client, pageSize: PAGE }, toFilters(wanted))) {
        yield required(page.DBInstances, 'DBInstances');
      }
    });
  },
});

export const describeDBClusters = definePagedCall<DBCluster, Wanted>({
  service: 'rds',
  operation: 'DescribeDBClusters',
  permissions: ['rds:DescribeDBClusters'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.rds(region);
    yield* unlessGone('DBClusterNotFoundFault', async function* () {
      for await (const page of sdk.paginateDescribeDBClusters({ client, pageSize: PAGE }, toFilters(wanted))) {
        yield required(page.DBClusters, 'DBClusters');
      }
    });
  },
});

/** The account's own: those that others share with it, or with everyone, are left out unless asked for. */
export const describeDBSnapshots = definePagedCall<DBSnapshot, Wanted>({
  service: 'rds',
  operation: 'DescribeDBSnapshots',
  permissions: ['rds:DescribeDBSnapshots'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.rds(region);
    yield* unlessGone('DBSnapshotNotFound', async function* () {
      for await (const page of sdk.paginateDescribeDBSnapshots({ client, pageSize: PAGE }, toFilters(wanted))) {
        yield required(page.DBSnapshots, 'DBSnapshots');
      }
    });
  },
});

/** The account's own, as with `describeDBSnapshots`. */
export const describeDBClusterSnapshots = definePagedCall<DBClusterSnapshot, Wanted>({
  service: 'rds',
  operation: 'DescribeDBClusterSnapshots',
  permissions: ['rds:DescribeDBClusterSnapshots'],
  async *pages(session, region, wanted) {
    const { sdk, client } = await session.aws.rds(region);
    yield* unlessGone('DBClusterSnapshotNotFoundFault', async function* () {
      for await (const page of sdk.paginateDescribeDBClusterSnapshots({ client, pageSize: PAGE }, toFilters(wanted))) {
        yield required(page.DBClusterSnapshots, 'DBClusterSnapshots');
      }
    });
  },
});

/** Asked by filter, a thing that is gone is missing from the answer; should RDS refuse instead, as it does when asked by identifier, that says the same. */
async function* unlessGone<Page>(name: string, pages: () => AsyncIterable<readonly Page[]>): AsyncIterable<readonly Page[]> {
  try {
    yield* pages();
  } catch (error) {
    if (!isNamed(error, name, `${name}Fault`)) throw error;
    yield [];
  }
}

/** An attribute of a snapshot: `restore` has the accounts that may restore it, `all` among them if everyone may. */
interface SnapshotAttribute {
  readonly AttributeName?: string | undefined;
  readonly AttributeValues?: readonly string[] | undefined;
}

export const describeDBSnapshotAttributes = defineCall<readonly SnapshotAttribute[], string>({
  service: 'rds',
  operation: 'DescribeDBSnapshotAttributes',
  permissions: ['rds:DescribeDBSnapshotAttributes'],
  async send(session, region, id) {
    const { sdk, client } = await session.aws.rds(region);
    try {
      const answer = await client.send(new sdk.DescribeDBSnapshotAttributesCommand({ DBSnapshotIdentifier: id }));
      return required(answer.DBSnapshotAttributesResult?.DBSnapshotAttributes, 'DBSnapshotAttributes');
    } catch (error) {
      const isGone = isNamed(error, 'DBSnapshotNotFound', 'DBSnapshotNotFoundFault');
      throw isGone ? deletedMeanwhile('rds:DescribeDBSnapshotAttributes', 'the snapshot') : error;
    }
  },
});

export const describeDBClusterSnapshotAttributes = defineCall<readonly SnapshotAttribute[], string>({
  service: 'rds',
  operation: 'DescribeDBClusterSnapshotAttributes',
  permissions: ['rds:DescribeDBClusterSnapshotAttributes'],
  async send(session, region, id) {
    const { sdk, client } = await session.aws.rds(region);
    try {
      const answer = await client.send(new sdk.DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: id }));
      return required(answer.DBClusterSnapshotAttributesResult?.DBClusterSnapshotAttributes, 'DBClusterSnapshotAttributes');
    } catch (error) {
      const isGone = isNamed(error, 'DBClusterSnapshotNotFoundFault');
      throw isGone ? deletedMeanwhile('rds:DescribeDBClusterSnapshotAttributes', 'the snapshot') : error;
    }
  },
});

/** Every major version of every engine that RDS has, with the dates of its support where AWS tells them. */
export const describeDBMajorEngineVersions = definePagedCall<DBMajorEngineVersion>({
  service: 'rds',
  operation: 'DescribeDBMajorEngineVersions',
  permissions: ['rds:DescribeDBMajorEngineVersions'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.rds(region);
    for await (const page of sdk.paginateDescribeDBMajorEngineVersions({ client, pageSize: PAGE }, {})) {
      yield required(page.DBMajorEngineVersions, 'DBMajorEngineVersions');
    }
  },
});
