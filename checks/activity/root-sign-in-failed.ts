import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { signInOutcome } from '../predicates/sign-ins.ts';

/** Tells a failed sign-in of root alone: `activity-root-used` and the checks of failed sign-ins are quiet of it. */
export default defineActivityCheck({
  id: 'activity-root-sign-in-failed',
  title: 'Somebody failed to sign in as the root user',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.3', 'CIS-AWS-7.0:5.6', 'CIS-AWS-5.0:4.3', 'CIS-AWS-5.0:4.6', 'CIS-AWS-3.0:4.3', 'CIS-AWS-3.0:4.6'],
  attack: ['T1078.004', 'T1110'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_authentication_failures'] },
  risk: 'Somebody who knows the e-mail address of the root user tries its password, or knows that too and lacks only the MFA device.',
  remediation: {
    text: 'Ask those who may use root. If it was none of them: change its password, and check that its MFA devices are all yours.',
  },
  events: [{ source: 'signin.amazonaws.com', names: ['ConsoleLogin', 'CheckMfa'] }],

  evaluate(event) {
    if (event.actor.kind !== 'root' || signInOutcome(event) === 'succeeded') return quiet;
    const reason = event.name === 'CheckMfa' ? 'failed at the MFA of root, after its password' : 'failed to sign in as root';
    const once = { key: `root failures ${event.accountId} ${event.name} ${event.sourceAddress ?? ''}`, minutes: 10 };
    return activity(reason, { message: event.errorMessage }, { once });
  },

  examples: {
    activity: {
      'a wrong password': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: rootIdentity(),
        errorMessage: 'Failed authentication',
        responseElements: { ConsoleLogin: 'Failure' },
      },
      'without a message': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: rootIdentity(),
        responseElements: { ConsoleLogin: 'Failure' },
      },
      'with a message alone': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: rootIdentity(),
        errorMessage: 'Failed authentication',
      },
      'a wrong code of the MFA device': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'CheckMfa',
        userIdentity: rootIdentity(''),
        responseElements: { CheckMfa: 'Failure' },
      },
    },
    quiet: {
      'it succeeded': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        userIdentity: rootIdentity(),
        responseElements: { ConsoleLogin: 'Success' },
      },
      'another user': { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
    },
  },
});
