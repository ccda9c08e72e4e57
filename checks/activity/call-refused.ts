import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { HEAD_REFUSED, LOG_DELIVERY_REFUSED } from '../predicates/example-calls.ts';
import { isUnauthorized, refusedPrincipal } from '../predicates/refusals.ts';

/**
 * The filter of CIS 5.1 to the letter, for whoever must show that each refusal is seen or hunts for one. It alarms nobody, for single refusals are everyday:
 * many of them are told by `activity-calls-refused` and `activity-apis-probed`.
 */
export default defineActivityCheck({
  id: 'activity-call-refused',
  title: 'A call was refused',
  severity: 'INFORMATIONAL',
  controls: ['CIS-AWS-7.0:5.1', 'CIS-AWS-5.0:4.1', 'CIS-AWS-3.0:4.1'],
  attack: [],
  equivalents: {},
  risk: 'By itself none: a permission is missing, or a page of the console asked for what its reader may not see.',
  remediation: { text: 'Nothing, unless the user or role has no reason to make the call.' },
  events: [{ outcome: 'refused' }],
  evaluate(event) {
    if (!isUnauthorized(event)) return quiet;
    const api = `${event.source} ${event.name}`;
    return activity(
      `refused: ${event.name}`,
      { api },
      { once: { key: `${event.accountId} ${refusedPrincipal(event)} ${api}`, minutes: 60 } },
    );
  },
  examples: {
    activity: {
      'a change': { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances', errorCode: 'Client.UnauthorizedOperation' },
      'a page of the console': { eventSource: 'ce.amazonaws.com', eventName: 'GetCostForecast', errorCode: 'AccessDenied' },
    },
    quiet: {
      'log delivery asks': LOG_DELIVERY_REFUSED,
      'whether a bucket is there': HEAD_REFUSED,
    },
  },
});
