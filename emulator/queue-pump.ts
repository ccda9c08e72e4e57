import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { ClientSettings } from './client-settings.ts';
import { waitingFor } from './overrides/queues.ts';

/** An event source mapping of a queue, as it was deployed. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html */
export const QueueMapping = z.object({
  BatchSize: z.int().default(10),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
});
export type QueueMapping = z.infer<typeof QueueMapping>;

export interface QueuePumpOptions {
  /** In the name of the function: so Lambda receives. */
  readonly settings: ClientSettings;
  /** In the name of the account: what the queue does by itself. */
  readonly owner: ClientSettings;
  readonly queueUrl: string;
  readonly queueArn: string;
  readonly mapping: QueueMapping;
  readonly invoke: (event: unknown) => Promise<unknown>;
}

const Partial = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });
/** SQS hands over this many at once. */
const MOST = 10;

/**
 * What Lambda does between a queue and a function: receives, batches, deletes what was done. No time passes by itself: what failed comes again at once,
 * until the queue gives it up, and what was sent with a delay comes when somebody says that time has passed.
 */
export class QueuePump {
  readonly #options: QueuePumpOptions;
  readonly #sqs: SQSClient;
  readonly #owner: SQSClient;

  private constructor(options: QueuePumpOptions) {
    this.#options = options;
    this.#sqs = new SQSClient(options.settings);
    this.#owner = new SQSClient(options.owner);
  }

  /** From now on what is sent to the queue with a delay waits for {@link passTime}. */
  static async open(options: QueuePumpOptions): Promise<QueuePump> {
    const pump = new QueuePump(options);
    await pump.#owner.send(new CreateQueueCommand({ QueueName: waitingFor(options.queueUrl).split('/').at(-1) }));
    return pump;
  }

  /** All delays are over. Gives the number of messages that have waited. */
  async passTime(): Promise<number> {
    const { queueUrl } = this.#options;
    const QueueUrl = waitingFor(queueUrl);
    let waited = 0;
    for (;;) {
      const { Messages = [] } = await this.#owner.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: MOST }));
      if (Messages.length === 0) return waited;
      for (const { Body } of Messages) await this.#owner.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body }));
      for (const Entries of inTens(Messages)) await this.#owner.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      waited += Messages.length;
    }
  }

  /** Hands over all that is in the queue, until nothing is left. Gives the number of invocations. */
  async drain(): Promise<number> {
    let invocations = 0;
    for (let batch = await this.#receive(); batch.length > 0; batch = await this.#receive()) {
      await this.#hand(batch);
      invocations += 1;
    }
    return invocations;
  }

  async #receive(): Promise<readonly Message[]> {
    const { mapping, queueUrl: QueueUrl } = this.#options;
    const batch: Message[] = [];
    while (batch.length < mapping.BatchSize) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: Math.min(MOST, mapping.BatchSize - batch.length),
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) break;
      batch.push(...Messages);
    }
    return batch;
  }

  async #hand(batch: readonly Message[]): Promise<void> {
    const failed = await this.#failures(batch);
    const done = batch.filter(({ MessageId = '' }) => !failed.has(MessageId));
    const { queueUrl: QueueUrl } = this.#options;
    for (const Entries of inTens(done)) await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    for (const entries of inTens(batch.filter((message) => !done.includes(message)))) {
      const Entries = entries.map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
      await this.#owner.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    }
  }

  /** Ids of the messages that failed: all of them when the function does. */
  async #failures(batch: readonly Message[]): Promise<ReadonlySet<string>> {
    const { mapping, invoke, queueArn } = this.#options;
    try {
      const told = Partial.safeParse(await invoke({ Records: batch.map((message) => toRecord(message, queueArn)) }));
      if (mapping.FunctionResponseTypes.length === 0 || !told.success) return new Set();
      return new Set(told.data.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    } catch (error) {
      if (error instanceof Error) return new Set(batch.map(({ MessageId = '' }) => MessageId));
      throw error;
    }
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function toRecord({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message, eventSourceARN: string): object {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes ?? {},
    messageAttributes: {},
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: eventSourceARN.split(':')[3],
  };
}

function inTens(messages: readonly Message[]): { Id: string; ReceiptHandle: string | undefined }[][] {
  const entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  return Array.from({ length: Math.ceil(entries.length / MOST) }, (_, index) => entries.slice(index * MOST, (index + 1) * MOST));
}
