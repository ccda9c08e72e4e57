import type { Database } from '../../inventory/rds/database.ts';
import { defineCheck, denied, fail, notApplicable, pass } from '../check.ts';
import { engineOf, isMultiAzCluster } from '../predicates/databases.ts';
import { EXAMPLE_CLUSTER, EXAMPLE_DATABASE, EXAMPLE_MEMBER } from '../predicates/example-databases.ts';
import { refuseToJudge } from '../predicates/unread.ts';

const CLUSTER = { type: 'AWS::RDS::DBCluster' } as const;
const MULTI_AZ: Database = { ...EXAMPLE_CLUSTER, engine: 'mysql', autoMinorVersionUpgrade: true };

export default defineCheck({
  id: 'rds-database-minor-upgrades-automatic',
  title: 'RDS databases should upgrade to new minor versions automatically',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:3.2.2', 'CIS-AWS-5.0:2.2.2', 'CIS-AWS-3.0:2.3.2', 'AWS-FSBP:RDS.13', 'AWS-FSBP:RDS.35'],
  equivalents: {
    prowler: ['rds_instance_minor_version_upgrade_enabled', 'rds_cluster_minor_version_upgrade_enabled'],
    securityHub: ['RDS.13', 'RDS.35'],
  },
  risk: 'Fixes of the engine, those of security holes among them, wait until somebody remembers.',
  remediation: {
    text: 'Let RDS install minor versions in the maintenance window; of Aurora, in every instance of the cluster.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --auto-minor-version-upgrade --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.AutoMinorVersionUpgrade',
  },
  resourceType: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'],
  needs: ['database'],
  evaluate({ database }) {
    const why = whyNotAsked(database);
    if (why !== undefined) return notApplicable(why);
    const { kind, autoMinorVersionUpgrade } = database;
    if (autoMinorVersionUpgrade === undefined)
      return refuseToJudge('no-data', 'rds:DescribeDBInstances', `RDS does not tell whether the ${kind} upgrades automatically`);
    return autoMinorVersionUpgrade ? pass : fail('automatic minor version upgrades are off', engineOf(database));
  },
  examples: {
    pass: {
      'upgrades are on': { database: EXAMPLE_DATABASE },
      'an instance of Aurora': { database: EXAMPLE_MEMBER },
      'a Multi-AZ DB cluster': { identity: CLUSTER, database: MULTI_AZ },
    },
    fail: {
      'upgrades are off': { database: { ...EXAMPLE_DATABASE, autoMinorVersionUpgrade: false } },
      'an instance of Aurora': { database: { ...EXAMPLE_MEMBER, autoMinorVersionUpgrade: false } },
      'a Multi-AZ DB cluster': { identity: CLUSTER, database: { ...MULTI_AZ, autoMinorVersionUpgrade: false } },
    },
    unknown: {
      'not read': { database: denied('rds:DescribeDBInstances') },
      'AWS does not tell': { database: { ...EXAMPLE_DATABASE, autoMinorVersionUpgrade: undefined } },
    },
    notApplicable: {
      'a cluster of Aurora': { identity: CLUSTER, database: EXAMPLE_CLUSTER },
      'an instance of a Multi-AZ DB cluster': { database: { ...EXAMPLE_MEMBER, engine: 'mysql', autoMinorVersionUpgrade: false } },
      'of DocumentDB': { database: { ...EXAMPLE_MEMBER, engine: 'docdb', autoMinorVersionUpgrade: false } },
      'of RDS Custom': { database: { ...EXAMPLE_DATABASE, engine: 'custom-oracle-ee', autoMinorVersionUpgrade: false } },
    },
  },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html */
function whyNotAsked(database: Database): string | undefined {
  const { kind, engine, clusterId } = database;
  if (engine === 'docdb') return 'DocumentDB does not upgrade by this setting';
  if (engine.startsWith('custom-')) return 'RDS Custom must not upgrade by itself';
  if (kind === 'instance') return clusterId !== undefined && isMultiAzCluster(database) ? `its cluster ${clusterId} decides` : undefined;
  return isMultiAzCluster(database) ? undefined : 'each of its instances decides for itself';
}
