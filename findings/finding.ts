import { createHash } from 'node:crypto';
import type { Evidence, Severity } from '../checks/check.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { ResourceIdentity, Scope } from '../inventory/resource.ts';
import type { Cause } from './cause.ts';
import type { ExceptionTerms } from './exception.ts';

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

/** Every kind of step, as people read them: what is wrong first, what ended after it. */
export const TRANSITION_KINDS = ['opened', 'reopened', 'lapsed', 'escalated', 'excepted', 'resolved', 'changed'] as const;

export type TransitionKind = (typeof TRANSITION_KINDS)[number];

/**
 * A step in a finding's life. `excepted`: somebody has decided that it may be so for a time; `lapsed`: that time is over, or the decision was taken back,
 * and the finding is open. `changed` covers a new reason, new evidence, a lower severity, another exception, and what becomes of it as long as it is excepted:
 * kept, but told to nobody.
 */
export interface HistoryEntry {
  readonly kind: TransitionKind;
  /** When it was observed, ISO 8601 UTC. */
  readonly at: string;
  readonly runId: string;
  readonly severity: Severity;
  readonly reason: string;
  /** Who did it, as far as is known. Of older steps it is not kept. */
  readonly cause?: Cause | undefined;
  /** The exception that began with this step, or ended. Of older steps it is not kept. */
  readonly exception?: ExceptionTerms | undefined;
}

/** A check's failure for one resource, with its history. Times are ISO 8601 UTC. */
export interface Finding {
  /** Stable: a hash of check id and ARN. */
  readonly id: string;
  readonly checkId: string;
  /** Account and region of the listing that sees the resource: `global` for buckets, whatever region they are in. */
  readonly scope: Scope;
  readonly resource: ResourceIdentity;
  readonly state: 'open' | 'excepted' | 'resolved';
  /** By whom, why and until when it is excepted; absent in every other state. */
  readonly exception?: ExceptionTerms | undefined;
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
  /** When its check last said something new of it, where an exception has begun, changed or ended since: that says nothing of the resource. */
  readonly judgedAt?: string | undefined;
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

/** How many steps of each kind, with none counted. */
export function noTransitions(): Record<TransitionKind, number> {
  return { opened: 0, reopened: 0, lapsed: 0, escalated: 0, excepted: 0, resolved: 0, changed: 0 };
}

/** The id of the finding that a check has for a resource: 32 hexadecimal digits. */
export function findingId(checkId: string, arn: string): string {
  return createHash('sha256').update(`${checkId}\n${arn}`).digest('hex').slice(0, 32);
}
