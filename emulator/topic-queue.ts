import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { ClientSettings } from './client-settings.ts';

/** What SNS wraps a message in for a queue. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const Envelope = z.object({
  MessageId: z.string(),
  TopicArn: z.string(),
  Subject: z.string().optional(),
  Message: z.string(),
  Timestamp: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Type: z.string(), Value: z.string() })).default({}),
});
export type Delivered = z.infer<typeof Envelope>;

export interface TopicQueueOptions {
  readonly settings: ClientSettings;
  readonly topicArn: string;
  readonly name: string;
  /** As a subscription has it. */
  readonly filterPolicy?: string | undefined;
}

/** A queue that is subscribed to a topic. */
export class TopicQueue {
  readonly #sqs: SQSClient;
  readonly #url: string;

  private constructor(sqs: SQSClient, url: string) {
    this.#sqs = sqs;
    this.#url = url;
  }

  static async open({ settings, topicArn, name, filterPolicy }: TopicQueueOptions): Promise<TopicQueue> {
    const sqs = new SQSClient(settings);
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const filter = filterPolicy === undefined ? {} : { Attributes: { FilterPolicy: filterPolicy } };
    await new SNSClient(settings).send(
      new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn, ...filter }),
    );
    return new TopicQueue(sqs, QueueUrl);
  }

  /** Takes everything out of the queue that has arrived. */
  async empty(): Promise<readonly Delivered[]> {
    const delivered: Delivered[] = [];
    for (;;) {
      const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand({ QueueUrl: this.#url, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return delivered;
      delivered.push(...Messages.map(({ Body = '' }) => Envelope.parse(JSON.parse(Body))));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#url, Entries }));
    }
  }
}
