import type { Subscription } from '@aws-sdk/client-sns';
import { isNamed } from '../aws-errors.ts';
import { malformed, required } from '../broken-answer.ts';
import { definePagedCall, type Place } from '../call.ts';
import { Unread } from '../facet.ts';

const OPERATION = 'sns:ListSubscriptionsByTopic';

/** The subscriptions of a topic, by its ARN; none where there is no such topic. */
export const listSubscriptionsByTopic = definePagedCall<Subscription, { readonly region: string; readonly arn: string }>({
  service: 'sns',
  operation: 'ListSubscriptionsByTopic',
  permissions: [OPERATION],
  region: ({ region }) => region,
  async *pages(session, region, { arn }) {
    const { sdk, client } = await session.aws.sns(region);
    try {
      for await (const page of sdk.paginateListSubscriptionsByTopic({ client }, { TopicArn: arn })) {
        yield required(page.Subscriptions, 'Subscriptions');
      }
    } catch (error) {
      if (!isNamed(error, 'NotFound', 'NotFoundException')) throw error;
      yield [];
    }
  },
});

/**
 * Whether anybody has confirmed a subscription to the topic: one that waits has PendingConfirmation in the place of its ARN, one that was given up Deleted
 * (ListSubscriptionsByTopic, Amazon SNS API reference).
 * @throws Unread when the list could not be read, and what was read of it holds none; when the topic is another account's
 */
export async function hasConfirmedSubscription(topicArn: string, place: Place): Promise<boolean> {
  const [, , , region = '', accountId = ''] = topicArn.split(':');
  if (accountId !== place.session.accountId) throw elsewhere(accountId);
  for (const { SubscriptionArn } of await listSubscriptionsByTopic(place, { region, arn: topicArn })) {
    if (SubscriptionArn === undefined) throw malformed(OPERATION, 'a subscription has no ARN');
    if (SubscriptionArn.startsWith('arn:')) return true;
  }
  return false;
}

function elsewhere(accountId: string): Unread {
  const message = `${OPERATION}: the alarm's topic is in account ${accountId}, whose subscriptions were not read`;
  return new Unread({ cause: 'other-account', operation: OPERATION, permissions: [], message });
}
