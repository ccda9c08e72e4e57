import type { Scope } from '../inventory/resource.ts';
import { type LookTally, nothingKnown } from './check-tally.ts';
import type { Evaluation, Finding } from './finding.ts';
import type { Sight } from './job.ts';
import { NEVER, type RunRecord, type ScopeRecord } from './run.ts';

type Run = Pick<RunRecord, 'id' | 'checkIds'>;

/** A look at a scope that came to its end, perhaps in several rounds. */
export interface Seen {
  readonly scope: Scope;
  /** When its first round began, ISO 8601 UTC. */
  readonly startedAt: string;
  /** When its last round began. */
  readonly lookedAt: string;
  /** Checks that could not judge everything. */
  readonly blind: ReadonlySet<string>;
  /** `undefined` when what earlier rounds counted is not known. */
  readonly tally?: LookTally | undefined;
  /** In deployed runs. */
  readonly sight: Sight | undefined;
  /** Of the account, where they were asked for. */
  readonly units?: readonly string[] | undefined;
}

/** The checks that could not judge everything. */
export function blindChecks(evaluations: Iterable<Evaluation>): Set<string> {
  const blind = new Set<string>();
  for (const { status, checkId } of evaluations) if (status === 'UNKNOWN') blind.add(checkId);
  return blind;
}

/**
 * The record of a scope after a look at it. Blind are the checks that could not judge everything,
 * and those that have findings here but did not run: `findings` are all of the scope.
 * What a look that began later has kept in the meantime stays known.
 */
export function toScopeRecord(
  previous: ScopeRecord | undefined,
  run: Run,
  { scope: { accountId, region }, startedAt, lookedAt, blind, tally, sight, units }: Seen,
  findings: Iterable<Finding>,
): ScopeRecord {
  const ran = new Set(run.checkIds);
  const notJudged = new Set(blind);
  for (const { checkId } of findings) if (!ran.has(checkId)) notJudged.add(checkId);
  const seenAt = newest(startedAt, sight && previous?.seenAt);
  const newestLook = newest(lookedAt, previous?.lookedAt);
  return {
    accountId,
    region,
    runId: run.id,
    seenAt,
    ...(newestLook > seenAt ? { lookedAt: newestLook } : {}),
    blindSince: toBlindSince(notJudged, previous, { startedAt, seenAt }),
    ...toFirstRun(previous, run.id),
    ...(units ? { units } : {}),
    ...toTally(seenAt === startedAt ? tally : previous?.tally),
    ...(sight ? { sight } : toEarlierSight(previous)),
  };
}

/** The record of a scope that a run was not let into: nothing was seen, and every check is blind since it was last able to judge. */
export function toRefusedRecord(
  previous: ScopeRecord | undefined,
  run: Run,
  { accountId, region }: Scope,
  {
    sight,
    judgedThere,
  }: { readonly sight: Sight /** Ids of the checks that judge something in such a scope. */; readonly judgedThere: readonly string[] },
): ScopeRecord {
  const { sightRunId: _, ...before } = previous ?? { seenAt: NEVER, blindSince: {} };
  const blind = run.checkIds.map((checkId) => [checkId, sightedAt(previous, checkId)]);
  return {
    ...before,
    ...{ accountId, region, runId: run.id, sight },
    blindSince: { ...before.blindSince, ...Object.fromEntries(blind) },
    tally: nothingKnown(judgedThere),
  };
}

/** Of checks that are not blind now but were in a look that began later, the time at which we could judge. */
function toBlindSince(
  blind: ReadonlySet<string>,
  previous: ScopeRecord | undefined,
  { startedAt, seenAt }: { readonly startedAt: string; readonly seenAt: string },
): ScopeRecord['blindSince'] {
  const since = new Map([...blind].map((checkId) => [checkId, sightedAt(previous, checkId)]));
  for (const [checkId, before] of Object.entries(previous?.blindSince ?? {})) {
    const sighted = newest(before, startedAt);
    if (!blind.has(checkId) && sighted < seenAt) since.set(checkId, sighted);
  }
  return Object.fromEntries([...since].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** When a check could last judge everything in a scope; `NEVER` if it never could. */
export function sightedAt(previous: ScopeRecord | undefined, checkId: string): string {
  return previous ? (previous.blindSince[checkId] ?? previous.seenAt) : NEVER;
}

function toFirstRun(previous: ScopeRecord | undefined, runId: string): Pick<ScopeRecord, 'firstRunId'> {
  if (previous === undefined || previous.seenAt === NEVER) return { firstRunId: runId };
  return previous.firstRunId === undefined ? {} : { firstRunId: previous.firstRunId };
}

function toTally(tally: LookTally | undefined): Pick<ScopeRecord, 'tally'> {
  return tally === undefined ? {} : { tally };
}

/** What a deployed run has seen must not be lost because somebody looked from the command line before it was summed up. */
function toEarlierSight(previous: ScopeRecord | undefined): Pick<ScopeRecord, 'sight' | 'sightRunId'> {
  return previous?.sight ? { sight: previous.sight, sightRunId: previous.sightRunId ?? previous.runId } : {};
}

function newest(time: string, other: string | undefined): string {
  return other !== undefined && other > time ? other : time;
}
