import { activity, defineActivityCheck, quiet } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';

export default defineActivityCheck({
  id: 'activity-federation-token-issued',
  title: 'Somebody made a federation token of an access key',
  severity: 'MEDIUM',
  controls: [],
  attack: ['T1550.001', 'T1098.001'],
  equivalents: {},
  risk: 'The token lives on for up to 36 hours after the key that it was made with is deleted.',
  remediation: {
    text: 'If it is no tool of yours: disable the key, deny the user everything for sessions from before now, and look what the federated user did.',
    cli: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=GetFederationToken',
  },
  events: [{ source: 'sts.amazonaws.com', names: ['GetFederationToken'] }],

  evaluate({ outcome, request, response, actor, accountId }) {
    if (outcome === 'dry run') return quiet;
    const evidence = { name: factOf(request, 'name'), federatedUser: factOf(response, 'federatedUser', 'arn') };
    if (outcome !== 'succeeded') return activity('tried to make a federation token', evidence, { severity: 'LOW' });
    const once = { key: `federation token ${accountId} ${actor.arn ?? actor.name} ${actor.from ?? ''}`, minutes: 60 };
    return activity('made a federation token, which outlives its key', evidence, { once });
  },

  examples: {
    activity: {
      'of a user': {
        eventSource: 'sts.amazonaws.com',
        eventName: 'GetFederationToken',
        requestParameters: { name: 'guest', durationSeconds: 43200 },
        responseElements: { federatedUser: { arn: 'arn:aws:sts::111122223333:federated-user/guest' } },
      },
      refused: {
        eventSource: 'sts.amazonaws.com',
        eventName: 'GetFederationToken',
        errorCode: 'AccessDenied',
        requestParameters: { name: 'guest' },
      },
    },
    quiet: {},
  },
});
