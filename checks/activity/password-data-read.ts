import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { callerKey } from '../predicates/callers.ts';
import { isThrottled } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';

const A_DAY = 24 * 60;
const READ = { eventSource: 'ec2.amazonaws.com', eventName: 'GetPasswordData', requestParameters: { instanceId: 'i-0123456789abcdef0' } };

/** Who tries instance after instance in vain is told once a day: `activity-calls-refused` counts what is refused. */
export default defineActivityCheck({
  id: 'activity-password-data-read',
  title: 'The administrator password of a Windows instance was read',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1552', 'T1555'],
  equivalents: {},
  risk: 'Who has the password and the private key of the key pair is administrator of the instance.',
  remediation: { text: 'Ask who it was. If nobody knows, change the password of the instance and look at who signed in to it.' },
  events: [{ source: 'ec2.amazonaws.com', names: ['GetPasswordData'], readOnly: true }],
  evaluate(event) {
    if (event.outcome === 'dry run' || isThrottled(event)) return quiet;
    const evidence = factsOf(event.request, 'instanceId');
    const instance = named('instance', event.request, 'instanceId');
    const key = [event.accountId, callerKey(event), event.outcome].join(' ');
    if (event.outcome === 'succeeded') {
      return activity(`password of ${instance} read`, evidence, { once: { key: `${key} ${instance}`, minutes: A_DAY } });
    }
    return activity(`tried to read the password of ${instance}, ${event.outcome}`, evidence, {
      severity: 'LOW',
      once: { key, minutes: A_DAY },
    });
  },
  examples: {
    activity: {
      read: READ,
      refused: { ...READ, errorCode: 'Client.UnauthorizedOperation' },
    },
    quiet: { 'throttled, and so to be tried again': { ...READ, errorCode: 'Client.RequestLimitExceeded' } },
  },
});
