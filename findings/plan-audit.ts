import { createHash } from 'node:crypto';
import { isUnread } from '../checks/predicates/logic.ts';
import type { Gap } from '../inventory/coverage.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { MemberAccount } from '../inventory/member-account.ts';
import type { ScopePlan } from '../inventory/regions.ts';
import type { Session } from '../inventory/session.ts';
import type { AuditRecord, LeftOutAccount, RefusedAccount, Turn } from './audit-record.ts';
import type { AuditStore } from './audit-store.ts';
import { concurrently } from './concurrently.ts';
import { ConfigError } from './config-error.ts';
import type { AccountUnits } from './evaluate.ts';
import { inGroups } from './in-groups.ts';
import type { Job } from './job.ts';
import { type JobFile, toJobFile } from './job-file.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import type { FindingStore } from './store.ts';

/** A Step Functions execution, as its context object names it. */
export interface Execution {
  /** Its ARN. */
  readonly id: string;
  /** ISO 8601. */
  readonly startTime: string;
}

/** What is to be done next in an audit. `skipped`: nothing, another one is still running. A round without jobs is the end. */
export type Plan =
  | {
      readonly status: 'planned';
      readonly runId: string;
      /** ISO 8601 UTC. */
      readonly startedAt: string;
      readonly round: number;
      readonly jobs: JobFile & { readonly count: number };
    }
  | { readonly status: 'skipped'; readonly runId: string; readonly because: string };

type WriteJobs = (file: JobFile, jobs: AsyncIterable<Job>) => Promise<number>;

export interface PlanOptions {
  readonly execution: Execution;
  readonly accounts: AsyncIterable<MemberAccount> | Iterable<MemberAccount>;
  /** Ids of accounts that are not audited. */
  readonly exclude: readonly string[];
  /** Absent: all regions that an account has enabled. */
  readonly wantedRegions: readonly string[] | undefined;
  readonly checkIds: readonly string[];
  /** In which organizational units an account is, or why nobody knows; absent: nobody wants to know. */
  readonly unitsOf?: ((accountId: string) => Promise<AccountUnits>) | undefined;
  /** Throws Unread when the account cannot be entered. */
  readonly enter: (accountId: string, runId: string) => Promise<Session>;
  readonly planScopes: (session: Session, wanted: readonly string[] | undefined) => Promise<ScopePlan>;
  readonly store: Pick<FindingStore, 'scopeRecordsOf' | 'scopeRecords' | 'saveRuns'>;
  readonly audits: Pick<AuditStore, 'takeTurn' | 'saveAudit'>;
  readonly isRunning: (executionArn: string) => Promise<boolean>;
  /** Where job files lie. */
  readonly bucket: string;
  readonly writeJobs: WriteJobs;
  readonly now: () => Date;
  /** Accounts that are asked at the same time. */
  readonly concurrency: number;
}

/** Sortable by time, and the same however often it is asked for: `20261121T084927Z-3f2a`. */
export function toRunId(startTime: string, executionArn: string): string {
  const second = new Date(startTime).toISOString().replace(/[-:]|\.\d+/g, '');
  return `${second}-${createHash('sha256').update(executionArn).digest('hex').slice(0, 4)}`;
}

/**
 * Plans a run over many accounts, if no other is running: finds out their regions, and writes a job for each scope. An account that cannot be
 * entered is recorded and costs no other account anything. May be called again for the same execution after it failed anywhere: the outcome is the same.
 * @throws ConfigError when the organization's accounts cannot be listed from here; what AWS gave when table, bucket or Organizations failed
 */
export async function planAudit(options: PlanOptions): Promise<Plan> {
  const { execution, audits, bucket, writeJobs } = options;
  const run = toRun(execution);
  const other = await takeTurn(options, { runId: run.id, executionArn: execution.id });
  if (other) return { status: 'skipped', runId: run.id, because: `the audit ${other.runId} is still running: ${other.executionArn}` };

  const tally: Tally = { accounts: [], refused: [], leftOut: [] };
  const file = toJobFile(bucket, run.id, 0);
  const jobs = planAccounts(options, run, tally);
  let count: number;
  try {
    count = await writeJobs(file, jobs);
  } finally {
    await jobs.return(undefined);
  }
  await audits.saveAudit(toAudit(execution, run, tally));
  return { status: 'planned', runId: run.id, startedAt: run.startedAt, round: 0, jobs: { ...file, count } };
}

export interface NextRoundOptions {
  readonly execution: Execution;
  readonly round: number;
  readonly audits: Pick<AuditStore, 'unfinishedJobs'>;
  readonly bucket: string;
  readonly writeJobs: WriteJobs;
}

