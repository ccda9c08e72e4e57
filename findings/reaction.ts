import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { ResourceType, Scope } from '../inventory/resource.ts';
import { noTransitions, type Transition, type TransitionKind } from './finding.ts';
import type { KeptActivity } from './kept-activity.ts';

/** What a reaction to a batch of messages came to. */
export interface Reaction {
  /** The messages that have to come again, by id, and why. */
  readonly failures: ReadonlyMap<string, unknown>;
  readonly events: number;
  /** Seconds from each event that was judged to its judgement; of one that does not say when it happened there is none. */
  readonly detectionSeconds: readonly number[];
  /** Activities that were kept, as far as they are news. */
  readonly activities: number;
  /** Things that were looked at, and those that were not because that had been done since. */
  readonly looked: number;
  readonly passedOver: number;
  readonly transitions: Readonly<Record<TransitionKind, number>>;
  /** What could not be seen and will not be for being asked again. */
  readonly blind: readonly Blind[];
  /** Ids of checks that failed by a bug of ours. */
  readonly crashed: readonly string[];
}

/** What could not be seen, where. Without a type: the account could not be entered. */
export interface Blind extends Scope {
  readonly type?: ResourceType;
  readonly reason: UnreadReason;
}

/** A reaction in the making. */
export interface ReactionLog {
  readonly judged: (event: CloudTrailEvent, now: Date) => void;
  readonly kept: (activities: readonly KeptActivity[]) => void;
  readonly looked: (count: number) => void;
  readonly passedOver: (count: number) => void;
  readonly changed: (transitions: readonly Transition[]) => void;
  readonly blind: (blind: Blind) => void;
  readonly crashed: (checkId: string) => void;
  readonly failed: (messageIds: Iterable<string>, error: unknown) => void;
  readonly reaction: () => Reaction;
}

export function startLog(): ReactionLog {
  const failures = new Map<string, unknown>();
  const detectionSeconds: number[] = [];
  const transitions = noTransitions();
  const blind = new Map<string, Blind>();
  const crashed = new Set<string>();
  let events = 0;
  let activities = 0;
  let looked = 0;
  let passedOver = 0;
  return {
    judged({ at }, now) {
      events += 1;
      const happened = Date.parse(at);
      if (!Number.isNaN(happened)) detectionSeconds.push(Math.max(0, (now.getTime() - happened) / 1_000));
    },
    kept: (all) => void (activities += all.length),
    looked: (count) => void (looked += count),
    passedOver: (count) => void (passedOver += count),
    changed(all) {
      for (const { kind } of all) transitions[kind] += 1;
    },
    blind({ accountId, region, type, reason }) {
      const { operation, cause } = reason;
      blind.set([accountId, region, operation, cause].join(' '), { accountId, region, ...(type ? { type } : {}), reason });
    },
    crashed: (checkId) => void crashed.add(checkId),
    failed(messageIds, error) {
      for (const messageId of messageIds) if (!failures.has(messageId)) failures.set(messageId, error);
    },
    reaction: () => ({
      ...{ failures, events, detectionSeconds, activities, looked, passedOver, transitions: { ...transitions } },
      ...{ blind: [...blind.values()], crashed: [...crashed].sort() },
    }),
  };
}
