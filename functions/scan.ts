import { runJob } from '../findings/run-job.ts';
import { sources } from '../inventory/registry.ts';
import { chosenChecks } from './chosen-checks.ts';
import { logger, toHandler } from './entry.ts';
import { toJob } from './events.ts';
import { enterMember } from './members.ts';
import { now, openAudits, openStore } from './table.ts';

/** Milliseconds within which what is under way is ended and kept. */
const RESERVE = 50_000;

/** One scope: the only state of the map's children. */
export const handler = toHandler(async (event, context) => {
  const job = toJob(event);
  const [store, audits] = await Promise.all([openStore(), openAudits()]);
  const result = await runJob({
    job,
    enter: () => enterMember(job.accountId, job.runId),
    sources,
    // The same time in every round and on every retry: what is judged does not depend on when it is.
    checks: chosenChecks(new Date(job.startedAt)),
    store,
    audits,
    now,
    outOfTime: () => context.getRemainingTimeInMillis() < RESERVE,
  });
  const { runId, accountId, region, round } = job;
  logger.info('scan', { runId, account: accountId, region, round, ...result });
  return result;
});
