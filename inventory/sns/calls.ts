import type { Subscription, Topic } from '@aws-sdk/client-sns';
import { unlessAbsent } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { defineCall, definePagedCall } from '../call.ts';

export const listTopics = definePagedCall<Topic>({
  service: 'sns',
  operation: 'ListTopics',
  permissions: ['sns:ListTopics'],
  async *pages(session, region) {
    const { sdk, client } = await session.aws.sns(region);
    for await (const page of sdk.paginateListTopics({ client }, {})) yield required(page.Topics, 'Topics');
  },
});

export type TopicAttributes = Readonly<Partial<Record<string, string>>>;

/** The attributes of a topic; `undefined` when it is not there. SNS leaves out those that a topic does not have. */
export const getTopicAttributes = defineCall<TopicAttributes | undefined, { readonly arn: string }>({
  service: 'sns',
  operation: 'GetTopicAttributes',
  permissions: ['sns:GetTopicAttributes'],
  async send(session, region, { arn }) {
    const { sdk, client } = await session.aws.sns(region);
    const answer = await unlessAbsent(client.send(new sdk.GetTopicAttributesCommand({ TopicArn: arn })), 'NotFound', 'NotFoundException');
    if (answer) required(answer.Attributes?.TopicArn, 'TopicArn');
    return answer?.Attributes;
  },
});

/** Of a topic, whoever made them: ListSubscriptions, which asks once for a region, leaves out those of other accounts (Amazon SNS API Reference). */
export const listSubscriptionsByTopic = definePagedCall<Subscription, { readonly arn: string }>({
  service: 'sns',
  operation: 'ListSubscriptionsByTopic',
  permissions: ['sns:ListSubscriptionsByTopic'],
  async *pages(session, region, { arn }) {
    const { sdk, client } = await session.aws.sns(region);
    for await (const page of sdk.paginateListSubscriptionsByTopic({ client }, { TopicArn: arn })) {
      yield required(page.Subscriptions, 'Subscriptions');
    }
  },
});
