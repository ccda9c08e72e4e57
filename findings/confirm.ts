import type { Ledger } from './audit-store.ts';

/** A message as the topic hands it to a function: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
export interface HandedBack {
  readonly Message?: string | undefined;
  readonly MessageAttributes?: Readonly<Record<string, { readonly Value?: string | undefined }>> | undefined;
}

/** Ours are a finding's or a run's id and some digits. */
const DEDUPLICATION_ID = /^[\w.-]{1,128}$/;

/**
 * Marks as told what the topic handed back: it was accepted, whatever became of who published it (see `tellOnce`).
 * A message without an id of our form was published by somebody else, and nothing is kept of it.
 * @throws whatever the ledger throws: the topic delivers again
 */
export async function confirmTold(
  deduplicationId: string | undefined,
  { ledger, now }: { readonly ledger: Pick<Ledger, 'markTold'>; readonly now: () => Date },
): Promise<'told' | 'not ours'> {
  if (deduplicationId === undefined || !DEDUPLICATION_ID.test(deduplicationId)) return 'not ours';
  await ledger.markTold(deduplicationId, now());
  return 'told';
}

/**
 * The deduplication id of a message, of its JSON or else of its attributes: of a message that has one form per protocol SNS does not promise to hand on
 * the attributes. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
export function deduplicationIdIn({ Message, MessageAttributes }: HandedBack): string | undefined {
  return idIn(Message ?? '') ?? MessageAttributes?.deduplicationId?.Value;
}

function idIn(text: string): string | undefined {
  const json = parsed(text);
  const id = typeof json === 'object' && json !== null && 'deduplicationId' in json ? json.deduplicationId : undefined;
  return typeof id === 'string' ? id : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Anybody's text.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
