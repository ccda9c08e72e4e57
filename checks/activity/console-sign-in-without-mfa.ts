import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { rootIdentity, sessionIdentity } from '../predicates/example-identities.ts';
import { isWithMfa, signInOutcome, signInUser } from '../predicates/sign-ins.ts';

/** They proved who they are to somebody else, and CloudTrail's `MFAUsed` knows nothing of that. */
const SIGNED_IN_ELSEWHERE = new Set(['AssumedRole', 'FederatedUser', 'SAMLUser', 'WebIdentityUser', 'IdentityCenterUser']);

/** CIS 5.2 in its form for IAM users. Of root it says LOW: `activity-root-signed-in` tells that at once. */
export default defineActivityCheck({
  id: 'activity-console-sign-in-without-mfa',
  title: 'Somebody signed in to the console without MFA',
  severity: 'HIGH',
  controls: ['CIS-AWS-7.0:5.2', 'CIS-AWS-5.0:4.2', 'CIS-AWS-3.0:4.2'],
  attack: ['T1078.004'],
  equivalents: { prowler: ['cloudwatch_log_metric_filter_sign_in_without_mfa'], securityHub: ['CloudWatch.3'] },
  risk: 'A password alone was enough: one that was guessed, reused or phished would have been too.',
  remediation: {
    text: 'Give the user an MFA device and require it by policy; better, let people sign in through IAM Identity Center.',
    cli: 'aws iam list-mfa-devices --user-name <user>',
  },
  events: [{ source: 'signin.amazonaws.com', names: ['ConsoleLogin'] }],

  evaluate(event) {
    const { identity, additional, actor } = event;
    if (SIGNED_IN_ELSEWHERE.has(identity.at('type').text ?? '') || additional.at('SamlProviderArn').exists) return quiet;
    if (identity.at('arn').text?.includes('AWSReservedSSO_') || isWithMfa(event) || signInOutcome(event) === 'failed') return quiet;
    return actor.kind === 'root'
      ? activity('signed in as root without MFA', { user: 'root' }, { severity: 'LOW' })
      : activity('signed in without MFA', { user: signInUser(event) });
  },

  examples: {
    activity: {
      'a user': signIn({ additionalEventData: { MFAUsed: 'No', MobileVersion: 'No' } }),
      'nothing is told of MFA': signIn({}),
      root: signIn({ userIdentity: rootIdentity(), additionalEventData: { MFAUsed: 'No' } }),
    },
    quiet: {
      'with MFA': signIn({ additionalEventData: { MFAUsed: 'Yes' } }),
      'it failed': signIn({ responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' }),
      'a person of Identity Center': signIn({ userIdentity: sessionIdentity(), additionalEventData: { MFAUsed: 'No' } }),
      'through SAML': signIn({
        additionalEventData: { MFAUsed: 'No', SamlProviderArn: 'arn:aws:iam::111122223333:saml-provider/idp' },
      }),
    },
    unsure: {
      'whether with MFA, was left out': signIn({ additionalEventData: { omitted: true } }),
      'whether with MFA, makes no sense': signIn({ additionalEventData: { MFAUsed: {} } }),
    },
  },
});

function signIn(more: Readonly<Record<string, unknown>>) {
  const signedIn = { eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin', eventType: 'AwsConsoleSignIn' };
  return { ...signedIn, responseElements: { ConsoleLogin: 'Success' }, ...more };
}
