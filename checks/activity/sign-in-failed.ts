import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { OUTCOME_OMITTED, ROOT_REFUSED, SIGNED_IN, WRONG_PASSWORD } from '../predicates/example-sign-ins.ts';
import { SIGN_INS, signInOutcome, signInUser } from '../predicates/sign-ins.ts';

/** CIS 5.6. Failures of root are told by `activity-root-sign-in-failed`, many of one user or from one address by `activity-sign-in-failures-repeated` and `activity-sign-in-users-tried`. */
export default defineActivityCheck({
  id: 'activity-sign-in-failed',
  title: 'Somebody failed to sign in to the console',
  severity: 'LOW',
  controls: ['CIS-AWS-7.0:5.6', 'CIS-AWS-5.0:4.6', 'CIS-AWS-3.0:4.6'],
  attack: ['T1078.004', 'T1110'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_authentication_failures'], securityHub: ['CloudWatch.6'] },
  risk: 'Once it is a typing mistake; often it is somebody who tries passwords.',
  remediation: { text: 'Ask the user when it was somebody known. Look at the address and at the times when it was not.' },
  events: [SIGN_INS],

  evaluate(event) {
    if (event.actor.kind === 'root' || signInOutcome(event) === 'succeeded') return quiet;
    return activity('failed to sign in', { user: signInUser(event), message: event.errorMessage });
  },

  examples: {
    activity: {
      'a wrong password': WRONG_PASSWORD,
      'a name that no user has': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        errorMessage: 'No username found in supplied account',
        userIdentity: { type: 'IAMUser', accountId: '111122223333', accessKeyId: '', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        responseElements: { ConsoleLogin: 'Failure' },
      },
      'at the password of Identity Center': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'CredentialVerification',
        eventType: 'AwsServiceEvent',
        userIdentity: { type: 'Unknown', principalId: '111122223333', accountId: '111122223333', userName: 'ana' },
        additionalEventData: { CredentialType: 'PASSWORD', UserName: 'ana' },
        serviceEventDetails: { CredentialVerification: 'Failure' },
      },
      'without a message': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        responseElements: { ConsoleLogin: 'Failure' },
      },
    },
    quiet: {
      'it succeeded': SIGNED_IN,
      'as root': ROOT_REFUSED,
    },
    unsure: {
      'how it went was left out': OUTCOME_OMITTED,
    },
  },
});
