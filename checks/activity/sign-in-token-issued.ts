import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { sessionIdentity } from '../predicates/example-identities.ts';
import { signInOutcome } from '../predicates/sign-ins.ts';

/** How the portal of Identity Center asks for tokens, for every person who opens an account there. */
const PORTAL = /^Jersey\//;

export default defineActivityCheck({
  id: 'activity-sign-in-token-issued',
  title: 'Somebody turned keys into a sign-in to the console',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1550.001', 'T1078.004'],
  equivalents: {},
  risk: 'With a key that was stolen, somebody gets into the console without password and MFA.',
  remediation: {
    text: 'If it is no tool of yours: revoke the sessions of the role, disable the key, and look what was done in the console since.',
  },
  events: [{ source: 'signin.amazonaws.com', names: ['GetSigninToken'], readOnly: true }],

  evaluate(event) {
    if (PORTAL.test(event.userAgent ?? '')) return quiet;
    const failed = event.outcome !== 'succeeded' || signInOutcome(event) === 'failed';
    const evidence = { userAgent: event.userAgent };
    return failed
      ? activity('tried to turn keys into a console sign-in', evidence, { severity: 'LOW' })
      : activity('turned keys into a console sign-in', evidence);
  },

  examples: {
    activity: {
      'with a script': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'GetSigninToken',
        userAgent: 'python-requests/2.32.3',
        userIdentity: sessionIdentity('app', 'i-0123456789abcdef0'),
        responseElements: { GetSigninToken: 'Success' },
      },
      'it failed': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'GetSigninToken',
        userAgent: 'curl/8.9.1',
        userIdentity: sessionIdentity('app', 'i-0123456789abcdef0'),
        responseElements: { GetSigninToken: 'Failure' },
      },
    },
    quiet: {
      'the portal of Identity Center': {
        eventSource: 'signin.amazonaws.com',
        eventName: 'GetSigninToken',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what the portal sends
        userAgent: 'Jersey/${project.version} (HttpUrlConnection 21.0.8)',
        userIdentity: sessionIdentity(),
        responseElements: { GetSigninToken: 'Success' },
      },
    },
  },
});
