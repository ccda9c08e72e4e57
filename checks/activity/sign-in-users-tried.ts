import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { SIGNED_IN, WRONG_PASSWORD } from '../predicates/example-sign-ins.ts';
import { SIGN_INS, signInOutcome, signInUser } from '../predicates/sign-ins.ts';

/** Names that no user has are hidden in the event, as they may be passwords in the wrong field: each counts as another user. */
export default defineActivityCheck({
  id: 'activity-sign-in-users-tried',
  title: 'Somebody failed to sign in as several users from one address',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.6', 'CIS-AWS-5.0:4.6', 'CIS-AWS-3.0:4.6'],
  attack: ['T1110.003'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_authentication_failures'], securityHub: ['CloudWatch.6'] },
  risk: 'Somebody tries one password with many names, which no lock or count of a single user notices.',
  remediation: {
    text: 'Look whether that address got in somewhere, in other accounts too, and require MFA of every user with a password.',
  },
  events: [SIGN_INS],
  params: { users: 4, minutes: 30 },

  evaluate(event, { users, minutes }) {
    if (signInOutcome(event) === 'succeeded') return quiet;
    const user = event.actor.kind === 'root' ? 'root' : (signInUser(event) ?? `unknown ${event.id}`);
    const key = `users tried in ${event.accountId} from ${event.sourceAddress ?? 'an unknown address'}`;
    return activity(
      `failed to sign in as ${users} users within ${minutes} minutes`,
      { users, minutes },
      { threshold: { key, item: user, count: users, minutes } },
    );
  },

  examples: {
    activity: {
      'a wrong password': WRONG_PASSWORD,
      'a name that no user has': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: { type: 'IAMUser', accountId: '111122223333', accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        responseElements: { ConsoleLogin: 'Failure' },
      },
    },
    quiet: {
      'it succeeded': SIGNED_IN,
    },
  },
});
