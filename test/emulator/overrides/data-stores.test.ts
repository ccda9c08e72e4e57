import { DescribeFileSystemsCommand, EFSClient } from '@aws-sdk/client-efs';
import { DescribeKeyCommand, GetKeyPolicyCommand, GetKeyRotationStatusCommand, KMSClient, paginateListKeys } from '@aws-sdk/client-kms';
import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBMajorEngineVersionsCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetResourcePolicyCommand, paginateListSecrets, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account, allow } from '../../../emulator/account.ts';
import { startLocalAws } from '../../../emulator/local-aws.ts';

const ID = '111122223333';
const now = new Date('2026-06-01T12:00:00Z');
const everyone = allow('*', '*', { principal: '*' });

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws({ pageSize: 1 });
const settings = aws.client(ID);
const idOf = await aws.seed(
  account(ID, { now })
    .database('orders', { certificateUntil: -10, public: true })
    .databaseCluster('catalogue', { multiAz: false })
    .database('catalogue-1', { cluster: 'catalogue' })
    .databaseSnapshot('given-away', { of: 'catalogue', sharedWith: ['all'] })
    .fileSystem('files', { encrypted: false, tags: { team: 'shop' } })
    .key('exports', { rotation: false, policy: everyone })
    .key('old', { state: 'PendingDeletion' })
    .secret('mail', { created: 100, accessed: 3, policy: everyone })
    .secret('database', { created: 100, changed: 2, rotation: { days: 30, last: 2, next: -28 } }),
);

afterAll(() => aws.stop());

async function all<Page, Item>(pages: AsyncIterable<Page>, itemsOf: (page: Page) => readonly Item[] | undefined): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

describe('databases', () => {
  const client = new RDSClient(settings);

  it('have the certificates and addresses that are described, in a cluster or not', async () => {
    const instances = await all(paginateDescribeDBInstances({ client }, {}), (page) => page.DBInstances);
    expect(instances.map((one) => [one.DBInstanceIdentifier, one.PubliclyAccessible, one.DBSubnetGroup?.Subnets?.length])).toEqual([
      ['orders', true, expect.any(Number)],
      ['catalogue-1', false, expect.any(Number)],
    ]);
    expect(instances[0]?.CertificateDetails?.ValidTill).toEqual(new Date('2026-06-11T12:00:00Z'));
  });

  it('are in as many zones as is described', async () => {
    const clusters = await all(paginateDescribeDBClusters({ client }, {}), (page) => page.DBClusters);
    expect(clusters.map(({ MultiAZ, DBClusterMembers }) => [MultiAZ, DBClusterMembers?.length])).toEqual([[false, 1]]);
  });

  it('have snapshots that are shared as is described', async () => {
    const asked = new DescribeDBClusterSnapshotAttributesCommand({ DBClusterSnapshotIdentifier: 'given-away' });
    const { DBClusterSnapshotAttributesResult: result } = await client.send(asked);
    expect(result?.DBClusterSnapshotAttributes).toEqual([{ AttributeName: 'restore', AttributeValues: ['all'] }]);
  });

  it('run versions whose support ends some day', async () => {
    const { DBMajorEngineVersions = [] } = await client.send(new DescribeDBMajorEngineVersionsCommand({ MaxRecords: 100 }));
    expect(DBMajorEngineVersions[0]).toMatchObject({ Engine: 'aurora-postgresql', MajorEngineVersion: '13' });
    expect(DBMajorEngineVersions[0]?.SupportedEngineLifecycles?.[0]?.LifecycleSupportEndDate).toEqual(new Date('2026-02-28T23:59:59.999Z'));
  });
});

it('file systems are named by a tag', async () => {
  const { FileSystems = [] } = await new EFSClient(settings).send(new DescribeFileSystemsCommand({}));
  expect(FileSystems).toMatchObject([{ FileSystemId: idOf('file-system', 'files'), Encrypted: false }]);
  expect(FileSystems[0]?.Tags).toEqual(expect.arrayContaining([{ Key: 'Name', Value: 'files' }]));
});

it('keys come page by page, in the state that is described', async () => {
  const client = new KMSClient(settings);
  const keys = await all(paginateListKeys({ client }, {}), (page) => page.Keys);
  expect(keys.map(({ KeyId }) => KeyId)).toEqual(expect.arrayContaining([idOf('kms-key', 'exports'), idOf('kms-key', 'old')]));
  const exports = { KeyId: idOf('kms-key', 'exports') };
  expect(await client.send(new GetKeyRotationStatusCommand(exports))).toMatchObject({ KeyRotationEnabled: false });
  expect((await client.send(new GetKeyPolicyCommand({ ...exports, PolicyName: 'default' }))).Policy).toContain('"Principal":"*"');
  const { KeyMetadata } = await client.send(new DescribeKeyCommand({ KeyId: idOf('kms-key', 'old') }));
  expect(KeyMetadata).toMatchObject({ KeyState: 'PendingDeletion', DeletionDate: expect.any(Date) });
});

it('secrets were made, read and rotated as is described', async () => {
  const client = new SecretsManagerClient(settings);
  const secrets = await all(paginateListSecrets({ client }, {}), (page) => page.SecretList);
  expect(secrets).toMatchObject([
    { Name: 'mail', CreatedDate: new Date('2026-02-21T12:00:00Z'), LastAccessedDate: new Date('2026-05-29T12:00:00Z') },
    {
      Name: 'database',
      RotationEnabled: true,
      RotationRules: { AutomaticallyAfterDays: 30 },
      NextRotationDate: new Date('2026-06-29T12:00:00Z'),
    },
  ]);
  expect(secrets[0]?.RotationEnabled).toBeUndefined();
  expect((await client.send(new GetResourcePolicyCommand({ SecretId: 'mail' }))).ResourcePolicy).toContain('"Principal":"*"');
  const named = await all(paginateListSecrets({ client }, { Filters: [{ Key: 'name', Values: ['mai'] }] }), (page) => page.SecretList);
  expect(named.map(({ Name }) => Name)).toEqual(['mail']);
});
