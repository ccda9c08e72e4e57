import { LONGEST_WINDOW } from './activity-windows.ts';
import type { KeptActivity } from './kept-activity.ts';
import type { ReactionStore } from './reaction-store.ts';
import { isWithin, type Period } from './untold.ts';

/**
 * How much later than it happened something may be seen and still be told in a digest: an event waits at most a day in EventBridge and four in our queue.
 * What is urgent is told whenever it comes.
 */
const LATEST = 7 * 24 * 60 * 60_000;

/** Shows the activities of an account that were seen in a period. */
export async function tellActivities(
  reactions: Pick<ReactionStore, 'activitiesSince'>,
  accountId: string,
  period: Period,
  tell: (activity: KeptActivity) => void,
): Promise<void> {
  const earliest = new Date(Math.max(0, Date.parse(period.from) - LATEST - LONGEST_WINDOW)).toISOString();
  for await (const activity of reactions.activitiesSince(accountId, earliest)) {
    if (isWithin(period, activity.seenAt)) tell(activity);
  }
}
