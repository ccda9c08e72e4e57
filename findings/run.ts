import type { Gap } from '../inventory/coverage.ts';
import type { Scope } from '../inventory/resource.ts';
import type { LookTally } from './check-tally.ts';
import type { Sight, Usage } from './job.ts';

/** One audit of one account. Kept when it starts, and again when it ends: a run without `finishedAt` was cut short. */
export interface RunRecord {
  /** Sortable by time: `20261121T084927Z-3f2a`. */
  readonly id: string;
  readonly accountId: string;
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
  /** No audit of this account had ended before: everything is new, so it is told in one digest. */
  readonly first: boolean;
  readonly checkIds: readonly string[];
  /** Scopes that were to be scanned, by region. */
  readonly regions: readonly string[];
  readonly coverage: Coverage | undefined;
  /** `unsent` until the run's digest was published; `none` when there is no topic. */
  readonly digest: 'none' | 'unsent' | 'sent';
}

/** What of a run was read, and what not. */
export interface Coverage {
  readonly evaluations: number;
  readonly unknown: number;
  /** Checks that failed by a bug of ours. */
  readonly crashed: number;
  readonly resources: number;
  readonly scopes: readonly ScopeCoverage[];
  readonly gaps: readonly Gap[];
  /** Regions that the account has not opted in to, and regions left out by choice. */
  readonly regionsNotEnabled: readonly string[];
  readonly regionsLeftOut: readonly string[];
  /** What the run has cost. Absent in older records. */
  readonly usage?: Usage | undefined;
}

export interface ScopeCoverage extends Scope {
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
  /** Resource types whose listing failed or broke off: nothing of them may be resolved for being gone. */
  readonly incompleteTypes: readonly string[];
}

/** `seenAt` of a scope that nobody could look at yet. */
export const NEVER = new Date(0).toISOString();

/** When a scope was last seen: one write per scope and run, in place of a `lastSeenAt` on each finding. */
export interface ScopeRecord extends Scope {
  /** The run that looked last. */
  readonly runId: string;
  /** When that look began: nothing of the scope was seen earlier. `NEVER` when every run so far was refused. */
  readonly seenAt: string;
  /** When the last round of that look began, if it took several: what began earlier than that is older news. */
  readonly lookedAt?: string | undefined;
  /** Checks that could not judge everything in the last run, and when they last could: their findings were last seen then. */
  readonly blindSince: Readonly<Record<string, string>>;
  /** The run in which the scope was first seen: what was wrong by then is told in that run's digest, however severe. Absent in older records. */
  readonly firstRunId?: string | undefined;
  /** Ids of the root and the organizational units that the account was in, from the root down, where the configuration names some. */
  readonly units?: readonly string[] | undefined;
  /** What the last look counted. Absent in older records. */
  readonly tally?: LookTally | undefined;
  /** What the last deployed run saw. Absent in older records, and where only the command line has looked. */
  readonly sight?: Sight | undefined;
  /** The run that `sight` is of, when another one has looked since: see `sightIn`. */
  readonly sightRunId?: string | undefined;
}

/** What a deployed run has seen of a scope; `undefined` when it did not come to an end there. */
export function sightIn(record: ScopeRecord | undefined, runId: string): Sight | undefined {
  return record && (record.sightRunId ?? record.runId) === runId ? record.sight : undefined;
}
