import type { SNSClientConfig } from '@aws-sdk/client-sns';
import type { Publisher } from './announce.ts';
import { toChatNotification } from './chat-notification.ts';
import { ConfigError } from './config-error.ts';
import type { Message } from './message.ts';
import { patience } from './patience.ts';

/** `once`: an answer that got lost is not asked for again, so that nothing is published twice (see `tellOnce`). Otherwise six attempts. */
export type Attempts = 'once' | 'several';

/** Short, because who tells exactly once has to know before its claim is stale. */
const PATIENCE = patience(10_000);

/** A connection that died while Lambda had the process frozen would cost the one attempt, and a minute until the claim is stale. */
const FRESH = { keepAlive: false };

/**
 * Publishes to an SNS topic, in the topic's own region. People get the text by e-mail, chat channels and webhooks (https) a notification for chat, all others the JSON.
 * @throws ConfigError when this is no topic's ARN
 */
export async function snsPublisher(
  topicArn: string,
  credentials?: SNSClientConfig['credentials'],
  attempts: Attempts = 'several',
): Promise<Publisher> {
  const region = /^arn:aws[a-z-]*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}(\.fifo)?$/.exec(topicArn)?.[1];
  if (region === undefined) {
    throw new ConfigError(`"${topicArn}" is not the ARN of an SNS topic: it looks like arn:aws:sns:eu-west-1:111122223333:name`);
  }
  const sdk = await import('./sdk/sns.ts');
  const client = new sdk.SNSClient({
    region,
    ...(credentials === undefined ? {} : { credentials }),
    ...(attempts === 'once'
      ? { maxAttempts: 1, requestHandler: { ...PATIENCE, httpsAgent: FRESH } }
      : { maxAttempts: 6, requestHandler: PATIENCE }),
  });
  const isFifo = topicArn.endsWith('.fifo');
  return {
    async publish(message) {
      const order = isFifo ? { MessageGroupId: message.thread, MessageDeduplicationId: message.deduplicationId } : {};
      try {
        await client.send(new sdk.PublishCommand({ TopicArn: topicArn, ...toPublication(message), ...order }));
      } catch (error) {
        if (!(error instanceof Error && /^NotFound(Exception)?$/.test(error.name))) throw error;
        throw new ConfigError(`there is no SNS topic ${topicArn}: make it, or check --topic`, { cause: error });
      }
    },
  };
}

/**
 * The deduplication id stands in the JSON and among the attributes, for `deduplicationIdIn`. At most ten attributes reach a queue that gets raw messages.
 * https://docs.aws.amazon.com/sns/latest/api/API_Publish.html https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function toPublication(message: Message) {
  const { subject, text, json, attributes, deduplicationId } = message;
  const forms = { default: JSON.stringify({ ...json, deduplicationId }), email: text, https: JSON.stringify(toChatNotification(message)) };
  return {
    Subject: subject,
    MessageStructure: 'json',
    Message: JSON.stringify(forms),
    MessageAttributes: Object.fromEntries(
      Object.entries({ ...attributes, deduplicationId }).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
    ),
  };
}
