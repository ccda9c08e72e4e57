import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import type { AuditRecord } from './audit-record.ts';
import type { AuditStore } from './audit-store.ts';
import type { Finding } from './finding.ts';
import { accountsOf } from './lost-accounts.ts';
import type { SecurityHubPublisher } from './security-hub-publisher.ts';
import type { FindingStore } from './store.ts';

const DAY = 24 * 3_600_000;

/** Security Hub deletes what nobody updated for 90 days: with 30, two turns of a finding may be missed. */
const CYCLE_DAYS = 30;

/** Days since 1970: a finding whose turn is on one of them is imported again. The first day is not among them, the last one is. */
export interface RefreshDays {
  readonly after: number;
  readonly upTo: number;
}

/**
 * The days whose turns an audit takes: those since the audit before it, so that none is left out however seldom audits are, and none is taken twice
 * by the audits of one day. The first audit takes all.
 */
export function toRefreshDays(startedAt: string, beforeIt: string | undefined): RefreshDays {
  const upTo = dayOf(startedAt);
  return { after: beforeIt === undefined ? upTo - CYCLE_DAYS : dayOf(beforeIt), upTo };
}

/** True once in 30 days for each finding; which day that is follows from its id, so that nobody has to keep it. */
export function isDue(findingId: string, { after, upTo }: RefreshDays): boolean {
  const turn = Number.parseInt(findingId.slice(0, 8), 16) % CYCLE_DAYS;
  return Math.floor((upTo - turn) / CYCLE_DAYS) > Math.floor((after - turn) / CYCLE_DAYS);
}

export interface RefreshOptions {
  readonly audit: AuditRecord;
  readonly audits: Pick<AuditStore, 'audits'>;
  readonly store: Pick<FindingStore, 'findingsInState'>;
  readonly publisher: SecurityHubPublisher;
  readonly toImported: (finding: Finding) => AwsSecurityFinding;
  /** True when nothing more is to be begun. */
  readonly outOfTime: () => boolean;
}

/** What came of it. `complete` is false when time ran out: what was left over has its turn in 30 days. */
export interface Refreshed {
  readonly imported: number;
  /** By the finding's id in Security Hub, with why. */
  readonly refused: ReadonlyMap<string, string>;
  readonly complete: boolean;
}

/** What one request takes. */
const AT_ONCE = 100;

/**
 * Imports open findings again whose turn it is, so that Security Hub does not forget what stays as it is. Nothing is written for that, and nothing read but
 * by the first audit of a day. Done again, it comes to the same.
 * @throws what the store or Security Hub throws
 */
export async function refreshImported(options: RefreshOptions): Promise<Refreshed> {
  const { audit, audits, store, publisher, toImported, outOfTime } = options;
  const days = toRefreshDays(audit.startedAt, await startBefore(audits, audit));
  const refused = new Map<string, string>();
  let imported = 0;
  const due: AwsSecurityFinding[] = [];
  async function flush(): Promise<void> {
    const refusals = await publisher.publish(due);
    imported += due.length - refusals.size;
    for (const [id, why] of refusals) refused.set(id, why);
    due.length = 0;
  }
  if (days.after >= days.upTo) return { imported, refused, complete: true };
  for (const accountId of accountsOf(audit)) {
    for await (const finding of store.findingsInState('open', accountId)) {
      if (outOfTime()) return { imported, refused, complete: false };
      if (isDue(finding.id, days)) due.push(asOf(toImported(finding), audit));
      if (due.length === AT_ONCE) await flush();
    }
  }
  if (due.length > 0) await flush();
  return { imported, refused, complete: true };
}

/** Longer than anybody who looks takes to keep what was seen. */
const SLOWEST_LOOK = 3_600_000;

/**
 * An import counts only if it is newer than the last one, and must not be newer than a change that is being kept at this moment: Security Hub would
 * take that one for old news.
 */
function asOf(finding: AwsSecurityFinding, { startedAt }: AuditRecord): AwsSecurityFinding {
  const confirmedAt = new Date(Date.parse(startedAt) - SLOWEST_LOOK).toISOString();
  return { ...finding, UpdatedAt: confirmedAt > (finding.UpdatedAt ?? '') ? confirmedAt : finding.UpdatedAt };
}

async function startBefore(audits: RefreshOptions['audits'], { startedAt }: AuditRecord): Promise<string | undefined> {
  for await (const audit of audits.audits()) if (audit.startedAt < startedAt) return audit.startedAt;
  return undefined;
}

function dayOf(time: string): number {
  return Math.floor(Date.parse(time) / DAY);
}
