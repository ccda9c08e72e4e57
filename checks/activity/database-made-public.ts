import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { demandOneOf, judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';

const rds = callsTo('rds');
const redshift = callsTo('redshift');
const DATABASE = { dBInstanceIdentifier: 'orders' };
const PUBLIC = { publiclyAccessible: true };
const NAMES = ['dBInstanceIdentifier', 'targetDBInstanceIdentifier', 'dBClusterIdentifier', 'clusterIdentifier', 'workgroupName'];

/** What becomes of it stands in the answer where the call leaves it to a default. */
export default defineActivityCheck({
  id: 'activity-database-made-public',
  title: 'A database was given a public address',
  severity: 'HIGH',
  controls: [],
  attack: ['T1190', 'T1562.007'],
  equivalents: {},
  risk: 'A database with a public address is one security group rule away from everyone who tries passwords.',
  remediation: {
    text: 'Take the public address away; reach the database through a VPN, a bastion or RDS Proxy.',
    cli: 'aws rds modify-db-instance --db-instance-identifier <database> --no-publicly-accessible --apply-immediately',
    cloudFormation: 'AWS::RDS::DBInstance.PubliclyAccessible',
  },
  events: [
    {
      source: 'rds.amazonaws.com',
      names: [
        ...['CreateDBCluster', 'CreateDBInstance', 'CreateDBInstanceReadReplica', 'ModifyDBInstance'],
        ...['RestoreDBClusterFromSnapshot', 'RestoreDBClusterToPointInTime', 'RestoreDBInstanceFromDBSnapshot'],
        ...['RestoreDBInstanceFromS3', 'RestoreDBInstanceToPointInTime'],
      ],
    },
    { source: 'redshift.amazonaws.com', names: ['CreateCluster', 'ModifyCluster', 'RestoreFromClusterSnapshot'] },
    { source: 'redshift-serverless.amazonaws.com', names: ['CreateWorkgroup', 'UpdateWorkgroup'] },
  ],
  evaluate: (event) =>
    judgeDeed(event, 'create or change a database', () => {
      if (!isMadePublic(event)) return undefined;
      const database = named('database', event.request, ...NAMES);
      const evidence = factsOf(event.request, ...NAMES, 'publiclyAccessible');
      return { done: `${database} given a public address`, attempt: `give ${database} a public address`, evidence };
    }),
  examples: {
    activity: {
      'an existing one': rds('ModifyDBInstance', { ...DATABASE, ...PUBLIC }),
      'by default, as the answer tells': rds('CreateDBInstance', DATABASE, { responseElements: { ...DATABASE, ...PUBLIC } }),
      'of Redshift': redshift('CreateCluster', { clusterIdentifier: 'sales', ...PUBLIC }),
      refused: rds('ModifyDBInstance', { ...DATABASE, ...PUBLIC }, REFUSED),
    },
    quiet: {
      'its public address taken away': rds('ModifyDBInstance', { ...DATABASE, publiclyAccessible: false }, { responseElements: PUBLIC }),
      'public before, and something else changed': rds('ModifyDBInstance', DATABASE, { responseElements: PUBLIC }),
      'a private one': rds('CreateDBInstance', { ...DATABASE, publiclyAccessible: false }),
    },
    unsure: {
      'makes no sense': rds('ModifyDBInstance', { publiclyAccessible: 'perhaps' }),
      'left out for size': rds('CreateDBInstance', OMITTED),
    },
  },
});

/** A change that does not speak of the address changes nothing about it; a new database gets one by default where its subnets do. */
function isMadePublic(event: CloudTrailEvent): boolean {
  const { name, request, outcome } = event;
  const asked = request.at('publiclyAccessible').flag;
  if (asked === undefined) demandOneOf(event, request, ...NAMES);
  if (asked !== undefined || /^(Modify|Update)/.test(name) || outcome !== 'succeeded') return asked === true;
  return isPublicByDefault(event);
}

/** Clusters of Aurora have no address of their own, and the answer says nothing of one. */
function isPublicByDefault(event: CloudTrailEvent): boolean {
  const { response, name } = event;
  const told = [response, response.at('cluster'), response.at('workgroup')].map((part) => part.at('publiclyAccessible').flag);
  return told.find((flag) => flag !== undefined) ?? (/DBCluster/.test(name) ? false : refuseWithout(event, 'publiclyAccessible'));
}
