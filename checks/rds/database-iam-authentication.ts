import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { engineOf, unlessInCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAMDBAuth.html, and Neptune's. DocumentDB knows roles without such a setting. */
const ENGINES = new Set(['aurora', 'aurora-mysql', 'aurora-postgresql', 'mariadb', 'mysql', 'neptune', 'postgres']);

export default defineCheck({
  id: 'rds-database-iam-authentication',
  title: 'RDS databases should let users sign in with IAM',
  severity: 'LOW',
  controls: ['AWS-FSBP:RDS.10', 'AWS-FSBP:RDS.12'],
  equivalents: {
    prowler: ['rds_instance_iam_authentication_enabled', 'rds_cluster_iam_authentication_enabled'],
    securityHub: ['RDS.10', 'RDS.12'],
    checkov: ['CKV_AWS_161', 'CKV_AWS_162'],
  },
  risk: 'Passwords are all there is: they are shared, stored in settings, and outlive whoever knew them.',
  remediation: {
    text: 'Turn IAM authentication on: applications and people then sign in with tokens of a quarter of an hour, and over TLS only.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --enable-iam-database-authentication --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.EnableIAMDatabaseAuthentication',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  evaluate: ({ database }) =>
    unlessInCluster(database, () => {
      if (!ENGINES.has(database.engine)) return notApplicable(`${database.engine} has no such setting`);
      return database.iamAuthentication ? pass : fail('IAM authentication is off', engineOf(database));
    }),
  examples: {
    pass: {
      on: { database: EXAMPLE_DATABASE },
      'a cluster': { identity: { type: 'AWS::RDS::DBCluster' }, database: EXAMPLE_CLUSTER },
    },
    fail: {
      off: { database: { ...EXAMPLE_DATABASE, iamAuthentication: false } },
      'a cluster': { identity: { type: 'AWS::RDS::DBCluster' }, database: { ...EXAMPLE_CLUSTER, iamAuthentication: false } },
    },
    unknown: { 'not read': { database: denied('rds:DescribeDBInstances') } },
    notApplicable: {
      'set for its cluster': { database: EXAMPLE_MEMBER },
      'of SQL Server': { database: { ...EXAMPLE_DATABASE, engine: 'sqlserver-se', iamAuthentication: false } },
      'of DocumentDB': {
        identity: { type: 'AWS::RDS::DBCluster' },
        database: { ...EXAMPLE_CLUSTER, engine: 'docdb', iamAuthentication: false },
      },
    },
  },
});
