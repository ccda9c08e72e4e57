import { toExceptions } from '../findings/exceptions.ts';
import { deleteJobFiles } from '../findings/job-file.ts';
import { accountsOf, unauditedIn } from '../findings/lost-accounts.ts';
import type { Message } from '../findings/message.ts';
import { tellUntold } from '../findings/notify.ts';
import { tellUntoldActivities } from '../findings/notify-activity.ts';
import { toRunId } from '../findings/plan-audit.ts';
import { settler } from '../findings/settle.ts';
import { summarizeAudit } from '../findings/summarize.ts';
import { tellOnce } from '../findings/tell-once.ts';
import { accountOf, logger, toHandler } from './entry.ts';
import { toSumming } from './events.ts';
import { publishMetrics, toMetrics } from './metrics.ts';
import { openNotifier } from './notifier.ts';
import { refreshOpen } from './security-hub.ts';
import { deployedConfig, setting } from './settings.ts';
import { now, openAudits } from './table.ts';

/** What can be done is done, whatever fails beside it. @throws the first failure */
async function sumOf(counts: readonly Promise<number>[]): Promise<number> {
  await Promise.allSettled(counts);
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/** Milliseconds within which a request to Security Hub is ended. */
const RESERVE = 45_000;

/**
 * The last state of an audit. Each step does nothing when it was done before, and the turn is given back when all is told:
 * until then no other audit begins, however often this is retried. What Security Hub says keeps no audit from beginning.
 */
export const handler = toHandler(async (event, context) => {
  const { execution } = toSumming(event);
  const runId = toRunId(execution.startTime, execution.id);
  const [audits, notifier] = await Promise.all([openAudits(), openNotifier()]);
  const tell = (message: Message) => tellOnce(message, notifier);
  const settle = settler({ store: notifier.store, exceptions: toExceptions(deployedConfig().exceptions), runId, now });
  const summary = await summarizeAudit({ runId, store: notifier.store, audits, reactions: notifier.reactions, tell, now, settle });
  // What comes after it may fail for ever, such as a message that the topic does not take: the numbers are right all the same.
  publishMetrics(toMetrics(summary));
  const audit = await audits.audit(runId);
  const audited = audit ? accountsOf(audit) : [];
  const unaudited = audit ? unauditedIn(audit) : [];
  const untold = [tellUntold(audited, notifier), tellUntoldActivities([...audited, ...unaudited], notifier)];
  const caughtUp = await sumOf(untold);
  await deleteJobFiles(setting('POSTURE_BUCKET'), runId);
  await audits.releaseTurn(execution.id);
  const outOfTime = () => context.getRemainingTimeInMillis() < RESERVE;
  const refreshed = audit && (await refreshOpen({ audit, audits, store: notifier.store, accountId: accountOf(context), outOfTime }));
  for (const [id, why] of refreshed?.refused ?? []) logger.error('refresh', { imported: id, outcome: 'refused', why });
  logger.info('summarize', { ...summary, caughtUp, refreshed: refreshed?.imported ?? 0, refreshComplete: refreshed?.complete ?? true });
  return summary;
});
