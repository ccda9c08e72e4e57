import { type Arrival, toSecondLook } from '../findings/arrival.ts';
import { recordIn } from '../inventory/events/envelope.ts';
import { toEvent } from '../inventory/events/to-event.ts';
import type { QueueRecord } from './events.ts';

/**
 * What a message of the queue of events calls for; `undefined`: nothing, because it is no event of AWS itself. Errors say nothing of what is in it.
 * @throws Error when it is no event and no second look
 */
export function toArrival({ messageId, body }: QueueRecord): Arrival | undefined {
  const json = parsed(body);
  if (isOfOthers(json)) return undefined;
  const again = secondLookIn(json);
  if (again) return { messageId, again };
  const event = toEvent(recordIn(json));
  if (!event) throw new Error('the message is no JSON object');
  return { messageId, event };
}

/**
 * Nobody but AWS may name a source that begins with `aws.`, save the partners of EventBridge (`aws.partner/…`): they put on a bus what their customers have
 * written, and what looks like a record of CloudTrail need be none.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-saas.html
 */
function isOfOthers(json: unknown): boolean {
  const source = typeof json === 'object' && json !== null && 'source' in json ? json.source : undefined;
  return source !== undefined && !(typeof source === 'string' && /^aws\.[^/]+$/.test(source));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('the message is no JSON');
  }
}

function secondLookIn(json: unknown): ReturnType<typeof toSecondLook> {
  try {
    return toSecondLook(json);
  } catch (error) {
    throw new Error('the message asks for a second look at nothing that makes sense', { cause: error });
  }
}
