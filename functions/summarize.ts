import { deleteJobFiles } from '../findings/job-file.ts';
import { accountsOf, unauditedIn } from '../findings/lost-accounts.ts';
import type { Message } from '../findings/message.ts';
import { tellUntold } from '../findings/notify.ts';
import { tellUntoldActivities } from '../findings/notify-activity.ts';
import { toRunId } from '../findings/plan-audit.ts';
import { summarizeAudit } from '../findings/summarize.ts';
import { tellOnce } from '../findings/tell-once.ts';
import { logger, toHandler } from './entry.ts';
import { toSumming } from './events.ts';
import { publishMetrics, toMetrics } from './metrics.ts';
import { openNotifier } from './notifier.ts';
import { setting } from './settings.ts';
import { now, openAudits } from './table.ts';

/** What can be done is done, whatever fails beside it. @throws the first failure */
async function sumOf(counts: readonly Promise<number>[]): Promise<number> {
  await Promise.allSettled(counts);
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}

/**
 * The last state of an audit. Each step does nothing when it was done before, and the turn is given back last:
 * until then no other audit begins, however often this is retried.
 */
export const handler = toHandler(async (event) => {
  const { execution } = toSumming(event);
  const runId = toRunId(execution.startTime, execution.id);
  const [audits, notifier] = await Promise.all([openAudits(), openNotifier()]);
  const tell = (message: Message) => tellOnce(message, notifier);
  const summary = await summarizeAudit({ runId, store: notifier.store, audits, reactions: notifier.reactions, tell, now });
  // What comes after it may fail for ever, such as a message that the topic does not take: the numbers are right all the same.
  publishMetrics(toMetrics(summary));
  const audit = await audits.audit(runId);
  const audited = audit ? accountsOf(audit) : [];
  const unaudited = audit ? unauditedIn(audit) : [];
  const untold = [tellUntold(audited, notifier), tellUntoldActivities([...audited, ...unaudited], notifier)];
  const caughtUp = await sumOf(untold);
  await deleteJobFiles(setting('POSTURE_BUCKET'), runId);
  await audits.releaseTurn(execution.id);
  logger.info('summarize', { ...summary, caughtUp });
  return summary;
});
