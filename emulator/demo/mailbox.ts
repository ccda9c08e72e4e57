import { DeleteMessageBatchCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { SEVERITIES } from '../../checks/check.ts';
import type { World } from '../../cli/world.ts';

/** A message of the topic as the queue has it, with the text that e-mail subscribers get of it. */
export interface Received {
  readonly subject: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What SNS wraps a message in for a queue. https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
const Envelope = z.object({
  Subject: z.string(),
  MessageAttributes: z.record(z.string(), z.object({ Value: z.string() })),
});

/**
 * A queue that is subscribed to the topic. A queue gets the JSON of a message and mailboxes its text: since nobody delivers e-mail here, the text is kept
 * when it is published, and shown for those messages that really arrived.
 */
export class Mailbox {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #texts = new Map<string, string>();

  constructor(sqs: SQSClient, queueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
  }

  /** The same world, whose messages' texts are kept here once SNS has taken them. */
  listeningTo(world: World): World {
    return {
      ...world,
      openTopic: async (arn, own) => {
        const publisher = await world.openTopic(arn, own);
        return {
          publish: async (message) => {
            await publisher.publish(message);
            this.#texts.set(message.deduplicationId, message.text);
          },
        };
      },
    };
  }

  /** Takes everything that has arrived out of the queue: alerts, the worst first, and then the digest. A queue by itself promises no order. */
  async empty(): Promise<readonly Received[]> {
    const received: Received[] = [];
    for (;;) {
      const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand({ QueueUrl: this.#queueUrl, MaxNumberOfMessages: 10 }));
      if (Messages.length === 0) return received.sort(byWeight);
      received.push(...Messages.map(({ Body = '' }) => this.#open(Body)));
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: this.#queueUrl, Entries }));
    }
  }

  #open(body: string): Received {
    const { Subject, MessageAttributes } = Envelope.parse(JSON.parse(body));
    const text = this.#texts.get(MessageAttributes.deduplicationId?.Value ?? '');
    if (text === undefined) throw new Error(`the queue received a message that nobody published: ${Subject}`);
    const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value] as const);
    return { subject: Subject, attributes: Object.fromEntries(attributes), text };
  }
}

const WORST_FIRST: readonly (string | undefined)[] = SEVERITIES;

function byWeight(one: Received, other: Received): number {
  const [a, b] = [one.attributes, other.attributes];
  return (
    Number(isDigest(one)) - Number(isDigest(other)) ||
    WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) ||
    `${a.event}`.localeCompare(`${b.event}`)
  );
}

/** A digest is about many checks, and so names none. */
function isDigest({ attributes }: Received): boolean {
  return attributes.checkId === undefined;
}
