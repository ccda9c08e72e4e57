import { expect, test } from 'vitest';
import { instanceToDatabase } from '../../../inventory/rds/database.ts';
import { dbInstances } from '../../../inventory/rds/db-instance.ts';
import { describeReader, facetOf, type ReaderContract, refusalOf, scopeOf, subjectOf } from '../describe-reader.ts';
import { acl, group, mainTable } from '../ec2/account.ts';
import { type Answers, fakeSession, pages, refused } from '../fake-session.ts';
import { database, instance, majorVersions } from './databases.ts';

const second = { ...instance, DBInstanceIdentifier: 'orders-2', DBInstanceArn: `${instance.DBInstanceArn}-2` };

const answers: Answers = {
  'rds:DescribeDBInstances': pages({ DBInstances: [instance] }, { DBInstances: [second] }),
  'rds:DescribeDBMajorEngineVersions': pages(
    { DBMajorEngineVersions: majorVersions.slice(0, 3) },
    { DBMajorEngineVersions: majorVersions.slice(3) },
  ),
  'ec2:DescribeSecurityGroups': { SecurityGroups: [group] },
  'ec2:DescribeNetworkAcls': { NetworkAcls: [acl] },
  'ec2:DescribeRouteTables': { RouteTables: [mainTable] },
  'ec2:DescribeSubnets': {
    Subnets: [{ SubnetId: 'subnet-1', VpcId: 'vpc-1', BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' } }],
  },
};

const contract: ReaderContract = {
  reader: dbInstances,
  ids: ['orders', 'orders-2'],
  answers,
  facets: {
    database,
    engineSupport: { majorVersion: '17', standardUntil: '2030-02-28T23:59:59.999Z', extendedUntil: '2033-02-28T23:59:59.999Z' },
    access: { publiclyAccessible: true, port: 5432, groupIds: ['sg-1'] },
    subnets: [
      {
        subnetId: 'subnet-1',
        ingress: [{ protocol: 'tcp', ports: { from: 22, to: 22 }, peer: { kind: 'cidr', cidr: '0.0.0.0/0' } }],
        acl: [
          {
            ingress: [expect.objectContaining({ action: 'allow', cidr: '0.0.0.0/0' })],
            egress: [],
          },
        ],
        routes: [expect.objectContaining({ destination: '0.0.0.0/0', target: 'internet-gateway', active: true })],
      },
    ],
    certificate: { authority: 'rds-ca-rsa2048-g1', validUntil: '2027-05-01T00:00:00.000Z' },
  },
  notAsked: { subnets: ['ec2:GetManagedPrefixListEntries'] },
};

describeReader(contract);

test('single ones are asked for by the filter of identifiers, in lower case', async () => {
  const { session, sent } = fakeSession(answers);
  await dbInstances.only(session, scopeOf(dbInstances), ['Orders', instance.DBInstanceArn]);
  expect(sent[0]?.input).toMatchObject({ Filters: [{ Name: 'db-instance-id', Values: ['orders'] }], MaxRecords: 100 });
});

test('one that RDS says is not there is not there', async () => {
  const gone = () => {
    throw refused('DBInstanceNotFound', 404);
  };
  const { session } = fakeSession({ 'rds:DescribeDBInstances': gone });
  expect(await dbInstances.only(session, scopeOf(dbInstances), ['orders'])).toMatchObject({ known: [], unread: undefined });
});

test.each([
  ['aurora-mysql', '8.0.mysql_aurora.3.10.1', '2028-04-30T23:59:59.999Z'],
  ['mariadb', '10.6.22', '2026-08-31T23:59:59.999Z'],
  ['postgres', '17', '2030-02-28T23:59:59.999Z'],
])('%s %s has the support of its major version', async (Engine, EngineVersion, standardUntil) => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'rds:DescribeDBInstances': { DBInstances: [{ ...instance, Engine, EngineVersion }] },
  });
  expect(await facetOf(resource, 'engineSupport')).toMatchObject({ standardUntil });
});

test.each([
  ['oracle-ee', '19.0.0.0'],
  ['postgres', '9.6.24'],
  ['docdb', '5.0.0'],
])('of %s %s AWS tells no dates', async (Engine, EngineVersion) => {
  const { resource } = await subjectOf(contract, {
    ...answers,
    'rds:DescribeDBInstances': { DBInstances: [{ ...instance, Engine, EngineVersion }] },
  });
  expect(await facetOf(resource, 'engineSupport')).toBeUndefined();
});

test('where the versions break off, what was not found is not known', async () => {
  const broken = pages({ DBMajorEngineVersions: majorVersions.slice(0, 3) }, {});
  const { resource } = await subjectOf(contract, { ...answers, 'rds:DescribeDBMajorEngineVersions': broken });
  expect(await refusalOf(() => facetOf(resource, 'engineSupport'))).toMatchObject({ cause: 'malformed' });
});

test.each([
  'Engine',
  'EngineVersion',
  'StorageEncrypted',
  'MultiAZ',
  'DeletionProtection',
  'BackupRetentionPeriod',
  'DBInstanceStatus',
])('without %s it is not judged', async (member) => {
  const { [member]: _, ...rest }: Record<string, unknown> = instance;
  expect(await refusalOf(() => instanceToDatabase(rest))).toMatchObject({ cause: 'malformed', operation: 'rds:DescribeDBInstances' });
});

test('a mirrored SQL Server has a second zone', () => {
  expect(instanceToDatabase({ ...instance, SecondaryAvailabilityZone: 'eu-central-1b' }).multiAz).toBe(true);
});

test('one in a cluster names it, and one that copies what it copies', () => {
  const copy = { ...instance, DBClusterIdentifier: 'shop', ReadReplicaSourceDBInstanceIdentifier: 'orders' };
  expect(instanceToDatabase(copy)).toMatchObject({ clusterId: 'shop', replicaOf: 'orders' });
});

test('a group that cannot be seen leaves its rules unread, and nothing else', async () => {
  const { resource } = await subjectOf(contract, { ...answers, 'ec2:DescribeSecurityGroups': { SecurityGroups: [] } });
  const facet = await resource.facet('subnets');
  expect(facet.read).toBe(true);
  expect(await refusalOf(() => facetOf(resource, 'subnets'))).toMatchObject({ operation: 'ec2:DescribeSecurityGroups' });
});
