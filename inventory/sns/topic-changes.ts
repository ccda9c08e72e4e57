import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';
import type { TopicFacets } from './topic.ts';

const SNS = 'sns.amazonaws.com';
const named = topicAt('request.topicArn');

/** https://docs.aws.amazon.com/sns/latest/dg/logging-using-cloudtrail.html */
export const topicChanges: readonly ChangeEvents<keyof TopicFacets>[] = [
  { source: SNS, names: ['CreateTopic'], ids: ['request.name', ...topicAt('response.topicArn')] },
  { source: SNS, names: ['DeleteTopic'], ids: named, deletes: true },
  { source: SNS, names: ['SetTopicAttributes'], ids: named, facets: ['policy', 'kmsKey'] },
  { source: SNS, names: ['AddPermission', 'RemovePermission'], ids: named, facets: ['policy'] },
  { source: SNS, names: ['Subscribe', 'ConfirmSubscription'], ids: named, facets: ['subscriptions'] },
  { source: SNS, names: ['Unsubscribe'], ids: topicAt('request.subscriptionArn'), facets: ['subscriptions'] },
  { source: SNS, names: ['SetSubscriptionAttributes'], ids: topicAt('request.subscriptionArn'), facets: [] },
  {
    source: SNS,
    names: ['PutDataProtectionPolicy', 'TagResource', 'UntagResource'],
    ids: topicAt('request.resourceArn'),
    facets: [],
  },
];

/** ARNs of topics, and those of their subscriptions, which have a part more. */
function topicAt(at: Path): readonly IdPath[] {
  return [{ at, as: toOwnTopic }];
}

/** Others' topics may be subscribed to from here. */
function toOwnTopic(arn: string, { accountId, name }: CloudTrailEvent): string | undefined {
  const [, , service, , account, topic] = arn.split(':');
  if (service !== 'sns' || account === undefined || !topic)
    throw malformed(`cloudtrail:${name}`, 'what should be the ARN of a topic is none');
  return account === accountId ? topic : undefined;
}
