import pLimit from 'p-limit';
import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { Touch } from '../inventory/events/touch.ts';
import { type Arrival, type CausedTouch, toCause } from './arrival.ts';
import type { Asking } from './coalesce.ts';
import type { JudgedActivity } from './judge-activities.ts';
import type { KeptActivity } from './kept-activity.ts';
import { type LooksWorld, lookAtAll } from './looks.ts';
import { type Reaction, type ReactionLog, startLog } from './reaction.ts';
import type { ReactionStore } from './reaction-store.ts';

export interface ReactionWorld extends LooksWorld {
  readonly judge: (event: CloudTrailEvent) => readonly JudgedActivity[];
  /** Gives what of it is news. */
  readonly keep: (event: CloudTrailEvent, judged: readonly JudgedActivity[]) => Promise<readonly KeptActivity[]>;
  readonly touchesOf: (event: CloudTrailEvent) => readonly Touch[];
  /** Whether the event is what an audit itself has asked, to see that events arrive. */
  readonly isHeartbeat: (event: CloudTrailEvent) => boolean;
  readonly reactions: LooksWorld['reactions'] & Pick<ReactionStore, 'saveHeartbeat'>;
}

const CONCURRENT_EVENTS = 16;

/**
 * Reacts to a batch of messages: judges what was done, and looks at what was touched, each thing once however many messages name it. What cannot be done
 * for one message costs the others nothing; it has to come again. Messages that come again, twice, late or in another order come to the same, because
 * what a resource is now is read and not told by events. Killed anywhere, it may be called with the same messages again.
 * @throws whatever the stores throw where it concerns all messages
 */
export async function react(arrivals: readonly Arrival[], world: ReactionWorld): Promise<Reaction> {
  const log = startLog();
  const judged = arrivals.flatMap((arrival) => ('event' in arrival ? (judge(arrival, world, log) ?? []) : []));
  const outcomes = await Promise.allSettled([
    keepAll(judged, world, log),
    saveHeartbeats(judged, world, log),
    lookAtAll([...judged.flatMap(({ askings }) => askings), ...arrivals.flatMap(toSecondAskings)], world, log),
  ]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return log.reaction();
}

/** An event, and what it calls for. */
interface Judged {
  readonly messageId: string;
  readonly event: CloudTrailEvent;
  readonly isHeartbeat: boolean;
  readonly activities: readonly JudgedActivity[];
  readonly askings: readonly Asking[];
}

type EventArrival = Extract<Arrival, { event: unknown }>;

/** `undefined` when it cannot be judged. A heartbeat is our own doing, and nobody's concern. */
function judge({ messageId, event }: EventArrival, world: ReactionWorld, log: ReactionLog): Judged | undefined {
  try {
    if (world.isHeartbeat(event)) return { messageId, event, isHeartbeat: true, activities: [], askings: [] };
    const activities = world.judge(event);
    const askings = toAskings(messageId, event, world.touchesOf(event));
    for (const { check, crash } of activities) if (crash !== undefined) log.crashed(check.id);
    log.judged(event, world.now());
    return { messageId, event, isHeartbeat: false, activities, askings };
  } catch (error) {
    log.failed([messageId], error);
    return undefined;
  }
}

function toAskings(messageId: string, event: CloudTrailEvent, touches: readonly Touch[]): readonly Asking[] {
  if (touches.length === 0) return [];
  const cause = toCause(event);
  return touches.map((touch) => ({ messageId, caused: { touch, cause }, isAgain: false }));
}

function toSecondAskings(arrival: Arrival): readonly Asking[] {
  return 'again' in arrival
    ? arrival.again.map((caused) => ({ messageId: arrival.messageId, caused: aMinuteLater(caused), isAgain: true }))
    : [];
}

/** What is seen only now may be somebody else's doing in the meantime, of which the event is still on its way. Nobody deletes a thing twice. */
function aMinuteLater({ touch, cause }: CausedTouch): CausedTouch {
  return { touch, cause: touch.gone ? cause : { ...cause, unsure: true } };
}

async function keepAll(judged: readonly Judged[], world: ReactionWorld, log: ReactionLog): Promise<void> {
  const withActivities = judged.filter(({ activities }) => activities.length > 0);
  await pLimit(CONCURRENT_EVENTS).map(withActivities, async ({ messageId, event, activities }) => {
    try {
      log.kept(await world.keep(event, activities));
    } catch (error) {
      log.failed([messageId], error);
    }
  });
}

/** The newest of each region. One that does not say when it was is none. */
async function saveHeartbeats(judged: readonly Judged[], { reactions }: ReactionWorld, log: ReactionLog): Promise<void> {
  const heartbeats = judged.filter(({ isHeartbeat, event }) => isHeartbeat && event.at !== '');
  const regions = Map.groupBy(heartbeats, ({ event: { accountId, region } }) => `${accountId} ${region}`);
  await Promise.all(
    regions.values().map(async (ofRegion) => {
      const [newest] = ofRegion.toSorted((a, b) => (a.event.at > b.event.at ? -1 : 1));
      if (!newest) return;
      const { accountId, region, at } = newest.event;
      try {
        await reactions.saveHeartbeat({ accountId, region }, at);
      } catch (error) {
        log.failed(
          ofRegion.map(({ messageId }) => messageId),
          error,
        );
      }
    }),
  );
}
