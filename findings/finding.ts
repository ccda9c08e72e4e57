import { createHash } from 'node:crypto';
import type { Evidence, Severity } from '../checks/check.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { ResourceIdentity, Scope } from '../inventory/resource.ts';
import type { Cause } from './cause.ts';

export type Status = 'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE';

interface Judged {
  readonly checkId: string;
  readonly resource: ResourceIdentity;
  /** When AWS wrote down the oldest of what it rests on, where that was before the look (ISO 8601 UTC): it says nothing of what happened since. */
  readonly asOf?: string;
}

/** What one check found of one resource at one time. */
export type Evaluation =
  | (Judged & { readonly status: 'PASS' })
  | (Judged & { readonly status: 'NOT_APPLICABLE'; readonly reason: string })
  /** `severityUnsure`: what its severity depends on was not read. */
  | (Judged & {
      readonly status: 'FAIL';
      readonly severity: Severity;
      readonly reason: string;
      readonly evidence: Evidence;
      readonly severityUnsure?: true;
    })
  /** `crashed`: not AWS but our own code failed. */
  | (Judged & {
      readonly status: 'UNKNOWN';
      readonly severity: Severity;
      readonly reason: string;
      readonly unread: UnreadReason | undefined;
      readonly crashed: boolean;
    });

export type TransitionKind = 'opened' | 'reopened' | 'resolved' | 'escalated' | 'changed';

/** A step in a finding's life. `changed` covers a new reason, new evidence or a lower severity: kept, but told to nobody. */
export interface HistoryEntry {
  readonly kind: TransitionKind;
  /** When it was observed, ISO 8601 UTC. */
  readonly at: string;
  readonly runId: string;
  readonly severity: Severity;
  readonly reason: string;
  /** Who did it, as far as is known. Of older steps it is not kept. */
  readonly cause?: Cause | undefined;
}

/** A check's failure for one resource, with its history. Times are ISO 8601 UTC. */
export interface Finding {
  /** Stable: a hash of check id and ARN. */
  readonly id: string;
  readonly checkId: string;
  /** Account and region of the listing that sees the resource: `global` for buckets, whatever region they are in. */
  readonly scope: Scope;
  readonly resource: ResourceIdentity;
  readonly state: 'open' | 'resolved';
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly firstSeenAt: string;
  readonly openedAt: string;
  readonly resolvedAt: string | undefined;
  /** How often it came back after it had been resolved. */
  readonly reopened: number;
  /** Of the newest observation that changed it; older observations never overwrite newer ones. */
  readonly observedAt: string;
  /** Counts the changes; a write names the version that it replaces. */
  readonly version: number;
  /** Oldest first; the newest fifty. */
  readonly history: readonly HistoryEntry[];
  /** Saved but not yet announced on the topic. */
  readonly unannounced: boolean;
}

/** A change of a finding that reconcile asks the store to keep. */
export interface Transition {
  readonly kind: TransitionKind;
  readonly before: Finding | undefined;
  readonly finding: Finding;
}

/** The id of the finding that a check has for a resource: 32 hexadecimal digits. */
export function findingId(checkId: string, arn: string): string {
  return createHash('sha256').update(`${checkId}\n${arn}`).digest('hex').slice(0, 32);
}
