import { defineActivityCheck } from '../activity.ts';
import { addedToPermission } from '../predicates/added-permissions.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { shareDeed } from '../predicates/shares.ts';

const TRUSTED: readonly string[] = [];
const MODIFIED = { eventSource: 'ec2.amazonaws.com', eventName: 'ModifySnapshotAttribute' };

function change(createVolumePermission: object) {
  return { snapshotId: 'snap-0123456789abcdef0', attributeType: 'CREATE_VOLUME_PERMISSION', createVolumePermission };
}

/** `ResetSnapshotAttribute` only takes permissions away. */
export default defineActivityCheck({
  id: 'activity-snapshot-shared',
  title: 'A disk snapshot was made public or shared with a foreign account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1537'],
  equivalents: {},
  risk: 'Whoever may make a volume of the snapshot has the whole disk in his own account, unseen.',
  remediation: {
    text: 'Take the permission back, and count what was on the disk as known to others. Accounts of your own go into trustedAccounts.',
    cli: 'aws ec2 modify-snapshot-attribute --snapshot-id <snapshot> --attribute createVolumePermission --operation-type remove --group-names all',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['ModifySnapshotAttribute'] }],
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'change an attribute of a snapshot', () =>
      shareDeed(event, named('snapshot', event.request, 'snapshotId'), addedToPermission(event, 'createVolumePermission'), {
        trustedAccounts,
        evidence: factsOf(event.request, 'snapshotId'),
      }),
    ),
  examples: {
    activity: {
      'made public': { ...MODIFIED, requestParameters: change({ add: { items: [{ group: 'all' }] } }) },
      'shared with a foreign account': { ...MODIFIED, requestParameters: change({ add: { items: [{ userId: '444455556666' }] } }) },
      'another taken out, and everyone let in': {
        ...MODIFIED,
        requestParameters: change({ remove: { items: [{ userId: '444455556666' }] }, add: { items: [{ group: 'all' }] } }),
      },
      refused: {
        ...MODIFIED,
        errorCode: 'Client.UnauthorizedOperation',
        requestParameters: change({ add: { items: [{ userId: '444455556666' }] } }),
      },
    },
    quiet: {
      'a permission taken away': { ...MODIFIED, requestParameters: change({ remove: { items: [{ userId: '444455556666' }] } }) },
      'our own account': { ...MODIFIED, requestParameters: change({ add: { items: [{ userId: '111122223333' }] } }) },
      'product codes': { ...MODIFIED, requestParameters: { snapshotId: 'snap-0123456789abcdef0', attributeType: 'PRODUCT_CODES' } },
    },
    unsure: {
      'what it changes, is not told': {
        ...MODIFIED,
        requestParameters: { snapshotId: 'snap-0123456789abcdef0', attributeType: 'CREATE_VOLUME_PERMISSION' },
      },
      'makes no sense': { ...MODIFIED, requestParameters: change({ add: { items: ['all'] } }) },
    },
  },
});
