import type { Severity } from '../checks/check.ts';
import type { AuditRecord } from './audit-record.ts';
import type { AuditStore } from './audit-store.ts';
import { concurrently } from './concurrently.ts';
import { toDigestMessage } from './digest.ts';
import { type AccountFold, type DigestFold, foldDigest } from './digest-fold.ts';
import { accountsOf, unauditedIn } from './lost-accounts.ts';
import type { Message } from './message.ts';
import { perSeverity } from './posture.ts';
import type { ReactionStore } from './reaction-store.ts';
import type { FindingStore } from './store.ts';
import { type AccountOptions, type AccountSummary, summarizeAccount } from './summarize-account.ts';
import { tellActivities } from './tell-activities.ts';
import { listUntold, type Period } from './untold.ts';

export interface SummarizeOptions {
  readonly runId: string;
  readonly store: Pick<FindingStore, 'runs' | 'saveRun' | 'scopeRecords' | 'findingsInState'>;
  readonly audits: Pick<AuditStore, 'audit' | 'audits' | 'saveAudit' | 'savePosture'>;
  readonly reactions: Pick<ReactionStore, 'activitiesSince'>;
  /** Publishes a message, unless it was told before. */
  readonly tell: (message: Message) => Promise<'published' | 'told before'>;
  readonly now: () => Date;
  /** Has exceptions begin and end where no scan could; gives a finding as it is afterwards. */
  readonly settle?: AccountOptions['settle'];
}

/** What a run came to, for metrics and the log. */
export interface Summary {
  readonly runId: string;
  /** Accounts that were to be audited, those that could not be entered among them. */
  readonly accounts: number;
  readonly accountsRefused: number;
  /** Scopes that were to be scanned. */
  readonly scopes: number;
  /** Scopes whose scan did not finish, or was not let in though others of the account were. */
  readonly scopesFailed: number;
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
  /** Checks that failed by a bug of ours. */
  readonly crashed: number;
  /** What is open now, as far as is known: in accounts that could not be entered too. */
  readonly open: Readonly<Record<Severity, number>>;
  /** What exceptions cover. */
  readonly excepted: number;
  readonly opened: number;
  readonly lapsed: number;
  readonly resolved: number;
  readonly reopened: number;
  /** Requests to AWS, and those of them that were throttled. */
  readonly calls: number;
  readonly throttles: number;
  readonly durationSeconds: number;
  readonly digest: 'published' | 'told before' | 'nothing to tell';
}

/** Enough to hide the table's latency; each holds a page of findings. */
const CONCURRENT_ACCOUNTS = 6;

/**
 * Ends a run over many accounts: each account's run and posture, and then one digest for all of them, which also tells what earlier runs left
 * untold because they were cut short. May be called again after it failed anywhere: it ends the same, and the digest is told once.
 * @throws Error when there is no audit of that id; whatever table and topic throw
 */
export async function summarizeAudit(options: SummarizeOptions): Promise<Summary> {
  const { runId, audits, now } = options;
  const audit = await audits.audit(runId);
  if (!audit) throw new Error(`there is no audit ${runId} to sum up`);
  const untold = await listUntold(audits, audit);
  const digest = foldDigest(audit);
  const accountIds = [...new Set([...untold.audits.flatMap(accountsOf), ...untold.lost.keys()])].sort();
  const accounts: AccountSummary[] = [];
  const work = (accountId: string): Promise<AccountSummary> => summarizeAccount({ ...options, audit, untold, digest }, accountId);
  for await (const account of concurrently(accountIds, CONCURRENT_ACCOUNTS, work)) accounts.push(account);
  const summarized = new Set(accountIds);
  const others = unauditedIn(audit).filter((accountId) => !summarized.has(accountId));
  const tellOther = (accountId: string): Promise<void> => tellUnaudited(options.reactions, accountId, { period: untold.period, digest });
  for await (const _ of concurrently(others, CONCURRENT_ACCOUNTS, tellOther));
  const finishedAt = audit.finishedAt ?? now().toISOString();
  const told = await tellDigest(options, audit, digest, finishedAt);
  // The audit itself last: once it is told, nobody asks any more for those before it.
  for (const each of untold.audits) await markTold(audits, each, each.id === runId ? finishedAt : each.finishedAt);
  return toSummary({ ...audit, finishedAt }, accounts, told);
}

async function tellUnaudited(
  reactions: SummarizeOptions['reactions'],
  accountId: string,
  { period, digest }: { readonly period: Period; readonly digest: DigestFold },
): Promise<void> {
  let account: AccountFold | undefined;
  await tellActivities(reactions, accountId, period, (activity) => {
    account ??= digest.begin(accountId === '' ? 'unknown' : accountId, 'changes');
    account.did(activity);
  });
  account?.end({ coverage: undefined, newGaps: [] });
}

async function tellDigest(
  { tell }: SummarizeOptions,
  audit: AuditRecord,
  digest: DigestFold,
  finishedAt: string,
): Promise<Summary['digest']> {
  const content = digest.content(finishedAt);
  if (!content) return 'nothing to tell';
  return audit.digest === 'sent' ? 'told before' : tell(toDigestMessage(content));
}

async function markTold(audits: SummarizeOptions['audits'], audit: AuditRecord, finishedAt: string | undefined): Promise<void> {
  if (audit.digest === 'sent' && audit.finishedAt === finishedAt) return;
  await audits.saveAudit({ ...audit, finishedAt, digest: 'sent' });
}

function toSummary(
  audit: AuditRecord & { readonly finishedAt: string },
  accounts: readonly AccountSummary[],
  digest: Summary['digest'],
): Summary {
  const sum = (count: (account: AccountSummary) => number | undefined): number =>
    accounts.reduce((total, account) => total + (count(account) ?? 0), 0);
  return {
    runId: audit.id,
    accounts: accountsOf(audit).length,
    accountsRefused: accounts.filter(({ isRefused }) => isRefused).length,
    scopes: sum(({ scopes }) => scopes),
    scopesFailed: sum(({ scopesFailed }) => scopesFailed),
    resources: sum(({ coverage }) => coverage?.resources),
    evaluations: sum(({ coverage }) => coverage?.evaluations),
    unknown: sum(({ coverage }) => coverage?.unknown),
    crashed: sum(({ coverage }) => coverage?.crashed),
    open: perSeverity((severity) => sum(({ posture }) => posture.bySeverity[severity].open)),
    excepted: sum(({ posture }) => posture.excepted),
    opened: sum(({ posture }) => posture.opened),
    lapsed: sum(({ posture }) => posture.lapsed),
    resolved: sum(({ posture }) => posture.resolved),
    reopened: sum(({ posture }) => posture.reopened),
    calls: sum(({ coverage }) => coverage?.usage?.calls),
    throttles: sum(({ coverage }) => coverage?.usage?.throttles),
    durationSeconds: Math.max(0, (Date.parse(audit.finishedAt) - Date.parse(audit.startedAt)) / 1_000),
    digest,
  };
}
