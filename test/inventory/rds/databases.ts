import { ACCOUNT } from '../fake-session.ts';

/** As RDS describes them. */
export const instance = {
  DBInstanceIdentifier: 'orders',
  DBInstanceArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:db:orders`,
  DBInstanceStatus: 'available',
  Engine: 'postgres',
  EngineVersion: '17.6',
  StorageEncrypted: true,
  AutoMinorVersionUpgrade: true,
  MultiAZ: false,
  DeletionProtection: true,
  BackupRetentionPeriod: 7,
  IAMDatabaseAuthenticationEnabled: false,
  PubliclyAccessible: true,
  Endpoint: { Address: 'orders.example.eu-central-1.rds.amazonaws.com', Port: 5432 },
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1', Status: 'active' }],
  DBSubnetGroup: { VpcId: 'vpc-1', Subnets: [{ SubnetIdentifier: 'subnet-1' }] },
  CertificateDetails: { CAIdentifier: 'rds-ca-rsa2048-g1', ValidTill: new Date('2027-05-01T00:00:00Z') },
  TagList: [{ Key: 'team', Value: 'shop' }],
};

export const cluster = {
  DBClusterIdentifier: 'catalogue',
  DBClusterArn: `arn:aws:rds:eu-central-1:${ACCOUNT}:cluster:catalogue`,
  Status: 'available',
  Engine: 'aurora-mysql',
  EngineVersion: '8.0.mysql_aurora.3.10.1',
  StorageEncrypted: true,
  MultiAZ: true,
  DeletionProtection: false,
  BackupRetentionPeriod: 1,
  IAMDatabaseAuthenticationEnabled: true,
};

const standard = (until: string) => ({
  LifecycleSupportName: 'open-source-rds-standard-support',
  LifecycleSupportEndDate: new Date(`${until}T23:59:59.999Z`),
});
const extended = (until: string) => ({ ...standard(until), LifecycleSupportName: 'open-source-rds-extended-support' });

export const majorVersions = [
  { Engine: 'aurora-mysql', MajorEngineVersion: '8.0', SupportedEngineLifecycles: [standard('2028-04-30'), extended('2029-07-31')] },
  { Engine: 'mariadb', MajorEngineVersion: '10.6', SupportedEngineLifecycles: [standard('2026-08-31')] },
  { Engine: 'oracle-ee', MajorEngineVersion: '19', SupportedEngineLifecycles: [] },
  { Engine: 'postgres', MajorEngineVersion: '1', SupportedEngineLifecycles: [standard('2001-01-01')] },
  { Engine: 'postgres', MajorEngineVersion: '17', SupportedEngineLifecycles: [standard('2030-02-28'), extended('2033-02-28')] },
];

/** The facet of an instance that is like `instance`. */
export const database = {
  kind: 'instance',
  engine: 'postgres',
  engineVersion: '17.6',
  status: 'available',
  clusterId: undefined,
  replicaOf: undefined,
  encrypted: true,
  autoMinorVersionUpgrade: true,
  multiAz: false,
  deletionProtection: true,
  backupRetentionDays: 7,
  iamAuthentication: false,
};
