import type { Severity } from '../checks/check.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { AccountStatus } from '../inventory/member-account.ts';
import type { PostureCounts } from './posture.ts';

/** A run over many accounts. Each account that it could enter has a RunRecord of the same id. */
export interface AuditRecord {
  /** The id of the run, sortable by time: `20261121T084927Z-3f2a`. */
  readonly id: string;
  /** ARN of the Step Functions execution. */
  readonly executionArn: string;
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
  /** Accounts that are scanned. */
  readonly accounts: readonly string[];
  /** Accounts that could not be entered, and why. */
  readonly refused: readonly RefusedAccount[];
  /** Accounts left out by choice or because they are not active. */
  readonly leftOut: readonly LeftOutAccount[];
  readonly digest: 'unsent' | 'sent';
}

export interface RefusedAccount {
  readonly accountId: string;
  readonly gap: Gap;
}

export interface LeftOutAccount {
  readonly accountId: string;
  readonly because: Exclude<AccountStatus, 'active'> | 'excluded';
}

/** The posture of one account at the end of the last run of a day. */
export interface PostureDay {
  readonly accountId: string;
  /** `2026-11-21`, UTC. */
  readonly day: string;
  readonly runId: string;
  readonly counts: PostureCounts & { readonly bySeverity: Readonly<Record<Severity, PostureCounts>> };
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
}

/** Whose turn it is: at most one execution audits at a time. */
export interface Turn {
  readonly runId: string;
  readonly executionArn: string;
}
