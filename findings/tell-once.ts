import type { Publisher } from './announce.ts';
import type { Ledger } from './audit-store.ts';
import type { Message } from './message.ts';

/** What it takes to tell a message exactly once. */
export interface Teller {
  readonly ledger: Ledger;
  /** Makes a single attempt: one more, after an answer that got lost, would publish twice. */
  readonly publisher: Publisher;
  readonly now: () => Date;
  /** Resolves after so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** Milliseconds after which a claim that nobody followed up was of somebody who died: had he published, the topic would have said so by now. */
export const STALE = 60_000;
/** A claim that took longer than this to get is given back: too little time would be left to publish and to hear of it. */
const FRESH = 15_000;

/**
 * Tells a message exactly once, however often this is called for it, at the same time too, and wherever a caller dies:
 *
 * - It is claimed in the ledger, published, and marked told. Of several callers one claims; the others find it told, or wait until the claim is stale.
 * - A caller that dies before publishing leaves a claim. Nothing comes of it, it grows stale, and the next caller publishes.
 * - A caller that dies after the topic took the message leaves the same claim. But the topic hands every message that it took to a subscriber of ours,
 *   which marks it told (`confirmTold`): the next caller finds that once the claim is stale.
 * - A certain refusal (an error answer that names the caller's fault) releases the claim, so that the next caller need not wait.
 *   After all else (no answer, a server's error) nobody knows what became of the message, and the claim stays.
 *
 * The promise holds as long as the topic hands back what it took within `STALE`, less the 30 seconds that claiming and publishing may take. Amazon SNS does
 * so in well under a second as a rule, but promises no time. If it takes longer *and* the caller died between the topic's acceptance and its own mark,
 * the message is published a second time, with the same deduplication id; it is never lost. Subscribers of a standard topic have to bear
 * repetition anyway, because SNS delivers at least once: https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 * @throws whatever the ledger or the publisher throws: call again
 */
export async function tellOnce(message: Message, teller: Teller): Promise<'published' | 'told before'> {
  const { ledger, publisher, now } = teller;
  const { deduplicationId } = message;
  if (!(await claims(deduplicationId, teller))) return 'told before';
  try {
    await publisher.publish(message);
  } catch (error) {
    if (isCertainRefusal(error)) await ledger.release(deduplicationId);
    throw error;
  }
  await ledger.markTold(deduplicationId, now());
  return 'published';
}

/** False when it was told. Waits as long as somebody else may be telling it. */
async function claims(deduplicationId: string, { ledger, now, wait }: Teller): Promise<boolean> {
  for (;;) {
    const claimedAt = now();
    const outcome = await ledger.claim(deduplicationId, claimedAt, STALE);
    if (outcome === 'told') return false;
    if (typeof outcome === 'number') await wait(STALE - outcome);
    else if (now().getTime() - claimedAt.getTime() <= FRESH) return true;
    else await ledger.release(deduplicationId);
  }
}

const REQUEST_TIMEOUT = 408;

/** True for an answer that says "not done, by your fault" to the only attempt: of an earlier attempt nobody knows. */
function isCertainRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (!('$metadata' in error)) return isCertainRefusal(error.cause);
  const { httpStatusCode, attempts } = toMetadata(error.$metadata);
  return httpStatusCode >= 400 && httpStatusCode < 500 && httpStatusCode !== REQUEST_TIMEOUT && attempts === 1;
}

function toMetadata(metadata: unknown): { readonly httpStatusCode: number; readonly attempts: number } {
  const known = typeof metadata === 'object' && metadata !== null ? metadata : {};
  return {
    httpStatusCode: 'httpStatusCode' in known ? Number(known.httpStatusCode) : 0,
    attempts: 'attempts' in known ? Number(known.attempts) : 1,
  };
}
