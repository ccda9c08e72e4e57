import { type LookTally, nothingKnown } from './check-tally.ts';
import { type Assessment, addCounts, NO_RESOURCES, type ResourceCounts, type Standing } from './compliance.ts';
import { isInForce } from './exceptions.ts';
import type { Finding } from './finding.ts';
import { NEVER, type RunRecord, type ScopeRecord } from './run.ts';
import { isRefusal } from './sight.ts';
import type { FindingStore } from './store.ts';

export interface StoreAssessmentOptions {
  readonly store: Pick<FindingStore, 'scopeRecords' | 'runs' | 'runsOf' | 'findingsInState'>;
  /** Only this account; absent: all of them. */
  readonly accountId: string | undefined;
  /** Checks that are asked for. */
  readonly checkIds: ReadonlySet<string>;
  /** Whether a check judges anything in the scopes of a region, or in `global`. */
  readonly isJudgedIn: (checkId: string, region: string) => boolean;
  /** ISO 8601 UTC: an exception that has ended by then covers nothing, whether or not anybody has looked since. */
  readonly now: string;
}

/**
 * What a store knows of these checks: what the last look at each scope counted, and how its findings stand now, after what reactions have seen since.
 * What the last run of an account could not look at is unknown there, whatever an earlier one has seen.
 */
export async function assessStore(options: StoreAssessmentOptions): Promise<Assessment> {
  const accounts = await listAccounts(options);
  const assessments: AccountAssessment[] = [];
  for (const account of accounts) assessments.push(await assessAccount(options, account));
  return together(assessments);
}

/** What of a scope's record counts here: the records of a large organization would be too much at once. */
interface SeenScope extends Pick<ScopeRecord, 'region' | 'seenAt' | 'runId' | 'tally'> {
  readonly isRefused: boolean;
}

interface Account {
  readonly accountId: string;
  readonly records: readonly SeenScope[];
  /** The newest that came to an end. */
  readonly run: RunRecord | undefined;
}

interface AccountAssessment extends Account {
  readonly ran: ReadonlySet<string>;
  readonly counts: ReadonlyMap<string, ResourceCounts>;
  readonly standing: readonly Standing[];
  readonly notSeen: readonly string[];
}

/** Accounts that something was seen of, and those of the newest run that nobody was let into. */
async function listAccounts({ store, accountId, checkIds }: StoreAssessmentOptions): Promise<readonly Account[]> {
  const records = new Map<string, SeenScope[]>();
  for await (const record of store.scopeRecords(accountId)) {
    const own = records.get(record.accountId) ?? [];
    own.push(toSeenScope(record, checkIds));
    records.set(record.accountId, own);
  }
  const runs = await runsOfNewest(store, accountId);
  const ids = accountId === undefined ? [...new Set([...records.keys(), ...runs.keys()])].sort() : [accountId];
  const accounts: Account[] = [];
  for (const id of ids) {
    const run = runs.get(id) ?? (await newestRun(store, id));
    if (run || records.has(id)) accounts.push({ accountId: id, records: records.get(id) ?? [], run });
  }
  return accounts;
}

function toSeenScope({ region, seenAt, runId, tally, sight }: ScopeRecord, checkIds: ReadonlySet<string>): SeenScope {
  const asked = tally && Object.fromEntries(Object.entries(tally).filter(([checkId]) => checkIds.has(checkId)));
  return { region, seenAt, runId, tally: asked, isRefused: seenAt === NEVER || (sight !== undefined && isRefusal(sight)) };
}

/** By account, where they came to an end. */
async function runsOfNewest(
  store: StoreAssessmentOptions['store'],
  accountId: string | undefined,
): Promise<ReadonlyMap<string, RunRecord>> {
  const newest = await newestRun(store, accountId);
  const runs = new Map<string, RunRecord>();
  if (newest) for await (const run of store.runsOf(newest.id)) if (run.finishedAt !== undefined) runs.set(run.accountId, run);
  return runs;
}

async function newestRun(store: StoreAssessmentOptions['store'], accountId: string | undefined): Promise<RunRecord | undefined> {
  for await (const run of store.runs(accountId)) if (run.finishedAt !== undefined) return run;
  return undefined;
}

async function assessAccount(options: StoreAssessmentOptions, account: Account): Promise<AccountAssessment> {
  const { accountId, records, run } = account;
  const ran = new Set([...(run?.checkIds ?? []), ...records.flatMap(({ tally = {} }) => Object.keys(tally))]);
  const counted = countsOf(options.checkIds);
  const looks = toLooks(options, account);
  for (const { tally } of looks) for (const [checkId, some] of Object.entries(tally)) counted.add(checkId, toCounts(some));
  const seenAt = new Map(records.map((record) => [record.region, record.seenAt]));
  const standing = await addFindings(options, accountId, { counted, seenAt });
  const notSeen = looks.flatMap(({ region, isSeen }) => (isSeen ? [] : `${accountId} ${region}`));
  return { ...account, ran, counts: counted.counts, standing, notSeen };
}

interface Counted {
  readonly counts: ReadonlyMap<string, ResourceCounts>;
  /** Counts of a check that was not asked for are not kept; there are never fewer passes than none. */
  readonly add: (checkId: string, some: Partial<ResourceCounts>) => void;
}

function countsOf(checkIds: ReadonlySet<string>): Counted {
  const counts = new Map<string, ResourceCounts>();
  return {
    counts,
    add(checkId, some) {
      if (!checkIds.has(checkId)) return;
      const sum = addCounts(counts.get(checkId) ?? NO_RESOURCES, { ...NO_RESOURCES, ...some });
      counts.set(checkId, { ...sum, pass: Math.max(0, sum.pass) });
    },
  };
}

