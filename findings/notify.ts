import pLimit from 'p-limit';
import type { AnyCheck } from '../checks/check.ts';
import type { Finding } from './finding.ts';
import { toMessage } from './message.ts';
import type { FindingStore } from './store.ts';
import { type Teller, tellOnce } from './tell-once.ts';
import { urgentSteps } from './urgent.ts';

/** What it takes to tell the change of a finding. */
export interface Notifier extends Teller {
  readonly store: Pick<FindingStore, 'markAnnounced'>;
  readonly checks: readonly AnyCheck[];
}

/**
 * Tells the newest urgent step of a finding that was saved and not yet announced: called for every record of the table's stream, in order, so that
 * each urgent step is told exactly once (see `tellOnce`) and in the end the finding is announced. A record that comes again, or comes late and shows
 * an older version, tells nothing twice: the message is named after the version that its step made. Call again after a throw.
 * @throws whatever the ledger, the publisher or the store throws
 */
export async function notifyChange(finding: Finding, notifier: Notifier): Promise<'published' | 'told before' | 'nothing to tell'> {
  if (!finding.unannounced) return 'nothing to tell';
  const step = urgentSteps(finding.history).at(-1);
  const check = notifier.checks.find(({ id }) => id === finding.checkId);
  const outcome = step ? await tellOnce(toMessage(finding, step, check), notifier) : 'nothing to tell';
  await notifier.store.markAnnounced(finding.id, finding.version);
  return outcome;
}

/** A record of the stream is told within seconds, with its retries within minutes. */
const OVERDUE = 15 * 60_000;
const CONCURRENT = 8;

/**
 * Tells the findings of an account that were observed a quarter of an hour ago or earlier and are still unannounced: their record of the stream
 * has ended in the dead letter queue. Should it still be retried, the ledger sees to it that one of the two tells. Gives how many messages were published.
 * @throws the first failure, when all have been tried
 */
export async function tellUntold(
  accountId: string,
  notifier: Notifier & { readonly store: Pick<FindingStore, 'markAnnounced' | 'unannounced' | 'finding'> },
): Promise<number> {
  const { store, now } = notifier;
  const deadline = new Date(now().getTime() - OVERDUE).toISOString();
  const overdue: string[] = [];
  for await (const { id, observedAt } of store.unannounced(accountId)) if (observedAt <= deadline) overdue.push(id);
  const limit = pLimit(CONCURRENT);
  const attempts = overdue.map((id) =>
    limit(async () => {
      // The list comes from an index, which lags: what stands in the finding itself decides.
      const finding = await store.finding(id);
      return finding && notifyChange(finding, notifier);
    }),
  );
  const outcomes = await Promise.allSettled(attempts);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value === 'published').length;
}
