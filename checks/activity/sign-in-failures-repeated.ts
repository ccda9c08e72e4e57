import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { ROOT_REFUSED, SIGNED_IN, WRONG_PASSWORD } from '../predicates/example-sign-ins.ts';
import { SIGN_INS, signInOutcome, signInUser } from '../predicates/sign-ins.ts';

/** Of one user, from wherever. Failures of root are each told by `activity-root-sign-in-failed`; those of no known user count by address. */
export default defineActivityCheck({
  id: 'activity-sign-in-failures-repeated',
  title: 'Somebody failed again and again to sign in as the same user',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.6', 'CIS-AWS-5.0:4.6', 'CIS-AWS-3.0:4.6'],
  attack: ['T1110.001'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_authentication_failures'], securityHub: ['CloudWatch.6'] },
  risk: 'Somebody guesses a password. Console passwords do not lock after failures.',
  remediation: {
    text: 'Ask the user. If it was somebody else: look whether they got in afterwards, change the password, and require MFA.',
    cli: 'aws iam update-login-profile --user-name <user> --password-reset-required',
  },
  events: [SIGN_INS],
  params: { failures: 5, minutes: 15 },

  evaluate(event, { failures, minutes }) {
    if (event.actor.kind === 'root' || signInOutcome(event) === 'succeeded') return quiet;
    const user = signInUser(event);
    const whom = user === undefined ? `somebody unknown from ${event.sourceAddress ?? 'an unknown address'}` : `user ${user}`;
    return activity(
      `failed to sign in ${failures} times within ${minutes} minutes`,
      { user, failures, minutes },
      { threshold: { key: `failures of ${event.accountId} ${whom}`, item: event.id, count: failures, minutes } },
    );
  },

  examples: {
    activity: {
      'a wrong password': WRONG_PASSWORD,
    },
    quiet: {
      'it succeeded': SIGNED_IN,
      'as root': ROOT_REFUSED,
    },
  },
});
