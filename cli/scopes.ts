import { isUnread } from '../checks/predicates/logic.ts';
import { isRegion } from '../config/formats.ts';
import { didYouMean } from '../config/nearest.ts';
import type { ScopePlan } from '../inventory/regions.ts';
import type { Session } from '../inventory/session.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import type { World } from './world.ts';

/** @throws Complaint for what cannot be the name of a region */
export function assertRegions(regions: readonly string[]): void {
  const wrong = regions.find((region) => !isRegion(region));
  if (wrong !== undefined) throw new Complaint(EXIT.usage, `"${wrong}" is not a region; expected names such as eu-west-1 in --regions`);
}

/**
 * What to scan: `global` and all enabled regions, or those that were asked for.
 * @throws Complaint for a region that does not exist or is not enabled, and when nobody can say which there are
 */
export async function plannedScopes({ planScopes }: World, session: Session, wanted: readonly string[] | undefined): Promise<ScopePlan> {
  const plan = await planned(planScopes(session, wanted));
  const found = new Set(plan.scopes.map(({ region }) => region));
  const missing = wanted?.find((region) => !found.has(region));
  if (missing === undefined) return plan;
  if (plan.notEnabled.includes(missing))
    throw new Complaint(
      EXIT.usage,
      `the region ${missing} is not enabled in account ${session.accountId}; enable it, or leave it out of --regions`,
    );
  const hint = didYouMean(missing, [...session.regions, ...plan.notEnabled]) || '; leave it out of --regions';
  throw new Complaint(EXIT.usage, `account ${session.accountId} has no region "${missing}"${hint}`);
}

async function planned(plan: Promise<ScopePlan>): Promise<ScopePlan> {
  try {
    return await plan;
  } catch (error) {
    if (!isUnread(error)) throw error;
    throw new Complaint(
      EXIT.noAccess,
      `cannot find out which regions there are (${error.message}); allow ec2:DescribeRegions, or name them with --regions`,
      {
        cause: error,
      },
    );
  }
}
