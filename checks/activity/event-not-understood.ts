import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { onlyReads } from '../predicates/reads.ts';

/** What a call was given and what it gave. Of a call that only looks they change nothing; checks that need them say so themselves. */
const CONTENTS = /^(requestParameters|responseElements|additionalEventData|serviceEventDetails) /;

/** Other checks see nothing in what is missing. Silence about it would say that nothing happened. Every event is asked, and none more than need be. */
export default defineActivityCheck({
  id: 'activity-event-not-understood',
  title: 'An event came incomplete or broken',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1562.008'],
  equivalents: {},
  risk: 'CloudTrail leaves out of an event what is too large. Who makes a call large enough hides what it was about.',
  remediation: {
    text: 'Look the event up by its id, and at what it was about: resources of that service are as they are, whatever the event says.',
  },
  events: ['every'],

  evaluate(event) {
    const { faults } = event;
    if (faults.length === 0) return quiet;
    const { name, source, accountId, type } = event;
    // It tells of calls that have records of their own, and names them elsewhere.
    if (type === 'AwsCloudTrailInsight') return quiet;
    if (onlyReads(name) && faults.every((fault) => CONTENTS.test(fault))) return quiet;
    const call = `${source} ${name}`.trim();
    return activity(
      `cannot be judged in full: ${faults[0]}`,
      { call, faults },
      { once: { key: `not understood ${accountId} ${call}`, minutes: 60 } },
    );
  },

  examples: {
    activity: {
      'what was asked for was left out': {
        eventSource: 'iam.amazonaws.com',
        eventName: 'PutRolePolicy',
        requestParameters: { omitted: true },
      },
      'nobody did it': { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances', userIdentity: 'ana' },
      'who did it makes no sense': {
        eventSource: 'ec2.amazonaws.com',
        eventName: 'RunInstances',
        userIdentity: { type: 7, userName: 'ana' },
      },
      'the account is missing': { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', recipientAccountId: null },
    },
    quiet: {
      'a whole event': { eventSource: 'iam.amazonaws.com', eventName: 'PutRolePolicy', requestParameters: { roleName: 'app' } },
      'somebody on the way to sign in': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'UserAuthentication',
        userIdentity: { type: 'Unknown' },
      },
      'a call that only looks': { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstances', requestParameters: { omitted: true } },
    },
  },
});
