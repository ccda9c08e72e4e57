import { expect, test } from 'vitest';
import { dbClusterSnapshots } from '../../../inventory/rds/db-cluster-snapshot.ts';
import { dbSnapshots } from '../../../inventory/rds/db-snapshot.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, pages, refused } from '../fake-session.ts';

const TAKEN = new Date('2026-03-01T10:00:00Z');

const snapshot = (id: string, SnapshotType = 'manual') => ({
  DBSnapshotIdentifier: id,
  DBSnapshotArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:snapshot:${id}`,
  DBInstanceIdentifier: 'orders',
  Engine: 'postgres',
  Encrypted: false,
  SnapshotCreateTime: TAKEN,
  SnapshotType,
});

const clusterSnapshot = (id: string, SnapshotType = 'manual') => ({
  DBClusterSnapshotIdentifier: id,
  DBClusterSnapshotArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster-snapshot:${id}`,
  DBClusterIdentifier: 'graph',
  Engine: 'neptune',
  StorageEncrypted: true,
  SnapshotCreateTime: TAKEN,
  SnapshotType,
});

const restore = (...values: readonly string[]) => [{ AttributeName: 'restore', AttributeValues: values }];

const answers: Answers = {
  'rds:DescribeDBSnapshots': pages(
    { DBSnapshots: [snapshot('before-the-move')] },
    { DBSnapshots: [snapshot('rds:orders-2026-03-01-04-00', 'automated'), snapshot('awsbackup:job-1', 'awsbackup')] },
  ),
  'rds:DescribeDBSnapshotAttributes': { DBSnapshotAttributesResult: { DBSnapshotAttributes: restore('all', '444455556666') } },
};

const clusterAnswers: Answers = {
  'rds:DescribeDBClusterSnapshots': pages(
    { DBClusterSnapshots: [clusterSnapshot('graph-1')] },
    { DBClusterSnapshots: [clusterSnapshot('rds:graph-2026-03-01-04-00', 'automated'), clusterSnapshot('graph-2')] },
  ),
  'rds:DescribeDBClusterSnapshotAttributes': { DBClusterSnapshotAttributesResult: { DBClusterSnapshotAttributes: restore() } },
};

const contract: ReaderContract = {
  reader: dbSnapshots,
  ids: ['before-the-move', 'awsbackup:job-1'],
  answers,
  facets: {
    snapshot: { engine: 'postgres', database: 'orders', encrypted: false, createdAt: '2026-03-01T10:00:00.000Z' },
    sharedWith: ['all', '444455556666'],
  },
};

describeReader(contract);

describeReader({
  reader: dbClusterSnapshots,
  ids: ['graph-1', 'graph-2'],
  answers: clusterAnswers,
  facets: {
    snapshot: { engine: 'neptune', database: 'graph', encrypted: true, createdAt: '2026-03-01T10:00:00.000Z' },
    sharedWith: [],
  },
});

test('one with a colon in its name is found by its ARN', async () => {
  const { session, sent } = fakeSession(answers);
  const found = await dbSnapshots.only(session, scopeOf(dbSnapshots), [`arn:aws:rds:eu-central-1:${ACCOUNT}:snapshot:awsbackup:job-1`]);
  expect(found.known.map(({ identity }) => identity.id)).toEqual(['awsbackup:job-1']);
  expect(sent[0]?.input.Filters).toEqual([{ Name: 'db-snapshot-id', Values: ['awsbackup:job-1'] }]);
});

test('an answer that does not say who may restore it proves nothing', async () => {
  const silent = { DBSnapshotAttributesResult: { DBSnapshotAttributes: [] } };
  const { resource } = await subjectOf(contract, { ...answers, 'rds:DescribeDBSnapshotAttributes': silent });
  expect(await refusalOf(() => facetOf(resource, 'sharedWith'))).toMatchObject({ cause: 'malformed' });
});

test('one that is deleted meanwhile is unread, and no fault of permissions', async () => {
  const gone = () => {
    throw refused('DBSnapshotNotFound', 404);
  };
  const { resource } = await subjectOf(contract, { ...answers, 'rds:DescribeDBSnapshotAttributes': gone });
  expect(await refusalOf(() => facetOf(resource, 'sharedWith'))).toMatchObject({ cause: 'no-data', permissions: [] });
});
