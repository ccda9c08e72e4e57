import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { callerKey } from '../predicates/callers.ts';
import { actingService, isThrottled } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { refuseWithout } from '../predicates/judge-deed.ts';

const A_DAY = 24 * 60;
const EC2 = { eventSource: 'ec2.amazonaws.com', eventName: 'DescribeInstanceAttribute' };
const OF_INSTANCE = { instanceId: 'i-0123456789abcdef0' };

/** Terraform reads it at every plan: told once a day for each caller, of whichever instance comes first. */
export default defineActivityCheck({
  id: 'activity-user-data-read',
  title: 'The start-up script of an instance was read',
  severity: 'LOW',
  controls: [],
  attack: ['T1552', 'T1580'],
  equivalents: {},
  risk: 'Start-up scripts often hold passwords and tokens, and reading them needs no more than a permission to describe.',
  remediation: {
    text: 'Ask who it was, and move secrets out of user data into Secrets Manager.',
    cloudFormation: 'AWS::EC2::Instance.UserData',
  },
  events: [{ source: 'ec2.amazonaws.com', names: ['DescribeInstanceAttribute'], readOnly: true }],
  evaluate(event) {
    const { request, outcome } = event;
    if (outcome === 'dry run' || isThrottled(event) || actingService(event) !== undefined) return quiet;
    if (outcome !== 'succeeded' && !request.exists) return quiet;
    if ((request.at('attribute').text ?? refuseWithout(event, 'attribute')) !== 'userData') return quiet;
    const instance = named('instance', request, 'instanceId');
    const reason = outcome === 'succeeded' ? `user data of ${instance} read` : `tried to read user data of ${instance}, ${outcome}`;
    const key = [event.accountId, callerKey(event), outcome].join(' ');
    return activity(reason, factsOf(request, 'instanceId'), { once: { key, minutes: A_DAY } });
  },
  examples: {
    activity: {
      read: { ...EC2, requestParameters: { ...OF_INSTANCE, attribute: 'userData' } },
      refused: { ...EC2, errorCode: 'Client.UnauthorizedOperation', requestParameters: { ...OF_INSTANCE, attribute: 'userData' } },
    },
    quiet: {
      'another attribute': { ...EC2, requestParameters: { ...OF_INSTANCE, attribute: 'disableApiTermination' } },
      'refused, and nothing told of the request': { ...EC2, errorCode: 'Client.UnauthorizedOperation' },
    },
    unsure: { 'no attribute named': { ...EC2, requestParameters: OF_INSTANCE } },
  },
});
