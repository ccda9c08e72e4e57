import type { Scope } from '../inventory/resource.ts';
import type { ActivityKey, KeptActivity } from './kept-activity.ts';

/** What reactions to events keep beside the findings, in the same DynamoDB table. Every write is of one item. */
export interface ReactionStore {
  /** Keeps an activity under its key, once: `known` when it is there already. The table's stream tells those that are urgent. */
  readonly saveActivity: (activity: KeptActivity) => Promise<'saved' | 'known'>;
  /** Those of at most 100 activities that are kept, in no particular order. */
  readonly activities: (keys: readonly ActivityKey[]) => Promise<readonly KeptActivity[]>;
  /** Activities of an account that were filed at that time (ISO 8601 UTC) or later, oldest first. */
  readonly activitiesSince: (accountId: string, filedAt: string) => AsyncIterable<KeptActivity>;
  /** Urgent activities of an account that nobody has marked as told. */
  readonly untoldActivities: (accountId: string) => AsyncIterable<KeptActivity>;
  /** An activity that is not kept, or was marked before, stays as it is. */
  readonly markActivityTold: (key: ActivityKey) => Promise<void>;
  /**
   * Notes an item under a key, and gives how many different ones there are now: at most `limit`, and no more are kept. The key names its window of time;
   * it is forgotten some time after `expiresAt`.
   */
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
