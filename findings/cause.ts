import type { Actor } from '../inventory/events/actor.ts';

/** The event behind a step in a finding's life. */
export interface Cause {
  /** `event`: CloudTrail reported it, and the resource was judged at once. `lookup`: found in CloudTrail's history afterwards, the newest that fits: best effort. */
  readonly found: 'event' | 'lookup';
  /** Another may be behind it: the event does not name the resource, others touched it as well, or the change was seen a while after the event. */
  readonly unsure?: true | undefined;
  readonly eventId: string;
  readonly eventName: string;
  readonly eventSource: string;
  /** `eventTime`, ISO 8601 UTC. */
  readonly at: string;
  /** Where it happened. */
  readonly accountId: string;
  readonly region: string;
  readonly actor: Actor;
}

/** Whether this is the likeliest event, and no more than that. */
export function isProbable({ found, unsure }: Cause): boolean {
  return found === 'lookup' || unsure === true;
}
