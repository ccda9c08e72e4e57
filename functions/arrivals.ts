import { type Arrival, toSecondLook } from '../findings/arrival.ts';
import { recordIn } from '../inventory/events/envelope.ts';
import { toEvent } from '../inventory/events/to-event.ts';
import type { QueueRecord } from './events.ts';

/** What a message of the queue of events calls for. Errors say nothing of what is in it. @throws Error when it is no event and no second look */
export function toArrival({ messageId, body }: QueueRecord): Arrival {
  const json = parsed(body);
  const again = secondLookIn(json);
  if (again) return { messageId, again };
  const event = toEvent(recordIn(json));
  if (!event) throw new Error('the message is no JSON object');
  return { messageId, event };
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
