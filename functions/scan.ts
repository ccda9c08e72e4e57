import { toExceptions } from '../findings/exceptions.ts';
import { runJob } from '../findings/run-job.ts';
import { changeLookup } from '../inventory/events/lookup.ts';
import { sources } from '../inventory/registry.ts';
import { chosenChecks } from './chosen-checks.ts';
import { logger, toHandler } from './entry.ts';
import { toJob } from './events.ts';
import { listening } from './listening.ts';
import { enterMember } from './members.ts';
import { deployedConfig } from './settings.ts';
import { now, openAudits, openStore } from './table.ts';

/** Milliseconds within which what is under way is ended and kept. */
const RESERVE = 50_000;

const lookUp = changeLookup(sources);

/** One scope: the only state of the map's children. */
export const handler = toHandler(async (event, context) => {
  const job = toJob(event);
  const [store, audits] = await Promise.all([openStore(), openAudits()]);
  // The same time in every round and on every retry: what is judged does not depend on when it is.
  const checks = chosenChecks(new Date(job.startedAt));
  const { exceptions, switchedOff } = deployedConfig();
  const result = await runJob({
    job,
    enter: async () => ({ ...(await listening(await enterMember(job.accountId, job.runId), job, checks)), exceptions }),
    sources,
    checks,
    switchedOff,
    store,
    audits,
    now,
    lookUp,
    exceptions: toExceptions(exceptions),
    outOfTime: () => context.getRemainingTimeInMillis() < RESERVE,
  });
  const { runId, accountId, region, round } = job;
  logger.info('scan', { runId, account: accountId, region, round, ...result });
  return result;
});
