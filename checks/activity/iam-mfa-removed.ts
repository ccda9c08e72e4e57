import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { defineActivityCheck } from '../activity.ts';
import { isOnSelf, userAsked } from '../predicates/callers.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { type Deed, judgeDeed } from '../predicates/judge-deed.ts';
import { rootCredentialChange } from '../predicates/root-events.ts';

const IAM = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' };
const DEVICE = 'arn:aws:iam::111122223333:mfa/bob-phone';

/** MFA of the root user is told by `activity-root-credentials-changed`. */
export default defineActivityCheck({
  id: 'activity-iam-mfa-removed',
  title: 'The MFA device of a user was removed',
  severity: 'HIGH',
  controls: [],
  attack: ['T1556.006'],
  equivalents: {},
  risk: 'Without the second factor a password is enough, and who took over a session can register a device of his own.',
  remediation: {
    text: 'Ask the user. If the phone is not new or lost, change the password, end the sessions and register the device again.',
    cli: 'aws iam enable-mfa-device --user-name <user> --serial-number <device> --authentication-code1 <code> --authentication-code2 <next-code>',
  },
  events: [{ source: 'iam.amazonaws.com', names: ['DeactivateMFADevice', 'DeleteVirtualMFADevice'] }],
  evaluate: (event) =>
    judgeDeed(event, 'remove an MFA device', () => {
      if (rootCredentialChange(event) !== undefined) return undefined;
      return event.name === 'DeactivateMFADevice' ? deactivated(event) : deleted(event);
    }),
  examples: {
    activity: {
      "another's": { ...IAM, eventName: 'DeactivateMFADevice', requestParameters: { userName: 'bob', serialNumber: DEVICE } },
      'of oneself': { ...IAM, eventName: 'DeactivateMFADevice', requestParameters: { userName: 'ana', serialNumber: DEVICE } },
      'the device deleted, which nobody could use any more': {
        ...IAM,
        eventName: 'DeleteVirtualMFADevice',
        requestParameters: { serialNumber: DEVICE },
      },
      refused: {
        ...IAM,
        eventName: 'DeactivateMFADevice',
        errorCode: 'AccessDenied',
        requestParameters: { userName: 'bob', serialNumber: DEVICE },
      },
    },
    quiet: {
      'of root, which is told elsewhere': {
        ...IAM,
        eventName: 'DeactivateMFADevice',
        requestParameters: { userName: 'AWS ROOT USER', serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device' },
      },
    },
    unsure: { 'whose device, was left out': { ...IAM, eventName: 'DeactivateMFADevice', requestParameters: { omitted: true } } },
  },
});

function deactivated(event: CloudTrailEvent): Deed {
  const { request } = event;
  const isOwn = isOnSelf(event, userAsked(request));
  const user = isOwn ? 'oneself' : named('user', request, 'userName');
  return {
    done: `MFA device of ${user} deactivated`,
    attempt: `deactivate the MFA device of ${user}`,
    severity: isOwn ? 'MEDIUM' : 'HIGH',
    evidence: factsOf(request, 'userName', 'serialNumber'),
  };
}

/** Only a device that no user has any more can be deleted. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteVirtualMFADevice.html */
function deleted({ request }: CloudTrailEvent): Deed {
  const device = named('MFA device', request, 'serialNumber');
  return {
    done: `virtual ${device} deleted`,
    attempt: `delete virtual ${device}`,
    severity: 'LOW',
    evidence: factsOf(request, 'serialNumber'),
  };
}
