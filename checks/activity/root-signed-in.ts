import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { isWithMfa, signInOutcome } from '../predicates/sign-ins.ts';

/** The one check that tells a root sign-in at once, with MFA or without: `activity-root-used` is quiet of it, and `activity-console-sign-in-without-mfa` keeps it as LOW. */
export default defineActivityCheck({
  id: 'activity-root-signed-in',
  title: 'The root user signed in to the console',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.3', 'CIS-AWS-5.0:4.3', 'CIS-AWS-3.0:4.3'],
  attack: ['T1078.004'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_root_usage'], securityHub: ['CloudWatch.1'] },
  risk: 'Nothing limits the root user. It can close the account, and no policy of the account stops it.',
  remediation: {
    text: 'Ask who signed in. If nobody did: change the password and MFA of root, delete its access keys, and look for what it has done since.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root --region us-east-1',
  },
  events: [{ source: 'signin.amazonaws.com', names: ['ConsoleLogin'] }],

  evaluate(event) {
    if (event.actor.kind !== 'root' || signInOutcome(event) === 'failed') return quiet;
    return isWithMfa(event)
      ? activity('signed in as root, with MFA', { mfa: true })
      : activity('signed in as root without MFA', { mfa: false }, { severity: 'CRITICAL' });
  },

  examples: {
    activity: {
      'with MFA': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: rootIdentity(),
        responseElements: { ConsoleLogin: 'Success' },
        additionalEventData: { MFAUsed: 'Yes' },
      },
      'without MFA': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        eventType: 'AwsConsoleSignIn',
        userIdentity: rootIdentity(),
        responseElements: { ConsoleLogin: 'Success' },
        additionalEventData: { MFAUsed: 'No' },
      },
    },
    quiet: {
      'it failed': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        userIdentity: rootIdentity(),
        responseElements: { ConsoleLogin: 'Failure' },
      },
      'another user': { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
    },
    unsure: {
      'the event does not say how it went': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        userIdentity: rootIdentity(),
      },
      'how it went was left out': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'ConsoleLogin',
        userIdentity: rootIdentity(),
        responseElements: { omitted: true },
      },
    },
  },
});
