import { malformed } from '../broken-answer.ts';

/** A queue as its URL names it. */
export interface NamedQueue {
  readonly name: string;
  readonly accountId: string;
  readonly url: string;
}

/**
 * The last two parts of a queue's URL are its account and its name, whichever of its endpoints SQS writes: `https://sqs.eu-west-1.amazonaws.com/…`,
 * `https://eu-west-1.queue.amazonaws.com/…`.
 * @throws Unread when they are not
 */
export function toNamedQueue(url: string): NamedQueue {
  const [, accountId, name] = /\/(\d{12})\/([^/]+)$/.exec(url) ?? [];
  if (accountId === undefined || name === undefined) throw malformed('sqs:ListQueues', 'what should be the URL of a queue is none');
  return { name, accountId, url };
}
