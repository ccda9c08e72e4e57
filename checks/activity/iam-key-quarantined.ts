import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { refuseWithout } from '../predicates/judge-deed.ts';

const IAM = { eventSource: 'iam.amazonaws.com', awsRegion: 'us-east-1' };
const QUARANTINE = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
const BOB = { userName: 'bob', policyArn: QUARANTINE };

/**
 * AWS attaches AWSCompromisedKeyQuarantine, V2, V3… to a user whose key it has found in public, with whatever identity it does so: what matters is the
 * user. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
 */
export default defineActivityCheck({
  id: 'activity-iam-key-quarantined',
  title: 'AWS found an access key in public',
  severity: 'CRITICAL',
  controls: [],
  attack: ['T1552.001', 'T1078.004'],
  equivalents: {},
  risk: 'Strangers have a key of this user, and the quarantine takes away only some of what they can do with it.',
  remediation: {
    text: 'Deactivate the keys of the user at once, replace them where they are used, find out what was done with them, and answer the case that AWS Support has opened.',
    cli: 'aws iam update-access-key --user-name <user> --access-key-id <key-id> --status Inactive',
  },
  events: [{ source: 'iam.amazonaws.com', names: ['AttachUserPolicy', 'DetachUserPolicy', 'DeleteUserPolicy', 'PutUserPolicy'] }],
  evaluate(event) {
    if (event.outcome === 'dry run' || !policyOf(event).includes('AWSCompromisedKeyQuarantine')) return quiet;
    const user = named('user', event.request, 'userName');
    const evidence = { ...factsOf(event.request, 'userName', 'policyArn', 'policyName'), errorCode: event.errorCode };
    if (event.name === 'AttachUserPolicy' || event.name === 'PutUserPolicy') return activity(`a key of ${user} has leaked`, evidence);
    if (event.outcome === 'succeeded') return activity(`quarantine of ${user} was lifted`, evidence, { severity: 'HIGH' });
    return activity(`tried to lift the quarantine of ${user}, ${event.outcome}`, evidence, { severity: 'MEDIUM' });
  },
  examples: {
    activity: {
      'by AWS': {
        ...IAM,
        eventName: 'AttachUserPolicy',
        userIdentity: { type: 'AWSService', invokedBy: 'iam.amazonaws.com' },
        sourceIPAddress: 'AWS Internal',
        userAgent: 'AWS Internal',
        requestParameters: BOB,
      },
      'in vain, which makes it no better': { ...IAM, eventName: 'AttachUserPolicy', errorCode: 'LimitExceeded', requestParameters: BOB },
      lifted: { ...IAM, eventName: 'DetachUserPolicy', requestParameters: BOB },
      'lifting it refused': { ...IAM, eventName: 'DetachUserPolicy', errorCode: 'AccessDenied', requestParameters: BOB },
    },
    quiet: {
      'another policy': {
        ...IAM,
        eventName: 'AttachUserPolicy',
        requestParameters: { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      },
      'refused, and no policy told': { ...IAM, eventName: 'DetachUserPolicy', errorCode: 'AccessDenied', requestParameters: null },
    },
    unsure: { 'which policy, was left out': { ...IAM, eventName: 'AttachUserPolicy', requestParameters: { omitted: true } } },
  },
});

/** IAM leaves the request out of calls that it refuses: then nothing was lifted. */
function policyOf(event: CloudTrailEvent): string {
  const { request, outcome } = event;
  if (outcome !== 'succeeded' && !request.exists) return '';
  const arn = request.at('policyArn').text;
  if (arn?.startsWith('arn:') === false) return refuseWithout(event, 'the policy');
  return arn ?? request.at('policyName').text ?? refuseWithout(event, 'the policy');
}
