import { type ActivityKey, type KeptActivity, toActivityKey } from '../../findings/kept-activity.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import { isUrgent } from '../../findings/severity.ts';

/** A store of reactions in memory that passes the same contract as DynamoDB's. */
export function memoryReactionStore(): ReactionStore {
  const activities = new Map<string, KeptActivity>();
  const untold = new Set<string>();
  const tallies = new Map<string, Set<string>>();
  const looks = new Map<string, string>();
  const heartbeats = new Map<string, string>();
  const keyOf = ({ accountId, filedAt, id }: ActivityKey): string => `${accountId} ${filedAt}#${id}`;
  const inOrder = (): readonly (readonly [string, KeptActivity])[] => [...activities].sort(([a], [b]) => (a < b ? -1 : 1));
  const keepLater = (times: Map<string, string>, key: string, time: string): void => {
    if (time > (times.get(key) ?? '')) times.set(key, time);
  };
  return {
    async saveActivity(activity) {
      const key = keyOf(toActivityKey(activity));
      if (activities.has(key)) return 'known';
      activities.set(key, activity);
      if (isUrgent(activity.severity)) untold.add(key);
      return 'saved';
    },
    activities: async (keys) => [...new Set(keys.map(keyOf))].flatMap((key) => activities.get(key) ?? []),
    async *activitiesSince(accountId, filedAt) {
      for (const [, activity] of inOrder()) if (activity.event.accountId === accountId && activity.filedAt >= filedAt) yield activity;
    },
    async *untoldActivities(accountId) {
      for (const [key, activity] of inOrder()) if (activity.event.accountId === accountId && untold.has(key)) yield activity;
    },
    async markActivityTold(key) {
      untold.delete(keyOf(key));
    },
    async tally(key, item, limit) {
      const items = tallies.get(key) ?? new Set();
      tallies.set(key, items);
      if (items.size < limit) items.add(item);
      return items.size;
    },
    looks: async (keys) => new Map(keys.flatMap((key) => (looks.has(key) ? [[key, looks.get(key) ?? '']] : []))),
    saveLook: async (key, lookedAt) => keepLater(looks, key, lookedAt),
    heartbeat: async ({ accountId, region }) => heartbeats.get(`${accountId} ${region}`),
    saveHeartbeat: async ({ accountId, region }, at) => keepLater(heartbeats, `${accountId} ${region}`, at),
  };
}
