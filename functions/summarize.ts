import { deleteJobFiles } from '../findings/job-file.ts';
import { tellUntold } from '../findings/notify.ts';
import { toRunId } from '../findings/plan-audit.ts';
import { summarizeAudit } from '../findings/summarize.ts';
import { tellOnce } from '../findings/tell-once.ts';
import { logger, toHandler } from './entry.ts';
import { toSumming } from './events.ts';
import { publishMetrics, toMetrics } from './metrics.ts';
import { openNotifier } from './notifier.ts';
import { setting } from './settings.ts';
import { now, openAudits } from './table.ts';

/**
 * The last state of an audit. Each step does nothing when it was done before, and the turn is given back last:
 * until then no other audit begins, however often this is retried.
 */
export const handler = toHandler(async (event) => {
  const { execution } = toSumming(event);
  const runId = toRunId(execution.startTime, execution.id);
  const [audits, notifier] = await Promise.all([openAudits(), openNotifier()]);
  const summary = await summarizeAudit({ runId, store: notifier.store, audits, tell: (message) => tellOnce(message, notifier), now });
  // What comes after it may fail for ever, such as a message that the topic does not take: the numbers are right all the same.
  publishMetrics(toMetrics(summary));
  const { accounts = [], refused = [] } = (await audits.audit(runId)) ?? {};
  const caughtUp = await tellUntold([...accounts, ...refused.map(({ accountId }) => accountId)], notifier);
  await deleteJobFiles(setting('POSTURE_BUCKET'), runId);
  await audits.releaseTurn(execution.id);
  logger.info('summarize', { ...summary, caughtUp });
  return summary;
});
