import type { Gap } from '../inventory/coverage.ts';
import type { AuditRecord } from './audit-record.ts';
import type { AuditStore } from './audit-store.ts';
import type { HistoryEntry } from './finding.ts';
import { lostAccounts } from './lost-accounts.ts';
import { isReaction } from './reaction-id.ts';
import { NEVER, type RunRecord } from './run.ts';
import type { FindingStore } from './store.ts';

/** Audits of which nothing was told yet. */
export interface Untold {
  /** Oldest first: those that were cut short before they could tell, and the audit that tells for all of them. */
  readonly audits: readonly AuditRecord[];
  readonly ids: ReadonlySet<string>;
  /** Accounts that were audited since the last digest, or when it was sent, and no longer are, and why. */
  readonly lost: ReadonlyMap<string, Gap>;
  /** What reactions to events saw then is told now: from the moment up to which the last digest told it. */
  readonly period: Period;
  /** Whether a step in a finding's life is one of these audits' or of a reaction in that time. */
  readonly tellsOf: (step: HistoryEntry) => boolean;
  /** Whether the digest of a run was sent. */
  readonly isTold: (runId: string) => Promise<boolean>;
}

/** A time from a moment (ISO 8601 UTC) up to but not including another. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

export function isWithin({ from, until }: Period, time: string): boolean {
  return from <= time && time < until;
}

/** The audit, and those before it since the last digest that was sent. */
export async function listUntold(audits: Pick<AuditStore, 'audits' | 'audit'>, audit: AuditRecord): Promise<Untold> {
  const untold = [audit];
  const earlier: AuditRecord[] = [];
  for await (const each of audits.audits()) {
    if (each.id >= audit.id) continue;
    earlier.push(each);
    if (each.digest === 'sent') break;
    untold.unshift(each);
  }
  const ids = new Set(untold.map(({ id }) => id));
  const period = { from: toldUpTo(earlier.find(({ digest }) => digest === 'sent')), until: toldUpTo(audit) };
  const answers = new Map<string, Promise<boolean>>();
  return {
    audits: untold,
    ids,
    period,
    tellsOf: (step) => ids.has(step.runId) || (isReaction(step) && isWithin(period, step.at)),
    lost: lostAccounts(audit, earlier),
    isTold(runId) {
      const answer = answers.get(runId) ?? audits.audit(runId).then((found) => found?.digest === 'sent');
      answers.set(runId, answer);
      return answer;
    },
  };
}

/** Milliseconds after which a reaction has been kept, whichever clock told when it began: its function has a minute. */
const KEPT_BY_THEN = 90_000;

/** Up to when an audit's digest tells what reactions saw: the next one goes on from there. */
function toldUpTo(audit: AuditRecord | undefined): string {
  return audit ? new Date(Date.parse(audit.startedAt) - KEPT_BY_THEN).toISOString() : NEVER;
}

/** Runs of one account up to one audit. Runs of the command line are left out: they tell for themselves. */
export interface AccountRuns {
  /** That audit's; `undefined` when the account is not part of it. */
  readonly run: RunRecord | undefined;
  /** Those of earlier audits that were not told. */
  readonly cutShort: readonly RunRecord[];
  /** The newest whose digest was sent. */
  readonly lastTold: RunRecord | undefined;
}

/** Looks no further back than the account's last run that was told. */
export async function readRuns(store: Pick<FindingStore, 'runs'>, untold: Untold, runId: string, accountId: string): Promise<AccountRuns> {
  const cutShort: RunRecord[] = [];
  let run: RunRecord | undefined;
  for await (const each of store.runs(accountId)) {
    if (each.id > runId) continue;
    if (each.id === runId) run = each;
    else if (untold.ids.has(each.id)) cutShort.push(each);
    else if (await untold.isTold(each.id)) return { run, cutShort, lastTold: each };
  }
  return { run, cutShort, lastTold: undefined };
}
