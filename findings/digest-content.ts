import type { Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { ActivityRows } from './activity-rows.ts';
import type { BlindSpot } from './blind-spots.ts';
import type { ChangeRows } from './change-rows.ts';
import type { TransitionKind } from './finding.ts';
import type { Posture } from './posture.ts';
import type { Coverage, RunRecord } from './run.ts';

/** `baseline`: everything that is open after an account's first audit. `changes`: what moved since, and was not told alone. */
export type DigestKind = 'baseline' | 'changes';

/** An account as a digest counts it. */
export interface AccountCount {
  readonly accountId: string;
  readonly kind: DigestKind;
  /** How many findings it tells of the account, by what happened to them; of a baseline all are `opened`. */
  readonly told: Readonly<Record<TransitionKind, number>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** How many things somebody did there that are kept, told alone or not. */
  readonly activities: number;
  /** How many reads were refused that were not before. */
  readonly newGaps: number;
  /** Of them, scopes whose scan did not finish. */
  readonly newScopesFailed: number;
  /** The worst that is told of it; `undefined` when there is nothing new to tell. */
  readonly severity: Severity | undefined;
  readonly coverage: CoverageCount | undefined;
  /** How the account stands at the end, and what moved in this run, told alone or not; absent where only changes are known. */
  readonly posture?: Posture | undefined;
  /** Scopes that were to be scanned, and those that were seen. */
  readonly scopes?: { readonly planned: number; readonly seen: number } | undefined;
  /** Why nobody could enter the account, or why it is no longer audited, and whether that is news. */
  readonly refusal?: Refusal | undefined;
}

export interface Refusal {
  readonly gap: Gap;
  readonly isNew: boolean;
}

export type CoverageCount = Pick<Coverage, 'evaluations' | 'unknown' | 'crashed' | 'resources'>;

/** A gap, and whose it is. */
export interface AccountGap extends Gap {
  readonly accountId: string;
}

/** Everything that a digest tells of any number of accounts, in bounded room. */
export interface DigestContent {
  /** `baseline` when nothing but first audits is told. */
  readonly kind: DigestKind;
  readonly run: Pick<RunRecord, 'id' | 'startedAt' | 'finishedAt'>;
  /** All accounts of the run: those with news first, the worst before the others. */
  readonly accounts: readonly AccountCount[];
  /** Those of them that have news. */
  readonly told: readonly AccountCount[];
  readonly changes: ChangeRows;
  /** What is open in accounts that were audited for the first time, as opened. */
  readonly open: ChangeRows;
  readonly severity: Severity;
  /** Counts of what is told. */
  readonly posture: Posture;
  /** What was done since the last digest, told alone or not. */
  readonly activities: ActivityRows;
  readonly blindSpots: readonly BlindSpot[];
  /** How many more there are that are too different from each other to be kept. */
  readonly moreBlindSpots: number;
  /** The first of them, by account. */
  readonly newGaps: readonly AccountGap[];
}
