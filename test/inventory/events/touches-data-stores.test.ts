import { describe, expect, test } from 'vitest';
import type { Raw } from './corpus.ts';
import type { Row } from './ec2-families.ts';
import { record } from './records.ts';
import { told } from './told-touches.ts';

const ARN = 'arn:aws:rds:eu-central-1:111122223333:';

/** A test for each call of a service. */
function calls(service: string, rows: readonly Row[]): void {
  const cases = rows.map(([eventName, requestParameters, responseElements, ...expected]) => ({
    ...{ eventName, requestParameters, responseElements, expected },
  }));
  test.each(cases)('$eventName $requestParameters', ({ expected, ...call }) => {
    expect(told(record({ eventSource: `${service}.amazonaws.com`, ...call }))).toEqual(expected);
  });
}

describe('databases', () => {
  const orders = { dBInstanceIdentifier: 'orders' };
  calls('rds', [
    ['CreateDBInstance', { dBInstanceIdentifier: 'Orders' }, orders, 'DBInstance orders'],
    [
      'CreateDBInstance',
      { dBInstanceIdentifier: 'catalogue-2', dBClusterIdentifier: 'Catalogue' },
      null,
      '(DBCluster catalogue: database)',
      'DBInstance catalogue-2',
    ],
    ['CreateDBInstanceReadReplica', { ...orders, sourceDBInstanceIdentifier: 'other' }, null, 'DBInstance orders'],
    ['RestoreDBInstanceFromDBSnapshot', { ...orders, dBSnapshotIdentifier: 'old' }, null, 'DBInstance orders'],
    [
      'RestoreDBInstanceToPointInTime',
      { sourceDBInstanceIdentifier: 'other', targetDBInstanceIdentifier: 'orders' },
      null,
      'DBInstance orders',
    ],
    ['ModifyDBInstance', { ...orders, publiclyAccessible: true }, orders, 'DBInstance orders'],
    ['ModifyDBInstance', { ...orders, newDBInstanceIdentifier: 'Sales' }, orders, 'DBInstance orders', 'DBInstance sales'],
    ['DeleteDBInstance', { ...orders, skipFinalSnapshot: true }, orders, 'DBInstance orders gone'],
    [
      'DeleteDBInstance',
      { ...orders, finalDBSnapshotIdentifier: 'last' },
      { ...orders, dBClusterIdentifier: 'catalogue' },
      '(DBCluster catalogue: database)',
      'DBInstance orders gone',
      'DBSnapshot last',
    ],
    ['StopDBInstance', orders, orders, 'DBInstance orders: database'],
    ['RebootDBInstance', orders, orders, 'DBInstance orders'],
    ['ApplyPendingMaintenanceAction', { resourceIdentifier: `${ARN}db:orders` }, null, 'DBInstance orders'],
    ['ApplyPendingMaintenanceAction', { resourceIdentifier: `${ARN}cluster:catalogue` }, null, 'DBCluster catalogue'],
    ['AddTagsToResource', { resourceName: `${ARN}snapshot:rds:orders-1` }, null, 'DBSnapshot rds:orders-1: -'],
    ['ModifyDBSubnetGroup', { dBSubnetGroupName: 'inside' }, null, '(DBInstance *: subnets)'],
    ['SwitchoverBlueGreenDeployment', { blueGreenDeploymentIdentifier: 'bgd-1' }, null, 'DBCluster *', 'DBInstance *'],
  ]);
  calls('rds', [
    ['CreateDBCluster', { dBClusterIdentifier: 'Graph', engine: 'neptune' }, null, 'DBCluster graph', 'DBInstance *'],
    ['ModifyDBCluster', { dBClusterIdentifier: 'graph', deletionProtection: false }, null, 'DBCluster graph', 'DBInstance *'],
    [
      'DeleteDBCluster',
      { dBClusterIdentifier: 'graph', finalDBSnapshotIdentifier: 'last' },
      null,
      'DBCluster graph gone',
      'DBClusterSnapshot last',
      'DBInstance *',
    ],
    ['FailoverDBCluster', { dBClusterIdentifier: 'graph' }, null, 'DBCluster graph: database'],
    ['EnableHttpEndpoint', { resourceArn: `${ARN}cluster:graph` }, null, 'DBCluster *: -'],
  ]);
  calls('rds', [
    ['CreateDBSnapshot', { dBSnapshotIdentifier: 'Before', dBInstanceIdentifier: 'orders' }, null, 'DBSnapshot before'],
    ['CopyDBSnapshot', { sourceDBSnapshotIdentifier: 'a', targetDBSnapshotIdentifier: 'b' }, null, 'DBSnapshot b'],
    ['ModifyDBSnapshotAttribute', { dBSnapshotIdentifier: 'a', valuesToAdd: ['all'] }, null, 'DBSnapshot a: sharedWith'],
    ['DeleteDBSnapshot', { dBSnapshotIdentifier: 'a' }, null, 'DBSnapshot a gone'],
    ['CreateDBClusterSnapshot', { dBClusterSnapshotIdentifier: 'a', dBClusterIdentifier: 'graph' }, null, 'DBClusterSnapshot a'],
    ['ModifyDBClusterSnapshotAttribute', { dBClusterSnapshotIdentifier: 'a' }, null, 'DBClusterSnapshot a: sharedWith'],
    ['DeleteDBClusterSnapshot', { dBClusterSnapshotIdentifier: 'a' }, null, 'DBClusterSnapshot a gone'],
  ]);

  test('a rule of a security group may open any of them', () => {
    const opened = { eventName: 'AuthorizeSecurityGroupIngress', requestParameters: { groupId: 'sg-1' }, responseElements: {} };
    expect(told(record(opened))).toContain('(DBInstance *: subnets)');
  });
});

