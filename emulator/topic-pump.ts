import type { Delivered, TopicQueue } from './topic-queue.ts';

export interface TopicPumpOptions {
  readonly queue: TopicQueue;
  readonly invoke: (event: unknown) => Promise<unknown>;
}

/** SNS calls a function once and, when it fails, twice more. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ATTEMPTS = 3;

/** What SNS does between a topic and a function: one message an invocation. */
export class TopicPump {
  readonly #options: TopicPumpOptions;
  /** Messages that were given up after the last attempt: with AWS, the function's dead letter queue gets them. */
  readonly discarded: Delivered[] = [];

  constructor(options: TopicPumpOptions) {
    this.#options = options;
  }

  /** Hands over all that was published, until nothing is left. Gives the number of messages. */
  async drain(): Promise<number> {
    const { queue } = this.#options;
    let handed = 0;
    for (let messages = await queue.empty(); messages.length > 0; messages = await queue.empty()) {
      for (const message of messages) await this.#hand(message);
      handed += messages.length;
    }
    return handed;
  }

  async #hand(message: Delivered): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      try {
        await this.#options.invoke(toEvent(message));
        return;
      } catch (error) {
        if (!(error instanceof Error)) throw error;
      }
    }
    this.discarded.push(message);
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function toEvent({ Subject, ...message }: Delivered): object {
  const EventSubscriptionArn = `${message.TopicArn}:00000000-0000-0000-0000-000000000000`;
  const Sns = { Type: 'Notification', Subject: Subject ?? null, ...message };
  return { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', EventSubscriptionArn, Sns }] };
}
