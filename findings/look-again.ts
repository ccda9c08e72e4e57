import type { CausedTouch } from './arrival.ts';
import { patience } from './patience.ts';

/** Seconds after which what was touched is looked at again. */
const AFTER = 60;
/** Of at most 256 kB that a message may have: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const MOST_BYTES = 200_000;

const PATIENCE = patience(10_000);

/**
 * Puts second looks in line behind the events, to come in a minute. Sent twice they are coalesced when they come.
 * @throws what SQS throws when it does not take them
 */
export async function openQueue(url: string): Promise<(touches: readonly CausedTouch[]) => Promise<void>> {
  const sdk = await import('./sdk/sqs.ts');
  // As with every other service, where to ask is what region and environment say, not the host in the queue's address.
  const client = new sdk.SQSClient({ maxAttempts: 6, requestHandler: PATIENCE, useQueueUrlAsEndpoint: false });
  const send = (again: readonly CausedTouch[]) =>
    client.send(new sdk.SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ again }), DelaySeconds: AFTER }));
  return async (touches) => {
    await Promise.all(inMessages(touches, MOST_BYTES).map(send));
  };
}

/** As few messages as will hold them, in their order. */
export function inMessages(touches: readonly CausedTouch[], mostBytes: number): readonly (readonly CausedTouch[])[] {
  const messages: CausedTouch[][] = [];
  let room = 0;
  for (const touch of touches) {
    const size = Buffer.byteLength(JSON.stringify(touch)) + 1;
    if (size > room) {
      messages.push([]);
      room = mostBytes;
    }
    messages.at(-1)?.push(touch);
    room -= size;
  }
  return messages;
}
