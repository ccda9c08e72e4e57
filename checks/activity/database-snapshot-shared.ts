import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { judgeDeed, refuseWithout } from '../predicates/judge-deed.ts';
import { shareDeed } from '../predicates/shares.ts';

const TRUSTED: readonly string[] = [];
const RDS = { eventSource: 'rds.amazonaws.com', eventName: 'ModifyDBSnapshotAttribute' };
const REDSHIFT = { eventSource: 'redshift.amazonaws.com', eventName: 'AuthorizeSnapshotAccess' };
const SNAPSHOT = { dBSnapshotIdentifier: 'orders-2026-11-20', attributeName: 'restore' };
const NAMES = ['dBSnapshotIdentifier', 'dBClusterSnapshotIdentifier', 'snapshotIdentifier', 'snapshotArn'];

/** Snapshots of Aurora, Neptune and DocumentDB are snapshots of RDS's clusters. */
export default defineActivityCheck({
  id: 'activity-database-snapshot-shared',
  title: 'A database snapshot was made public or shared with a foreign account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1537'],
  equivalents: {},
  risk: 'Whoever may restore the snapshot has the whole database in his own account, with a password of his own.',
  remediation: {
    text: 'Take the permission back, and count the data as known to others. Accounts of your own go into trustedAccounts.',
    cli: 'aws rds modify-db-snapshot-attribute --db-snapshot-identifier <snapshot> --attribute-name restore --values-to-remove all',
  },
  events: [
    { source: 'rds.amazonaws.com', names: ['ModifyDBClusterSnapshotAttribute', 'ModifyDBSnapshotAttribute'] },
    { source: 'redshift.amazonaws.com', names: ['AuthorizeSnapshotAccess'] },
  ],
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'share a database snapshot', () =>
      shareDeed(event, named('snapshot', event.request, ...NAMES), sharedWith(event), {
        trustedAccounts,
        evidence: factsOf(event.request, ...NAMES),
      }),
    ),
  examples: {
    activity: {
      'made public': { ...RDS, requestParameters: { ...SNAPSHOT, valuesToAdd: ['all'] } },
      'shared with a foreign account': { ...RDS, requestParameters: { ...SNAPSHOT, valuesToAdd: ['111122223333', '444455556666'] } },
      'of a cluster': {
        eventSource: 'rds.amazonaws.com',
        eventName: 'ModifyDBClusterSnapshotAttribute',
        requestParameters: { dBClusterSnapshotIdentifier: 'graph', attributeName: 'restore', valuesToAdd: ['all'] },
      },
      'of Redshift': { ...REDSHIFT, requestParameters: { snapshotIdentifier: 'sales', accountWithRestoreAccess: '444455556666' } },
      refused: { ...RDS, errorCode: 'AccessDenied', requestParameters: { ...SNAPSHOT, valuesToAdd: ['all'] } },
    },
    quiet: {
      'a permission taken away': { ...RDS, requestParameters: { ...SNAPSHOT, valuesToRemove: ['444455556666'] } },
      'our own account': { ...RDS, requestParameters: { ...SNAPSHOT, valuesToAdd: ['111122223333'] } },
    },
    unsure: {
      'neither added nor removed': { ...RDS, requestParameters: SNAPSHOT },
      'with whom, is not told': { ...REDSHIFT, requestParameters: { snapshotIdentifier: 'sales' } },
      'makes no sense': { ...RDS, requestParameters: { ...SNAPSHOT, valuesToAdd: [{}] } },
    },
  },
});

function sharedWith(event: CloudTrailEvent): readonly string[] {
  const { request } = event;
  if (event.name === 'AuthorizeSnapshotAccess') {
    return [request.at('accountWithRestoreAccess').text ?? refuseWithout(event, 'accountWithRestoreAccess')];
  }
  const added = request.at('valuesToAdd').list.map((value) => value.text ?? refuseWithout(event, 'valuesToAdd'));
  return added.length > 0 || request.at('valuesToRemove').exists ? added : refuseWithout(event, 'valuesToAdd');
}
