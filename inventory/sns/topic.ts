import type { Subscription, Topic } from '@aws-sdk/client-sns';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { deletedMeanwhile } from '../no-data.ts';
import { toListed } from '../partial.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import { defineReader } from '../reader.ts';
import { getTopicAttributes, listSubscriptionsByTopic, listTopics, type TopicAttributes } from './calls.ts';
import { topicChanges } from './topic-changes.ts';

export interface TopicFacets {
  /** Who may do what with the topic. SNS gives each one that lets in its own account; `undefined` should there be none. */
  readonly policy: PolicyDocument | undefined;
  /** The KMS key that encrypts messages at rest; `undefined` when nothing does. */
  readonly kmsKey: string | undefined;
  readonly subscriptions: Iterable<TopicSubscription>;
}

/** A subscription without its endpoint, which may be somebody's address. */
export interface TopicSubscription {
  /** `undefined` until it is confirmed. */
  readonly arn: string | undefined;
  /** `http`, `https`, `email`, `sqs`, `lambda`, … */
  readonly protocol: string;
}

interface NamedTopic {
  readonly name: string;
  readonly arn: string;
}

export const topics = defineReader<'AWS::SNS::Topic', NamedTopic>({
  type: 'AWS::SNS::Topic',
  scope: 'regional',
  changes: topicChanges,
  list: { calls: [listTopics], read: async (place) => toListed(await listTopics(place), toNamedTopic) },
  only: { calls: [getTopicAttributes], read: readNamed },
  identify: ({ name, arn }, { accountId, region }, partition) => ({ arn, id: name, accountId, region, partition, tags: {} }),
  facets: {
    policy: { calls: [getTopicAttributes], read: async (topic, place) => toPolicy(await readAttributes(topic, place)) },
    kmsKey: { calls: [getTopicAttributes], read: async (topic, place) => (await readAttributes(topic, place)).KmsMasterKeyId || undefined },
    subscriptions: {
      calls: [listSubscriptionsByTopic],
      read: async ({ arn }, place) => toListed(await listSubscriptionsByTopic(place, { arn }), toSubscription),
    },
  },
});

function toNamedTopic({ TopicArn }: Topic): NamedTopic {
  const name = TopicArn?.split(':')[5];
  if (TopicArn === undefined || name === undefined || name === '') throw malformed('sns:ListTopics', 'a topic has no ARN');
  return { name, arn: TopicArn };
}

/** The account's own topics of these names or ARNs. */
async function readNamed(place: Place, ids: readonly string[]): Promise<Listed<NamedTopic>> {
  const { session, scope } = place;
  const names = [...new Set(ids.map((id) => id.split(':').at(-1) ?? ''))].filter((name) => name !== '');
  const looked = names.map(async (name) => {
    const arn = `arn:${session.partition}:sns:${scope.region}:${scope.accountId}:${name}`;
    return (await getTopicAttributes(place, { arn })) && { name, arn };
  });
  return new Listed((await Promise.all(looked)).filter((topic) => topic !== undefined));
}

/** @throws Unread when the topic is gone since it was listed */
async function readAttributes({ arn }: NamedTopic, place: Place): Promise<TopicAttributes> {
  const attributes = await getTopicAttributes(place, { arn });
  if (attributes) return attributes;
  throw deletedMeanwhile('sns:GetTopicAttributes', 'the topic');
}

function toPolicy({ Policy }: TopicAttributes): PolicyDocument | undefined {
  return Policy === undefined || Policy === '' ? undefined : toPolicyDocument(Policy, 'sns:GetTopicAttributes');
}

/** SNS writes `PendingConfirmation` or `Deleted` where the ARN would be. */
function toSubscription({ SubscriptionArn, Protocol }: Subscription): TopicSubscription {
  if (SubscriptionArn === undefined || !Protocol) throw malformed('sns:ListSubscriptionsByTopic', 'a subscription is incomplete');
  return { arn: SubscriptionArn.startsWith('arn:') ? SubscriptionArn : undefined, protocol: Protocol };
}
