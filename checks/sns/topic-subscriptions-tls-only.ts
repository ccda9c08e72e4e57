import type { TopicSubscription } from '../../inventory/sns/topic.ts';
import { defineCheck, denied, fail, partial, pass } from '../check.ts';
import { knownOf } from '../predicates/unread.ts';

const subscription = (protocol: string): TopicSubscription => ({
  arn: `arn:aws:sns:eu-west-1:111122223333:orders:11111111-2222-3333-4444-${protocol}`,
  protocol,
});

export default defineCheck({
  id: 'sns-topic-subscriptions-tls-only',
  title: 'Topics should not deliver over plain HTTP',
  severity: 'HIGH',
  controls: [],
  equivalents: { prowler: ['sns_subscription_not_using_http_endpoints'] },
  risk: 'Whoever is on the way reads and changes what the topic delivers, and what confirms or ends the subscription.',
  remediation: {
    text: 'Subscribe the HTTPS address of the endpoint, and end the subscription of the other.',
    cli: 'aws sns unsubscribe --subscription-arn <subscription>',
    cloudFormation: 'AWS::SNS::Subscription.Protocol',
  },
  resourceType: 'AWS::SNS::Topic',
  needs: ['subscriptions'],
  evaluate(topic) {
    const { known, unread } = knownOf(() => topic.subscriptions);
    const plain = known.filter(({ protocol }) => protocol.toLowerCase() === 'http');
    if (plain.length > 0) {
      const confirmed = plain.flatMap(({ arn }) => arn ?? []).toSorted();
      return fail('it delivers to a subscription over plain HTTP', {
        subscriptions: confirmed,
        unconfirmed: plain.length - confirmed.length,
      });
    }
    if (unread) throw unread;
    return pass;
  },
  examples: {
    pass: {
      'nobody subscribes': { subscriptions: [] },
      'HTTPS, mail and a queue': { subscriptions: [subscription('https'), subscription('email'), subscription('sqs')] },
    },
    fail: {
      'one of two over HTTP': { subscriptions: [subscription('https'), subscription('http')] },
      'over HTTP, not yet confirmed': { subscriptions: [{ arn: undefined, protocol: 'http' }] },
      'over HTTP, the rest not read': { subscriptions: partial([subscription('http')], 'sns:ListSubscriptionsByTopic') },
    },
    unknown: {
      'not allowed to list them': { subscriptions: denied('sns:ListSubscriptionsByTopic') },
      'the first ones are right, the rest not read': { subscriptions: partial([subscription('sqs')], 'sns:ListSubscriptionsByTopic') },
    },
  },
});
