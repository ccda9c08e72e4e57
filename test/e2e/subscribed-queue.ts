import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { LocalAws } from '../../emulator/local-aws.ts';

/** A topic, and all that a queue which is subscribed to it has received since it was last asked, as it came. */
export interface SubscribedQueue {
  readonly topicArn: string;
  readonly receive: () => Promise<readonly string[]>;
}

export async function subscribedQueue(aws: LocalAws, accountId: string, name: string): Promise<SubscribedQueue> {
  const sns = new SNSClient(aws.client(accountId));
  const sqs = new SQSClient(aws.client(accountId));
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: name }));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
  return {
    topicArn,
    async receive() {
      const bodies: string[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return bodies;
        bodies.push(...Messages.map(({ Body = '' }) => Body));
        const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
  };
}

const Envelope = z.object({ Message: z.string() });
const News = z.union([
  z.object({ type: z.literal('finding'), event: z.string(), finding: z.object({ id: z.string() }) }),
  z.object({ type: z.literal('digest'), changes: z.array(z.object({ event: z.string(), id: z.string() })), moreChanges: z.literal(0) }),
]);

/** The steps of findings that messages tell, alone or in a digest: `opened <id>`, sorted, each as often as it was told. */
export function stepsTold(bodies: readonly string[]): readonly string[] {
  const steps = bodies.flatMap((body) => {
    const news = News.parse(JSON.parse(Envelope.parse(JSON.parse(body)).Message));
    return news.type === 'finding' ? [`${news.event} ${news.finding.id}`] : news.changes.map(({ event, id }) => `${event} ${id}`);
  });
  return steps.sort();
}
