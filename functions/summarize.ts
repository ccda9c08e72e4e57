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
  const { accounts = [], refused = [] } = (await audits.audit(runId)) ?? {};
  let caughtUp = 0;
  for (const accountId of [...accounts, ...refused.map((account) => account.accountId)]) caughtUp += await tellUntold(accountId, notifier);
  await deleteJobFiles(setting('POSTURE_BUCKET'), runId);
  await audits.releaseTurn(execution.id);
  publishMetrics(toMetrics(summary));
  logger.info('summarize', { ...summary, caughtUp });
  return summary;
});
