import { defineActivityCheck } from '../activity.ts';
import type { Severity } from '../check.ts';
import { isOnSelf, userAsked } from '../predicates/callers.ts';
import { actingService } from '../predicates/deeds.ts';
import { factsOf } from '../predicates/event-facts.ts';
import { named } from '../predicates/event-names.ts';
import { callsTo, OMITTED, REFUSED } from '../predicates/example-calls.ts';
import { rootIdentity } from '../predicates/example-identities.ts';
import { judgeDeed } from '../predicates/judge-deed.ts';
import { rootCredentialChange } from '../predicates/root-events.ts';

const iam = callsTo('iam');

/** Passwords of the root user are told by `activity-root-credentials-changed`. */
export default defineActivityCheck({
  id: 'activity-iam-login-profile-changed',
  title: 'A user was given a console password by somebody else',
  severity: 'HIGH',
  controls: [],
  attack: ['T1098.001', 'T1078.004'],
  equivalents: {},
  risk: 'Who sets the password of a user can sign in as that user, and a user made for programs gets a way into the console.',
  remediation: {
    text: 'Ask the user and the actor. Delete the password, and see whether somebody has signed in with it.',
    cli: 'aws iam delete-login-profile --user-name <user>',
    cloudFormation: 'AWS::IAM::User.LoginProfile',
  },
  events: [{ source: 'iam.amazonaws.com', names: ['CreateLoginProfile', 'UpdateLoginProfile'] }],
  evaluate: (event) =>
    judgeDeed(event, 'set the password of a user', () => {
      if (rootCredentialChange(event) !== undefined) return undefined;
      const { request } = event;
      const isOwn = isOnSelf(event, userAsked(request));
      const mustChange = request.at('passwordResetRequired').flag === true;
      const user = isOwn ? 'oneself' : named('user', request, 'userName');
      const verb = event.name === 'CreateLoginProfile' ? 'given' : 'changed';
      return {
        done: `password ${verb} for ${user}${mustChange ? ', to be changed at the first sign-in' : ''}`,
        attempt: `set a password for ${user}`,
        severity: worth(isOwn, mustChange || actingService(event) !== undefined),
        refused: isOwn ? 'INFORMATIONAL' : 'MEDIUM',
        evidence: factsOf(request, 'userName', 'passwordResetRequired'),
      };
    }),
  examples: {
    activity: {
      'a password for another': iam('CreateLoginProfile', { userName: 'backup', passwordResetRequired: false }),
      'the password of another, changed': iam('UpdateLoginProfile', { userName: 'bob' }),
      'for a new colleague, who must change it': iam('CreateLoginProfile', { userName: 'carol', passwordResetRequired: true }),
      'for oneself': iam('UpdateLoginProfile', { userName: 'ana', passwordResetRequired: false }),
      refused: iam('UpdateLoginProfile', { userName: 'bob' }, REFUSED),
    },
    quiet: {
      'of root, which is told elsewhere': iam('CreateLoginProfile', null, { userIdentity: rootIdentity() }),
    },
    unsure: {
      'whose password, makes no sense': iam('UpdateLoginProfile', { userName: {} }),
      'whose password, was left out': iam('UpdateLoginProfile', OMITTED),
    },
  },
});

function worth(isOwn: boolean, isOrdinary: boolean): Severity {
  if (isOwn) return 'INFORMATIONAL';
  return isOrdinary ? 'LOW' : 'HIGH';
}
