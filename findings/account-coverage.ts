import type { Gap } from '../inventory/coverage.ts';
import type { Sight } from './job.ts';
import { type Coverage, type RunRecord, type ScopeCoverage, type ScopeRecord, sightIn } from './run.ts';
import { ASSUME_ROLE, isRefusal, mergeGaps } from './sight.ts';

/** The operation of the gap that stands for a scope whose scan did not finish. */
export const SCAN = 'scan';

/**
 * What a deployed run has read of an account: what its plan could not read, and what it saw of each scope. Scopes that were not seen are gaps,
 * and not among `scopes`: those whose scan did not finish, and those that it was not let into.
 */
export function toAccountCoverage(run: RunRecord, records: Iterable<ScopeRecord>): Coverage {
  const recordOf = new Map([...records].map((record) => [record.region, record]));
  const scopes = run.regions.map((region) => ({ region, sight: sightIn(recordOf.get(region), run.id) }));
  const sights = scopes.flatMap(({ sight }) => sight ?? []);
  const sum = (count: (sight: Sight) => number): number => sights.reduce((total, sight) => total + count(sight), 0);
  return {
    evaluations: sum(({ evaluations }) => evaluations),
    unknown: sum(({ unknown }) => unknown),
    crashed: sum(({ crashed }) => crashed),
    resources: sum(({ resources }) => resources),
    scopes: scopes.flatMap(({ region, sight }) => (sight && !isRefusal(sight) ? [toScopeCoverage(run.accountId, region, sight)] : [])),
    gaps: mergeGaps([...(run.coverage?.gaps ?? []), ...scopes.flatMap(({ region, sight }) => sight?.gaps ?? [toUnfinished(region)])]),
    regionsNotEnabled: run.coverage?.regionsNotEnabled ?? [],
    regionsLeftOut: run.coverage?.regionsLeftOut ?? [],
    usage: {
      calls: sum(({ usage }) => usage.calls),
      throttles: sum(({ usage }) => usage.throttles),
      milliseconds: sum(({ usage }) => usage.milliseconds),
    },
  };
}

/** Why nobody could enter the account in a run that has ended: refused when it was planned, or in every scope. */
export function refusalOf({ regions, coverage }: RunRecord): Gap | undefined {
  if (!coverage || coverage.scopes.length > 0) return undefined;
  const { gaps } = coverage;
  return regions.length === 0 ? gaps[0] : gaps.find(({ operation }) => operation === ASSUME_ROLE);
}

function toScopeCoverage(accountId: string, region: string, sight: Sight): ScopeCoverage {
  const { resources, evaluations, unknown, incompleteTypes } = sight;
  return { accountId, region, resources, evaluations, unknown, incompleteTypes };
}

function toUnfinished(region: string): Gap {
  return { operation: SCAN, cause: 'failed', permissions: [], region, message: 'the scan of this scope did not finish', count: 1 };
}
