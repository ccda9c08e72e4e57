import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';

export default defineActivityCheck({
  id: 'activity-federated-sign-in-refused',
  title: 'Somebody from an identity provider was refused a role',
  severity: 'LOW',
  controls: [],
  attack: ['T1078.004', 'T1606.002'],
  equivalents: {},
  risk: 'A role is set up wrongly, or somebody tries with a token of a provider that the account trusts which of its roles let them in.',
  remediation: {
    text: 'Look which repository, workload or person the provider vouched for, and whether the trust policy of the role is meant for them.',
  },
  events: [{ source: 'sts.amazonaws.com', names: ['AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'] }],

  evaluate({ name, outcome, errorCode, request, identity, accountId, sourceAddress }) {
    if (outcome === 'succeeded' || outcome === 'dry run') return quiet;
    const role = factOf(request, 'roleArn');
    const evidence = {
      role,
      errorCode,
      provider: factOf(identity, 'identityProvider'),
      subject: factOf(identity, 'userName'),
    };
    const once = { key: `${name} refused ${accountId} ${role ?? ''} ${sourceAddress ?? ''}`, minutes: 60 };
    return activity(`was refused a role: ${errorCode ?? 'failed'}`, evidence, { once });
  },

  examples: {
    activity: {
      'a workload': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoleWithWebIdentity',
        errorCode: 'AccessDenied',
        requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/deploy', roleSessionName: 'deploy' },
        userIdentity: {
          type: 'WebIdentityUser',
          userName: 'repo:example/app:ref:refs/heads/main',
          identityProvider: 'token.actions.githubusercontent.com',
        },
      },
      'an outdated assertion': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoleWithSAML',
        errorCode: 'ExpiredTokenException',
        userIdentity: { type: 'SAMLUser', userName: 'ana@example.com' },
      },
    },
    quiet: {
      'it was let in': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'AssumeRoleWithSAML',
        requestParameters: { roleArn: 'arn:aws:iam::111122223333:role/people' },
        userIdentity: { type: 'SAMLUser', userName: 'ana@example.com' },
      },
    },
  },
});
