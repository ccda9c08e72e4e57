import { isRunning } from '../findings/executions.ts';
import { writeJobs } from '../findings/job-file.ts';
import { planAudit, planNextRound } from '../findings/plan-audit.ts';
import { planScopes } from '../inventory/regions.ts';
import { chosenChecks } from './chosen-checks.ts';
import { accountOf, logger, toHandler } from './entry.ts';
import { toPlanning } from './events.ts';
import { enterMember, listMembers, unitsReader } from './members.ts';
import { publishMetrics } from './metrics.ts';
import { deployedConfig, setting } from './settings.ts';
import { now, openAudits, openStore } from './table.ts';

/** Accounts that are asked at the same time for their regions. */
const CONCURRENT_ACCOUNTS = 40;

/** The first state of an audit, and the one after each round of scans. */
export const handler = toHandler(async (event, context) => {
  const { execution, round } = toPlanning(event);
  const [store, audits] = await Promise.all([openStore(), openAudits()]);
  const { audited, regions, tailoring } = deployedConfig();
  const hub = { execution, audits, bucket: setting('POSTURE_BUCKET'), writeJobs };
  const plan =
    round > 0
      ? await planNextRound({ ...hub, round })
      : await planAudit({
          ...hub,
          accounts: listMembers(audited, accountOf(context)),
          exclude: audited.kind === 'organization' ? audited.exclude : [],
          wantedRegions: regions,
          checkIds: chosenChecks(now()).map(({ check }) => check.id),
          unitsOf: tailoring.namesUnits ? unitsReader() : undefined,
          enter: enterMember,
          planScopes,
          store,
          isRunning,
          now,
          concurrency: CONCURRENT_ACCOUNTS,
        });
  logger.info('plan', { ...plan });
  if (plan.status === 'skipped') publishMetrics({ AuditsSkipped: [1, 'Count'] });
  return plan;
});
