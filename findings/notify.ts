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
export const OVERDUE = 15 * 60_000;
/** For as long the stream hands over its records, if need be: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
const STREAM_KEEPS = 24 * 3_600_000;
const CONCURRENT = 8;

/**
 * Tells the findings of these accounts that were observed a quarter of an hour ago or earlier and are still unannounced: their record of the stream
 * has ended in the dead letter queue. Should it still be retried, the ledger sees to it that one of the two tells, and that what went before is not told
 * after it. Gives how many messages were published.
 * @throws the first failure, when all have been tried
 */
export async function tellUntold(accountIds: Iterable<string>, notifier: CatchingUp): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const accountId of accountIds) {
    const limit = pLimit(CONCURRENT);
    outcomes.push(
      ...(await Promise.allSettled((await listOverdue(accountId, notifier)).map((id) => limit(() => tellOverdue(id, notifier))))),
    );
  }
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value === 'published').length;
}

interface CatchingUp extends Notifier {
  readonly store: Pick<FindingStore, 'markAnnounced' | 'unannounced' | 'finding'>;
}

type Outcome = PromiseSettledResult<Awaited<ReturnType<typeof notifyChange>>>;

async function listOverdue(accountId: string, { store, now }: CatchingUp): Promise<readonly string[]> {
  const deadline = new Date(now().getTime() - OVERDUE).toISOString();
  const overdue: string[] = [];
  for await (const { id, observedAt } of store.unannounced(accountId)) if (observedAt <= deadline) overdue.push(id);
  return overdue;
}

/** The list comes from an index, which lags: what stands in the finding itself decides. */
async function tellOverdue(id: string, notifier: CatchingUp): ReturnType<typeof notifyChange> {
  const finding = await notifier.store.finding(id);
  if (!finding?.unannounced) return 'nothing to tell';
  await passOverEarlierSteps(finding, notifier);
  return notifyChange(finding, notifier);
}

/** The stream may still be behind at an earlier step of the finding: told after its newest, it would say that what has ended is open. */
async function passOverEarlierSteps(finding: Finding, { ledger, now }: Notifier): Promise<void> {
  const since = new Date(now().getTime() - STREAM_KEEPS).toISOString();
  const earlier = urgentSteps(finding.history).slice(0, -1);
  for (const step of earlier.filter(({ at }) => at >= since)) {
    await ledger.markTold(toMessage(finding, step, undefined).deduplicationId, now());
  }
}
