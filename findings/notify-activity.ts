import pLimit from 'p-limit';
import type { AnyActivityCheck } from '../checks/activity.ts';
import { toActivityMessage } from './activity-message.ts';
import { type KeptActivity, toActivityKey } from './kept-activity.ts';
import { OVERDUE } from './notify.ts';
import type { ReactionStore } from './reaction-store.ts';
import { type Teller, tellOnce } from './tell-once.ts';

/** What it takes to tell an activity. */
export interface ActivityNotifier extends Teller {
  readonly reactions: Pick<ReactionStore, 'markActivityTold'>;
  readonly activityChecks: readonly AnyActivityCheck[];
}

/**
 * Tells an urgent activity that was kept, exactly once (see `tellOnce`), and marks it as told. Call again after a throw.
 * @throws whatever the ledger, the publisher or the store throws
 */
export async function notifyActivity(activity: KeptActivity, notifier: ActivityNotifier): Promise<'published' | 'told before'> {
  const check = notifier.activityChecks.find(({ id }) => id === activity.checkId);
  const outcome = await tellOnce(toActivityMessage(activity, check), notifier);
  await notifier.reactions.markActivityTold(toActivityKey(activity));
  return outcome;
}

interface CatchingUp extends ActivityNotifier {
  readonly reactions: Pick<ReactionStore, 'markActivityTold' | 'untoldActivities'>;
}

const CONCURRENT = 8;

/**
 * Tells the urgent activities of these accounts that were judged a quarter of an hour ago or earlier and that nobody has told: their record of the
 * stream has ended in the dead letter queue. Should it still be retried, the ledger sees to it that one of the two tells. Gives how many messages were published.
 * @throws the first failure, when all have been tried
 */
export async function tellUntoldActivities(accountIds: Iterable<string>, notifier: CatchingUp): Promise<number> {
  const deadline = new Date(notifier.now().getTime() - OVERDUE).toISOString();
  const limit = pLimit(CONCURRENT);
  const outcomes = await Promise.allSettled([...accountIds].map((accountId) => limit(() => tellOverdue(accountId, deadline, notifier))));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return outcomes.reduce((sum, outcome) => sum + (outcome.status === 'fulfilled' ? outcome.value : 0), 0);
}

async function tellOverdue(accountId: string, deadline: string, notifier: CatchingUp): Promise<number> {
  const failures: unknown[] = [];
  let published = 0;
  for await (const activity of notifier.reactions.untoldActivities(accountId)) {
    if (activity.seenAt > deadline) continue;
    try {
      if ((await notifyActivity(activity, notifier)) === 'published') published += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return published;
}