describe('file systems', () => {
  const id = 'fs-0123';
  const arn = `arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/${id}`;
  calls('elasticfilesystem', [
    ['CreateFileSystem', { creationToken: 'x' }, { fileSystemId: id }, `FileSystem ${id}`],
    ['CreateFileSystem', { creationToken: 'x' }, null, 'FileSystem *'],
    ['PutFileSystemPolicy', { fileSystemId: arn, policy: '{}' }, null, `FileSystem ${id}: policy`],
    ['DeleteFileSystemPolicy', { fileSystemId: id }, null, `FileSystem ${id}: policy`],
    ['DeleteFileSystem', { fileSystemId: id }, null, `FileSystem ${id} gone`],
    ['CreateReplicationConfiguration', { sourceFileSystemId: id }, { destinations: [{ fileSystemId: 'fs-9' }] }, 'FileSystem fs-9'],
    ['TagResource', { resourceId: id }, null, `FileSystem ${id}: -`],
    ['TagResource', { resourceId: 'fsap-0123' }, null],
  ]);
});

describe('keys', () => {
  const id = '1234abcd-12ab-34cd-56ef-1234567890ab';
  const here = { accountId: '111122223333', type: 'AWS::KMS::Key', ARN: `arn:aws:kms:eu-central-1:111122223333:key/${id}` };
  const event = (eventName: string, more: Raw = {}) =>
    record({
      eventSource: 'kms.amazonaws.com',
      eventName,
      recipientAccountId: '111122223333',
      awsRegion: 'eu-central-1',
      resources: [here],
      ...more,
    });

  test.each<[string, string, Raw, readonly string[]]>([
    ['made', 'CreateKey', { responseElements: { keyMetadata: { keyId: id } } }, [`Key ${id}`]],
    ['given another policy', 'PutKeyPolicy', { requestParameters: { keyId: id } }, [`Key ${id}: policy`]],
    ['by its ARN', 'DisableKeyRotation', { requestParameters: { keyId: here.ARN } }, [`Key ${id}: rotation`]],
    ['by an alias', 'ScheduleKeyDeletion', { requestParameters: { keyId: 'alias/shop' } }, [`Key ${id}: key`]],
    ['by an alias alone', 'DisableKey', { requestParameters: { keyId: 'alias/shop' }, resources: [] }, ['Key *: key']],
    ['by its id alone', 'DisableKey', { requestParameters: { keyId: id }, resources: [] }, [`Key ${id}: key`]],
    ['of another account', 'PutKeyPolicy', { resources: [{ ...here, ARN: here.ARN.replace('111122223333', '444455556666') }] }, []],
    [
      'in a region of which the event tells half',
      'DisableKey',
      { awsRegion: 'eu-we', requestParameters: { keyId: id } },
      [`Key ${id}: key`],
    ],
    ['in a region that the event does not tell', 'DisableKey', { awsRegion: 7, requestParameters: { keyId: id } }, [`Key ${id}: key`]],
    ['granted, which is nothing that we read', 'CreateGrant', { requestParameters: { keyId: id } }, [`Key ${id}: -`]],
    ['deleted in the end', 'DeleteKey', { eventType: 'AwsServiceEvent', requestParameters: null }, [`Key ${id} gone`]],
  ])('%s', (_title, name, more, expected) => {
    expect(told(event(name, more))).toEqual(expected);
  });
});

describe('secrets', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db-AbCdEf';
  calls('secretsmanager', [
    ['CreateSecret', { name: 'shop/db' }, { arn }, 'Secret shop/db'],
    ['PutResourcePolicy', { secretId: 'shop/db' }, { aRN: arn, name: 'shop/db' }, 'Secret shop/db: policy'],
    ['PutResourcePolicy', { secretId: arn }, null, 'Secret shop/db: policy'],
    ['RotateSecret', { secretId: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/db' }, { arn }, 'Secret shop/db: secret'],
    ['DeleteSecret', { secretId: 'shop/db' }, { arn }, 'Secret shop/db gone'],
    ['RestoreSecret', { secretId: 'shop/db' }, { arn }, 'Secret shop/db'],
    ['UpdateSecret', {}, null, 'Secret *: secret'],
  ]);

  test.each([
    ['RotationSucceeded', 'Secret shop/db: secret'],
    ['RotationFailed', 'Secret shop/db: -'],
  ])('%s, which nobody called', (eventName, expected) => {
    const raw = {
      eventSource: 'secretsmanager.amazonaws.com',
      eventName,
      eventType: 'AwsServiceEvent',
      additionalEventData: { SecretId: arn },
    };
    expect(told(record(raw))).toEqual([expected]);
    expect(told(record({ ...raw, additionalEventData: undefined, serviceEventDetails: { secretId: arn } }))).toEqual([expected]);
  });
});
