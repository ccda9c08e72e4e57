import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { activity, defineActivityCheck } from '../activity.ts';
import type { Severity } from '../check.ts';
import { factOf } from '../predicates/event-facts.ts';
import { answerOf } from '../predicates/unread.ts';

/** The policies of which AWS lets a session have one, by what it allows. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html */
const SEVERITY: Readonly<Record<string, Severity>> = { IAMAuditRootUserCredentials: 'LOW', IAMDeleteRootUserCredentials: 'MEDIUM' };

export default defineActivityCheck({
  id: 'activity-root-assumed',
  title: 'A root session of a member account was opened from the management account',
  severity: 'HIGH',
  controls: [],
  attack: ['T1078.004', 'T1548.005'],
  equivalents: {},
  risk: 'Such a session overrides the policies of the member account: it can unlock buckets and queues, and make the root user a password.',
  remediation: {
    text: 'Ask who opened it. If nobody meant to: look for what the session did in the member account, and allow sts:AssumeRoot to few principals by a service control policy.',
  },
  events: [{ source: 'sts.amazonaws.com', names: ['AssumeRoot'] }],

  evaluate(event) {
    const task = taskOf(event);
    const evidence = { target: factOf(event.request, 'targetPrincipal'), task };
    if (event.outcome !== 'succeeded') return activity('tried in vain to open a root session', evidence, { severity: 'MEDIUM' });
    return activity(`opened a root session${task === undefined ? '' : ` for ${task}`}`, evidence, {
      severity: SEVERITY[task ?? ''] ?? 'HIGH',
    });
  },

  examples: {
    activity: {
      'to give root a password': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoot',
        requestParameters: {
          targetPrincipal: '444455556666',
          taskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMCreateRootUserPassword' },
        },
      },
      'to look at its credentials': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoot',
        requestParameters: {
          targetPrincipal: '444455556666',
          taskPolicyArn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials',
        },
      },
      'the task was not told': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoot',
        requestParameters: { targetPrincipal: '444455556666' },
      },
      refused: { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRoot', errorCode: 'AccessDenied' },
    },
    quiet: {},
    unsure: {
      'the task was left out': { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRoot', requestParameters: { omitted: true } },
    },
  },
});

/** The name of the policy, which is written as an ARN or as an object that holds one. */
function taskOf({ request }: CloudTrailEvent): string | undefined {
  const policy = request.at('taskPolicyArn');
  return (answerOf(() => policy.text).value ?? policy.at('arn').text)?.split('/').at(-1);
}