/** A scope that is not done by then never will be: it remains unfinished, and the summary names it. */
const MAX_ROUNDS = 100;

/** Plans what the scans of a run have left unfinished at their time limit in the round before. */
export async function planNextRound({ execution, round, audits, bucket, writeJobs }: NextRoundOptions): Promise<Plan> {
  const run = toRun(execution);
  const file = toJobFile(bucket, run.id, round);
  const count = round > MAX_ROUNDS ? 0 : await writeJobs(file, ofRound(round, audits.unfinishedJobs(run.id)));
  return { status: 'planned', runId: run.id, startedAt: run.startedAt, round, jobs: { ...file, count } };
}

/** A job of an earlier round has failed since: called again it would fail again, in each round anew. */
async function* ofRound(round: number, jobs: AsyncIterable<Job>): AsyncGenerator<Job> {
  for await (const job of jobs) if (job.round === round) yield job;
}

interface Run {
  readonly id: string;
  readonly startedAt: string;
}

function toRun({ id, startTime }: Execution): Run {
  return { id: toRunId(startTime, id), startedAt: new Date(startTime).toISOString() };
}

const TURN_ATTEMPTS = 10;

/** Whose turn it is if not ours. An execution that has ended without giving the turn back loses it to whoever comes first. */
async function takeTurn({ audits, isRunning }: PlanOptions, turn: Turn): Promise<Turn | undefined> {
  let holder = await audits.takeTurn(turn);
  for (let attempt = 0; attempt < TURN_ATTEMPTS; attempt += 1) {
    if (holder.executionArn === turn.executionArn) return undefined;
    if (await isRunning(holder.executionArn)) return holder;
    holder = await audits.takeTurn(turn, holder.executionArn);
  }
  throw new Error(`${TURN_ATTEMPTS} executions that have ended had the turn one after the other, the last ${holder.executionArn}`);
}

/** Grows while accounts are planned. */
interface Tally {
  readonly accounts: string[];
  readonly refused: RefusedAccount[];
  readonly leftOut: LeftOutAccount[];
}

async function* planAccounts(options: PlanOptions, run: Run, tally: Tally): AsyncGenerator<Job> {
  const accounts = lookedUp(options.store, auditedAccounts(options, tally));
  const planned = concurrently(accounts, options.concurrency, (account) => planAccount(options, run, account));
  const kept = concurrently(inGroups(planned, AT_ONCE), REQUESTS, async (group) => {
    await options.store.saveRuns(group.map(({ record }) => record));
    return group;
  });
  for await (const group of kept) {
    for (const { outcome } of group) {
      if ('gap' in outcome) {
        tally.refused.push(outcome);
      } else {
        tally.accounts.push(outcome.accountId);
        yield* outcome.jobs;
      }
    }
  }
}

/** Each account once, however often it is listed. */
async function* auditedAccounts({ accounts, exclude }: PlanOptions, { leftOut }: Tally): AsyncGenerator<string> {
  const excluded = new Set(exclude);
  const seen = new Set<string>();
  try {
    for await (const { accountId, status } of accounts) {
      if (seen.has(accountId)) continue;
      seen.add(accountId);
      if (excluded.has(accountId)) leftOut.push({ accountId, because: 'excluded' });
      else if (status !== 'active') leftOut.push({ accountId, because: status });
      else yield accountId;
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'OrganizationUnlisted')) throw error;
    throw new ConfigError(
      `cannot list the accounts of the organization (${error.message}): deploy into its management account or a delegated administrator, or name the accounts under "accounts" in posture.yaml`,
      { cause: error },
    );
  }
}

interface LookedUp {
  readonly accountId: string;
  /** The record of its global scope. */
  readonly global: ScopeRecord | undefined;
}

/** Accounts of which records are read, or kept, in one request: as many as DynamoDB writes in one. */
const AT_ONCE = 25;

/** Such requests that are under way at once, while accounts are asked for their regions. */
const REQUESTS = 2;

async function* lookedUp(store: PlanOptions['store'], accounts: AsyncIterable<string>): AsyncGenerator<LookedUp> {
  const groups = concurrently(inGroups(accounts, AT_ONCE), REQUESTS, async (group) => {
    const records = await store.scopeRecordsOf(group.map((accountId) => ({ accountId, region: 'global' })));
    const byAccount = new Map(records.map((record) => [record.accountId, record]));
    return group.map((accountId) => ({ accountId, global: byAccount.get(accountId) }));
  });
  for await (const group of groups) yield* group;
}

