import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { refuseWithout } from './judge-deed.ts';

/** What CloudTrail puts in place of a user name that may be a password typed into the wrong field. */
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/**
 * Whether somebody got in. A response tells, under the name of the event; failures come with an error message or without, and never with an error code.
 * An event that tells neither is not understood. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
 */
export function signInOutcome(event: CloudTrailEvent): 'succeeded' | 'failed' {
  const { response, serviceDetails, name, outcome } = event;
  const told = (response.at(name).text ?? serviceDetails.at(name).text)?.toLowerCase();
  if (told === 'success') return 'succeeded';
  return told === 'failure' || outcome !== 'succeeded' ? 'failed' : refuseWithout(event, 'whether somebody got in');
}

/** Sign-ins to the console, and what users of Identity Center answer when they are asked for a password or a code. */
export const SIGN_INS = { source: 'signin.amazonaws.com', names: ['ConsoleLogin', 'CredentialVerification'] };

/** Whom somebody signs in as, or tries to: `undefined` for a name that no user of the account has. */
export function signInUser({ identity, additional }: CloudTrailEvent): string | undefined {
  const name = identity.at('userName').text ?? additional.at('UserName').text;
  return name === HIDDEN ? undefined : name;
}

/** Whether MFA was used; absent from the event is no. */
export function isWithMfa({ additional }: CloudTrailEvent): boolean {
  return additional.at('MFAUsed').text?.toLowerCase() === 'yes';
}
