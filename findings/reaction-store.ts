import type { Scope } from '../inventory/resource.ts';
import type { KeptActivity } from './kept-activity.ts';

/** What reactions to events keep beside the findings, in the same DynamoDB table. Every write is of one item. */
export interface ReactionStore {
  /** Keeps an activity under its id, once: `known` when it is there already. The table's stream tells it. */
  readonly saveActivity: (activity: KeptActivity) => Promise<'saved' | 'known'>;
  /** Activities whose event happened at that time or later, oldest first. */
  readonly activitiesSince: (accountId: string, since: string) => AsyncIterable<KeptActivity>;
  /** Notes an item under a key, and gives how many different ones there are now; at most `limit` are kept. The key names its window of time. */
  readonly tally: (key: string, item: string, limit: number, expiresAt: Date) => Promise<number>;
  /** When the newest look at each of these things began (ISO 8601 UTC), by key; what was never looked at is missing. */
  readonly looks: (keys: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** An earlier look does not replace a later one. */
  readonly saveLook: (key: string, lookedAt: string) => Promise<void>;
  /** When the newest sign of life of a region happened (ISO 8601 UTC). */
  readonly heartbeat: (scope: Scope) => Promise<string | undefined>;
  /** An earlier one does not replace a later one. */
  readonly saveHeartbeat: (scope: Scope, at: string) => Promise<void>;
}