interface PlannedAccount {
  /** To be kept before its jobs are given out. */
  readonly record: RunRecord;
  readonly outcome: RefusedAccount | { readonly accountId: string; readonly jobs: readonly Job[] };
}

async function planAccount(options: PlanOptions, run: Run, { accountId, global }: LookedUp): Promise<PlannedAccount> {
  const { store, checkIds, now, unitsOf } = options;
  const [seen, plan, units] = await Promise.all([
    isSeen(global) || wasSeen(store, accountId),
    scopesOf(options, run, accountId),
    unitsOf?.(accountId),
  ]);
  const record: Omit<RunRecord, 'finishedAt' | 'regions' | 'coverage'> = { ...run, accountId, first: !seen, checkIds, digest: 'none' };
  if ('gap' in plan) {
    const refused = { finishedAt: now().toISOString(), regions: [], coverage: toCoverage({ gaps: [plan.gap] }) };
    return { record: { ...record, ...refused }, outcome: plan };
  }
  const { scopes, notEnabled, leftOut, session } = plan;
  const placed = toPlaced(units);
  const coverage = toCoverage({
    gaps: [...session.coverage.gaps, ...toGaps(placed.unitsUnread)],
    regionsNotEnabled: notEnabled,
    regionsLeftOut: leftOut,
  });
  const begun = { finishedAt: undefined, regions: scopes.map(({ region }) => region), coverage };
  const { regions, regionsUnread } = session;
  const unread = regionsUnread === undefined ? {} : { regionsUnread };
  const jobs = scopes.map((scope) => ({ ...scope, runId: run.id, startedAt: run.startedAt, regions, ...unread, ...placed, round: 0 }));
  return { record: { ...record, ...begun }, outcome: { accountId, jobs } };
}

function toPlaced(units: AccountUnits | undefined): Pick<Job, 'units' | 'unitsUnread'> {
  if (units === undefined) return {};
  return isReason(units) ? { unitsUnread: units } : { units };
}

function isReason(units: AccountUnits): units is UnreadReason {
  return 'cause' in units;
}

/** What was asked once, of the organization, is lacking in each of its accounts. */
function toGaps(unread: UnreadReason | undefined): readonly Gap[] {
  if (!unread) return [];
  const { operation, cause, permissions, message } = unread;
  return [{ operation, cause, permissions, message, region: 'global', count: 1 }];
}

/** Whether any scope of the account was ever looked at: then what is wrong in it is no news. Nearly always the global one tells. */
async function wasSeen(store: PlanOptions['store'], accountId: string): Promise<boolean> {
  for await (const record of store.scopeRecords(accountId)) if (isSeen(record)) return true;
  return false;
}

/** A scope that was only ever refused has a record too, with the beginning of time in it. */
function isSeen(record: ScopeRecord | undefined): boolean {
  return record !== undefined && Date.parse(record.seenAt) > 0;
}

async function scopesOf(
  { enter, planScopes, wantedRegions }: PlanOptions,
  run: Run,
  accountId: string,
): Promise<(ScopePlan & { readonly session: Session }) | RefusedAccount> {
  try {
    const session = await enter(accountId, run.id);
    return { ...(await planScopes(session, wantedRegions)), session };
  } catch (error) {
    if (!isUnread(error)) throw error;
    const { operation, cause, permissions, message } = error.reason;
    return { accountId, gap: { operation, cause, permissions, message, region: 'global', count: 1 } };
  }
}

/** What is known of a run's coverage before anything was scanned. */
function toCoverage(known: {
  readonly gaps: readonly Gap[];
  readonly regionsNotEnabled?: readonly string[];
  readonly regionsLeftOut?: readonly string[];
}): RunRecord['coverage'] {
  const nothing = { evaluations: 0, unknown: 0, crashed: 0, resources: 0, scopes: [] };
  return { ...nothing, regionsNotEnabled: [], regionsLeftOut: [], ...known };
}

function toAudit(execution: Execution, { id, startedAt }: Run, { accounts, refused, leftOut }: Tally): AuditRecord {
  return {
    id,
    executionArn: execution.id,
    startedAt,
    finishedAt: undefined,
    accounts: accounts.toSorted(),
    refused: refused.toSorted(byAccount),
    leftOut: leftOut.toSorted(byAccount),
    digest: 'unsent',
  };
}

function byAccount(a: { readonly accountId: string }, b: { readonly accountId: string }): number {
  return a.accountId < b.accountId ? -1 : a.accountId > b.accountId ? 1 : 0;
}
