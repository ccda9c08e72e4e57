import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import * as z from 'zod';
import type { LocalAws } from '../../emulator/local-aws.ts';
import { type Delivered, TopicQueue } from '../../emulator/topic-queue.ts';

/** A topic, and all that a queue which is subscribed to it has received since it was last asked. */
export interface SubscribedQueue {
  readonly topicArn: string;
  readonly receive: () => Promise<readonly Delivered[]>;
}

export async function subscribedQueue(aws: LocalAws, accountId: string, name: string): Promise<SubscribedQueue> {
  const settings = aws.client(accountId);
  const { TopicArn: topicArn = '' } = await new SNSClient(settings).send(new CreateTopicCommand({ Name: name }));
  const queue = await TopicQueue.open({ settings, topicArn, name });
  return { topicArn, receive: () => queue.empty() };
}

const News = z.union([
  z.object({ type: z.literal('finding'), event: z.string(), finding: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('activity'), activity: z.object({ id: z.string(), checkId: z.string() }) }),
  z.object({ type: z.literal('digest'), changes: z.array(z.object({ event: z.string(), id: z.string() })), moreChanges: z.literal(0) }),
]);

/** What a message tells programs. @throws ZodError when it is neither a finding nor an activity nor a digest that tells all of its changes */
export function newsIn({ Message }: Pick<Delivered, 'Message'>): z.infer<typeof News> {
  return News.parse(JSON.parse(Message));
}

/** The steps of findings that messages tell, alone or in a digest: `opened <id>`, sorted, each as often as it was told. Activities are no steps. */
export function stepsTold(messages: readonly Delivered[]): readonly string[] {
  const steps = messages.flatMap((message) => {
    const news = newsIn(message);
    if (news.type === 'activity') return [];
    return news.type === 'finding' ? [`${news.event} ${news.finding.id}`] : news.changes.map(({ event, id }) => `${event} ${id}`);
  });
  return steps.sort();
}
