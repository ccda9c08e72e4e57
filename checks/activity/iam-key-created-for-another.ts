import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import type { Severity } from '../check.ts';
import { isOnSelf, userAsked } from '../predicates/callers.ts';
import { actingService } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { BY_CLOUDFORMATION, callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { rootCredentialChange } from '../predicates/root-events.ts';

const iam = callsTo('iam');
const BOBS = { userName: 'bob', accessKeyId: 'AKIAEXAMPLEEXAMPLE02' };

const CREDENTIALS: Readonly<Record<string, readonly [done: string, attempt: string]>> = {
  CreateAccessKey: ['an access key was made', 'make an access key'],
  UpdateAccessKey: ['an access key was switched on', 'switch an access key on'],
  CreateServiceSpecificCredential: ['a service credential was made', 'make a service credential'],
  UploadSSHPublicKey: ['an SSH key was added', 'add an SSH key'],
  UploadSigningCertificate: ['a signing certificate was added', 'add a signing certificate'],
};

/** Keys of the root user are told by `activity-root-credentials-changed`. */
export default defineActivityCheck({
  id: 'activity-iam-key-created-for-another',
  title: 'A lasting credential was made for another user',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.001'],
  equivalents: {},
  risk: 'A key made for somebody else lets its maker act as that user, unseen and for as long as nobody deletes it.',
  remediation: {
    text: 'Ask the user and the actor. Deactivate the key, then delete it, and look at what was done with it.',
    cli: 'aws iam update-access-key --user-name <user> --access-key-id <key-id> --status Inactive',
  },
  events: [{ source: 'iam.amazonaws.com', names: Object.keys(CREDENTIALS) }],
  evaluate: (event) =>
    judgeDeed(event, 'make a credential for a user', () => {
      const [done = '', attempt = ''] = CREDENTIALS[event.name] ?? [];
      const { request } = event;
      const isSwitchedOff = event.name === 'UpdateAccessKey' && request.at('status').text?.toLowerCase() === 'inactive';
      if (isSwitchedOff || rootCredentialChange(event) !== undefined) return undefined;
      const isOwn = isOnSelf(event, userAsked(request));
      const user = isOwn ? 'oneself' : named('user', request, 'userName');
      return {
        done: `${done} for ${user}`,
        attempt: `${attempt} for ${user}`,
        severity: severityOf(event, isOwn),
        refused: isOwn ? 'INFORMATIONAL' : 'MEDIUM',
        evidence: {
          ...factsOf(event.response.at('accessKey'), 'accessKeyId'),
          ...factsOf(request, 'userName', 'accessKeyId', 'serviceName'),
        },
      };
    }),
  examples: {
    activity: {
      'an access key for another': iam('CreateAccessKey', { userName: 'bob' }, { responseElements: { accessKey: BOBS } }),
      'an access key for oneself': iam('CreateAccessKey', null),
      "another's key switched on": iam('UpdateAccessKey', { ...BOBS, status: 'Active' }),
      'by CloudFormation': iam('CreateAccessKey', { userName: 'mailer' }, BY_CLOUDFORMATION),
      refused: iam('CreateAccessKey', { userName: 'bob' }, REFUSED),
    },
    quiet: {
      'a key switched off': iam('UpdateAccessKey', { ...BOBS, status: 'Inactive' }),
      'a key of root, which is told elsewhere': iam('CreateAccessKey', null, { userIdentity: rootIdentity() }),
    },
    unsure: { 'whose key, was left out': iam('CreateAccessKey', OMITTED) },
  },
});

function severityOf(event: CloudTrailEvent, isOwn: boolean): Severity {
  if (isOwn) return 'INFORMATIONAL';
  if (actingService(event) !== undefined) return 'LOW';
  return event.name === 'CreateAccessKey' ? 'HIGH' : 'MEDIUM';
}
