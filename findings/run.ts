import type { Gap } from '../inventory/coverage.ts';
import type { Scope } from '../inventory/resource.ts';
import type { Sight } from './job.ts';

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
}

export interface ScopeCoverage extends Scope {
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
  /** Resource types whose listing failed or broke off: nothing of them may be resolved for being gone. */
  readonly incompleteTypes: readonly string[];
}

/** When a scope was last seen: one write per scope and run, in place of a `lastSeenAt` on each finding. */
export interface ScopeRecord extends Scope {
  readonly runId: string;
  readonly seenAt: string;
  /** Checks that could not judge everything in the last run, and when they last could: their findings were last seen then. */
  readonly blindSince: Readonly<Record<string, string>>;
  /** The run in which the scope was first seen: what was wrong then is told in that run's digest, however severe. Absent in older records. */
  readonly firstRunId?: string | undefined;
  /** What the run saw. Absent in older records. */
  readonly sight?: Sight | undefined;
}
