import type { Evidence, Severity } from '../checks/check.ts';
import type { ExceptionTerms } from '../findings/exception.ts';
import type { Finding, HistoryEntry } from '../findings/finding.ts';
import { toResource } from './scan-document.ts';
import type { FindingRow } from './scan-schema.ts';

/** A finding as it stands in the store, for people and tools. */
export interface KeptFinding {
  readonly id: string;
  readonly checkId: string;
  readonly state: Finding['state'];
  /** By whom, why and until when it is excepted; `null` in every other state. */
  readonly exception: ExceptionTerms | null;
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly resource: FindingRow['resource'];
  readonly firstSeenAt: string;
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly lastSeenAt: string;
  readonly reopened: number;
  readonly history: readonly HistoryEntry[];
}

export function toKeptFinding(finding: Finding, lastSeenAt: string): KeptFinding {
  const { id, checkId, state, severity, reason, evidence, resource, firstSeenAt, openedAt, resolvedAt, reopened, history } = finding;
  const times = { firstSeenAt, openedAt, resolvedAt: resolvedAt ?? null, lastSeenAt };
  const { exception = null } = finding;
  return { id, checkId, state, exception, severity, reason, evidence, resource: toResource(resource), ...times, reopened, history };
}
