import { defineCheck, denied } from '../check.ts';
import { unlessInCluster } from '../predicates/databases.ts';
import { judgeEngineSupport } from '../predicates/engine-support.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';

const CURRENT = { majorVersion: '17', standardUntil: '2030-02-28T23:59:59.999Z', extendedUntil: '2033-02-28T23:59:59.999Z' };
const OLD = { majorVersion: '13', standardUntil: '2026-02-28T23:59:59.999Z', extendedUntil: '2029-02-28T23:59:59.999Z' };
const MARIADB = { majorVersion: '10.6', standardUntil: '2026-08-31T23:59:59.999Z', extendedUntil: undefined };
const CLUSTER = { type: 'AWS::RDS::DBCluster' } as const;

export default defineCheck({
  id: 'rds-database-engine-supported',
  title: 'RDS databases should run engine versions that still get standard support',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['rds_instance_deprecated_engine_version', 'rds_instance_extended_support'] },
  risk: 'Holes found after the end of support stay open for good, with exploits that are public; extended support closes only the worst, at a price.',
  remediation: {
    text: 'Upgrade to a major version with standard support; a blue/green deployment lets you try it first.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --engine-version <version> --allow-major-version-upgrade',
    cloudFormation: 'AWS::RDS::DBInstance.EngineVersion',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database', 'engineSupport'],
  evaluate: (resource, { now }) =>
    unlessInCluster(resource.database, () => judgeEngineSupport(resource.database, resource.engineSupport, now)),
  examples: {
    pass: {
      'in standard support': { database: EXAMPLE_DATABASE, engineSupport: CURRENT },
      'a cluster of DocumentDB 5.0': {
        identity: CLUSTER,
        database: { ...EXAMPLE_CLUSTER, engine: 'docdb', engineVersion: '5.0.0' },
        engineSupport: undefined,
      },
      'on the last day': {
        database: { ...EXAMPLE_DATABASE, engineVersion: '13.22' },
        engineSupport: { ...OLD, standardUntil: '2026-11-01T23:59:59.999Z' },
      },
    },
    fail: {
      'in extended support': { database: { ...EXAMPLE_DATABASE, engineVersion: '13.22' }, engineSupport: OLD },
      'MariaDB, which has no extended support': {
        database: { ...EXAMPLE_DATABASE, engine: 'mariadb', engineVersion: '10.6.22' },
        engineSupport: MARIADB,
      },
      'after extended support': {
        database: { ...EXAMPLE_DATABASE, engineVersion: '13.22' },
        engineSupport: { ...OLD, extendedUntil: '2026-10-31T23:59:59.999Z' },
      },
      'a cluster of DocumentDB 3.6': {
        identity: CLUSTER,
        database: { ...EXAMPLE_CLUSTER, engine: 'docdb', engineVersion: '3.6.0' },
        engineSupport: undefined,
      },
    },
    unknown: {
      'not allowed to ask': { database: EXAMPLE_DATABASE, engineSupport: denied('rds:DescribeDBMajorEngineVersions') },
      'AWS tells no dates': { database: { ...EXAMPLE_DATABASE, engine: 'oracle-ee', engineVersion: '19.0.0.0' }, engineSupport: undefined },
    },
    notApplicable: { 'its cluster has the version': { database: EXAMPLE_MEMBER, engineSupport: OLD } },
  },
});