interface Known {
  readonly counted: Counted;
  /** When each region was seen last. */
  readonly seenAt: ReadonlyMap<string, string>;
}

/** Counts the findings of an account as they stand, and gives those that are open or excepted. */
async function addFindings(
  { store, checkIds, now }: StoreAssessmentOptions,
  accountId: string,
  { counted, seenAt }: Known,
): Promise<readonly Standing[]> {
  const standing: Standing[] = [];
  for (const state of ['open', 'excepted'] as const) {
    for await (const kept of store.findingsInState(state, accountId)) {
      const finding = asOf(kept, now);
      if (!checkIds.has(finding.checkId)) continue;
      // What a reaction has opened since may be one of those that passed.
      const isNewer = finding.openedAt > (seenAt.get(finding.scope.region) ?? NEVER);
      counted.add(finding.checkId, { [finding.state === 'excepted' ? 'excepted' : 'fail']: 1, ...(isNewer ? { pass: -1 } : {}) });
      standing.push(toStanding(finding));
    }
  }
  for await (const finding of store.findingsInState('resolved', accountId, earliest(seenAt.values()))) {
    counted.add(finding.checkId, resolvedSince(finding, seenAt.get(finding.scope.region)));
  }
  return standing;
}

interface Look {
  readonly region: string;
  readonly tally: LookTally;
  readonly isSeen: boolean;
}

/** What stands for each scope: its last look, or that there is none although the last run should have made one. */
function toLooks({ checkIds, isJudgedIn }: StoreAssessmentOptions, { records, run }: Account): readonly Look[] {
  const known = new Map(records.map((record) => [record.region, record]));
  const planned = run && run.regions.length === 0 && records.length === 0 ? ['global'] : (run?.regions ?? []);
  const unknownIn = (region: string, all: boolean): LookTally =>
    nothingKnown((run?.checkIds ?? [...checkIds]).filter((checkId) => all || isJudgedIn(checkId, region)));
  const missing = planned
    .filter((region) => !known.has(region))
    .map((region) => ({ region, tally: unknownIn(region, records.length === 0 && planned.length === 1), isSeen: false }));
  const looks = records.map(({ region, seenAt, runId, tally, isRefused }): Look => {
    if (tally === undefined) return { region, tally: unknownIn(region, false), isSeen: false };
    const isMissed = run !== undefined && planned.includes(region) && seenAt < run.startedAt && runId !== run.id;
    return isMissed ? { region, tally: withoutPasses(tally), isSeen: false } : { region, tally, isSeen: !isRefused };
  });
  return [...looks, ...missing];
}

/** What was well before the last run, which could not look, is not known to be so. */
function withoutPasses(tally: LookTally): LookTally {
  return Object.fromEntries(
    Object.entries(tally).map(([checkId, [pass, fail, unknown, notApplicable]]) => [checkId, [0, fail, pass + unknown + notApplicable, 0]]),
  );
}

/** What failed then is counted by what became of it. */
function toCounts([pass, , unknown, notApplicable]: LookTally[string]): Partial<ResourceCounts> {
  return { pass, unknown, notApplicable };
}

/** Of a finding that the last look counted as failed, and a reaction has seen resolved. */
function resolvedSince({ history, openedAt, resolvedAt }: Finding, seenAt: string | undefined): Partial<ResourceCounts> {
  if (seenAt === undefined || resolvedAt === undefined || resolvedAt <= seenAt || openedAt > seenAt) return {};
  const reason = history.at(-1)?.reason ?? '';
  if (reason === 'passes now') return { pass: 1 };
  return reason.startsWith('no longer applies') ? { notApplicable: 1 } : {};
}

function earliest(times: Iterable<string>): string {
  return [...times].sort()[0] ?? NEVER;
}

function toStanding({ id, checkId, severity, reason, resource, openedAt, exception }: Finding): Standing {
  const { type, arn, id: name, accountId, region, tags } = resource;
  const where = { type, arn, id: name, accountId, region, tags };
  return { findingId: id, checkId, severity, reason, resource: where, since: openedAt, exception: exception ?? null };
}

/** The next look will find that the exception has ended: nobody need wait for it. */
function asOf(finding: Finding, now: string): Finding {
  const { state, exception, reason } = finding;
  if (state !== 'excepted' || !exception || isInForce(exception, now)) return finding;
  return { ...finding, state: 'open', exception: undefined, reason: `${reason}; its exception has ended on ${exception.expires}` };
}

/** A check that ran in one account is unknown in those where it did not. */
function together(accounts: readonly AccountAssessment[]): Assessment {
  const ran = new Set(accounts.flatMap((account) => [...account.ran]));
  const counts = new Map<string, ResourceCounts>();
  for (const account of accounts) {
    for (const [checkId, some] of account.counts) counts.set(checkId, addCounts(counts.get(checkId) ?? NO_RESOURCES, some));
    for (const checkId of ran) {
      if (account.ran.has(checkId)) continue;
      counts.set(checkId, addCounts(counts.get(checkId) ?? NO_RESOURCES, { ...NO_RESOURCES, unknown: 1 }));
    }
  }
  const times = accounts.flatMap(({ records }) => records.map(({ seenAt }) => seenAt).filter((time) => time !== NEVER)).sort();
  const [from, to] = [times[0], times.at(-1)];
  return {
    accounts: accounts.map(({ accountId }) => accountId),
    ...{ ran, counts, standing: accounts.flatMap(({ standing }) => standing) },
    seen: from === undefined || to === undefined ? null : { from, to },
    notSeen: accounts.flatMap(({ notSeen }) => notSeen),
  };
}
