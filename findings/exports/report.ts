import type { AnyCheck, Severity } from '../../checks/check.ts';
import type { Status } from '../finding.ts';

/** What every export is made of: one run's verdicts, and the checks that explain them. Times are ISO 8601 UTC. */
export interface Report {
  readonly run: ReportedRun;
  readonly coverage: ReportedCoverage;
  /** Worst first. */
  readonly findings: readonly ReportedFinding[];
  /** By id: also of a check that is only found in older findings, if it is still known. */
  readonly checks: ReadonlyMap<string, AnyCheck>;
  /** Of this product. */
  readonly version: string;
}

export interface ReportedRun {
  readonly id: string;
  readonly accountId: string;
  readonly partition: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly regions: readonly string[];
  /** Ids of the checks that ran. */
  readonly checks: readonly string[];
}

export interface ReportedCoverage {
  readonly complete: boolean;
  readonly evaluations: number;
  readonly unknown: number;
  readonly resources: number;
  readonly gaps: readonly ReportedGap[];
}

export interface ReportedGap {
  readonly operation: string;
  readonly cause: string;
  readonly permissions: readonly string[];
  readonly region: string;
  readonly message: string;
  readonly count: number;
}

export interface ReportedFinding {
  readonly id: string;
  readonly checkId: string;
  readonly status: Status;
  /** True for FAIL, and for UNKNOWN whose failure was open before; false for what is excepted. */
  readonly open: boolean;
  readonly severity: Severity;
  /** The observed fact; `null` for PASS. */
  readonly reason: string | null;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** For UNKNOWN: what could not be read. */
  readonly unread: { readonly cause: string; readonly operation: string; readonly permissions: readonly string[] } | null;
  readonly resource: ReportedResource;
  readonly firstSeenAt: string | null;
  readonly openedAt: string | null;
  readonly lastSeenAt: string | null;
  readonly reopened: number;
  /** The decision that takes it off the list for a time. */
  readonly exception: ReportedException | null;
}

export interface ReportedResource {
  /** CloudFormation type name. */
  readonly type: string;
  readonly arn: string;
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ReportedException {
  readonly owner: string;
  readonly reason: string;
  /** The last day on which it holds: `2026-12-31`. */
  readonly expires: string;
  readonly ticket: string;
}
