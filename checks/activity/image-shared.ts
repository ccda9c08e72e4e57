import { defineActivityCheck } from '../activity.ts';
import { addedToPermission } from '../predicates/added-permissions.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { BY_CLOUDFORMATION, callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { shareDeed } from '../predicates/shares.ts';

const TRUSTED: readonly string[] = [];
const ec2 = callsTo('ec2');
const IMAGE = { imageId: 'ami-0123456789abcdef0' };
const ORGANIZATION = 'arn:aws:organizations::444455556666:organization/o-a1b2c3d4e5';

function modified(launchPermission: object, more: object = {}) {
  return ec2('ModifyImageAttribute', { ...IMAGE, attributeType: 'launchPermission', launchPermission }, more);
}

/** `ResetImageAttribute` only takes permissions away. */
export default defineActivityCheck({
  id: 'activity-image-shared',
  title: 'A machine image was made public or shared with a foreign account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1537'],
  equivalents: {},
  risk: 'Whoever may launch the image has everything on its disks: code, keys, data.',
  remediation: {
    text: 'Take the permission back, and change every secret that was on the image. Accounts of your own go into trustedAccounts.',
    cli: 'aws ec2 modify-image-attribute --image-id <image> --launch-permission "Remove=[{Group=all}]"',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['ModifyImageAttribute'] }],
  params: { trustedAccounts: TRUSTED },
  evaluate: (event, { trustedAccounts }) =>
    judgeDeed(event, 'change an attribute of an image', () =>
      shareDeed(event, named('image', event.request, 'imageId'), addedToPermission(event, 'launchPermission'), {
        trustedAccounts,
        evidence: factsOf(event.request, 'imageId'),
      }),
    ),
  examples: {
    activity: {
      'made public': modified({ add: { items: [{ group: 'all' }] } }),
      'shared with a foreign account': modified({ add: { items: [{ userId: '444455556666' }] } }),
      'the wrapped encoding': ec2('ModifyImageAttribute', {
        ModifyImageAttributeRequest: { ImageId: IMAGE.imageId, LaunchPermission: { Add: { tag: 1, UserId: 444455556666 } } },
      }),
      'shared with an organization': modified({ add: { items: [{ organizationArn: ORGANIZATION }] } }),
      'by CloudFormation, which makes it no less public': modified({ add: { items: [{ group: 'all' }] } }, BY_CLOUDFORMATION),
      refused: modified({ add: { items: [{ group: 'all' }] } }, REFUSED),
    },
    quiet: {
      'a permission taken away': modified({ remove: { items: [{ group: 'all' }] } }),
      'our own account': modified({ add: { items: [{ userId: '111122223333' }] } }),
      'another attribute': ec2('ModifyImageAttribute', { ...IMAGE, description: { value: 'web' }, attributeType: 'description' }),
      'a dry run': modified({ add: { items: [{ group: 'all' }] } }, { errorCode: 'Client.DryRunOperation' }),
    },
    unsure: {
      'what it changes, is not told': ec2('ModifyImageAttribute', IMAGE),
      'for whom, is not told': modified({ add: { items: [{}] } }),
      'left out for size': ec2('ModifyImageAttribute', OMITTED),
    },
  },
});
