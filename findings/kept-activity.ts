import type { Evidence, Severity } from '../checks/check.ts';
import type { Actor } from '../inventory/events/actor.ts';

/** Something that somebody did, as it is kept and told. Times are ISO 8601 UTC. */
export interface KeptActivity {
  /** Stable, 32 hexadecimal digits: of the check, the account and the event; or of the key and the time window under which it is told once. */
  readonly id: string;
  readonly checkId: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: Evidence;
  /** The event could not be judged: a part that decides is missing or makes no sense. */
  readonly unsure: boolean;
  readonly event: ActivityEvent;
  readonly actor: Actor;
  /** When it was judged. */
  readonly seenAt: string;
  /** The time under which it is found again, the same for all that share its id: the event's, or the start of the window in which it is told once. */
  readonly filedAt: string;
}

/** The event behind an activity. */
export interface ActivityEvent {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly at: string;
  readonly accountId: string;
  readonly region: string;
  readonly errorCode?: string | undefined;
}

/** What an activity is found by. */
export interface ActivityKey extends Pick<KeptActivity, 'id' | 'filedAt'> {
  readonly accountId: string;
}

export function toActivityKey({ id, filedAt, event: { accountId } }: KeptActivity): ActivityKey {
  return { id, filedAt, accountId };
}
