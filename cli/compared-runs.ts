import { didYouMean } from '../config/nearest.ts';
import type { RunRecord } from '../findings/run.ts';
import type { FindingStore } from '../findings/store.ts';
import { allOf } from './all-of.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';

/** Two runs to compare. A deployed run has a record of its own in each account: the two of one account are a pair. */
export interface ComparedRuns {
  readonly pairs: readonly RunPair[];
  /** Accounts in which only one of the two came to an end. */
  readonly unpaired: readonly string[];
}

export interface RunPair {
  readonly accountId: string;
  readonly from: RunRecord;
  readonly to: RunRecord;
}

/** Run records of one id that came to an end. */
type Group = readonly RunRecord[];

const RELATIVE = ['latest', 'previous'];

/**
 * Finds the runs of two names: ids, `latest` or `previous`.
 * @throws Complaint when there is none of a name, when it was cut short, and when no account has both
 */
export async function pickRuns(store: FindingStore, from: string, to: string, account: string | undefined): Promise<ComparedRuns> {
  const named = new Map<string, Group>();
  for (const name of new Set([from, to])) if (!RELATIVE.includes(name)) named.set(name, await groupOf(store, name, account));
  const only = account ?? onlyAccountOf([...named.values()]);
  const newest = RELATIVE.includes(from) || RELATIVE.includes(to) ? await newestGroups(store, only) : [];
  if (only === undefined && named.size === 0) await assertUnambiguous(store, newest);
  const [first, second] = [from, to].map((name) => named.get(name) ?? relativeGroup(newest, name));
  return pairUp([from, first ?? []], [to, second ?? []]);
}

/** One side of all pairs: the run's id, when it began, and when it had ended in the last of the accounts. */
export function wholeRun(
  { pairs }: ComparedRuns,
  side: 'from' | 'to',
): Pick<RunRecord, 'id' | 'startedAt'> & { readonly finishedAt: string } {
  const runs = pairs.map((pair) => pair[side]);
  const [id = ''] = runs.map((run) => run.id);
  const [startedAt = ''] = runs.map((run) => run.startedAt).sort();
  const finishedAt =
    runs
      .flatMap((run) => run.finishedAt ?? [])
      .sort()
      .at(-1) ?? '';
  return { id, startedAt, finishedAt };
}

async function groupOf(store: FindingStore, id: string, account: string | undefined): Promise<Group> {
  const all = await allOf(store.runsOf(id));
  if (all.length === 0) throw new Complaint(EXIT.usage, await unknown(store, id, account));
  const runs = all.filter(({ accountId }) => account === undefined || accountId === account);
  if (runs.length === 0)
    throw new Complaint(EXIT.usage, `the run ${id} did not look at account ${account}; "posture runs" lists those that did`);
  const ended = runs.filter(hasEnded);
  if (ended.length > 0) return ended;
  throw new Complaint(EXIT.usage, `the run ${id} was cut short, so there is nothing to compare; pick a complete one from "posture runs"`);
}

async function unknown(store: FindingStore, id: string, account: string | undefined): Promise<string> {
  const known = new Set((await allOf(store.runs(account))).map((run) => run.id));
  return `there is no run "${id}"${didYouMean(id, [...known, ...RELATIVE]) || '; "posture runs" lists them'}`;
}

function hasEnded({ finishedAt }: RunRecord): boolean {
  return finishedAt !== undefined;
}

function onlyAccountOf(groups: readonly Group[]): string | undefined {
  const accounts = new Set(groups.flat().map(({ accountId }) => accountId));
  return accounts.size === 1 ? [...accounts][0] : undefined;
}

/** The last two that came to an end anywhere, newest first. Reads no further than it must. */
async function newestGroups(store: FindingStore, account: string | undefined): Promise<readonly Group[]> {
  const groups = new Map<string, RunRecord[]>();
  for await (const run of store.runs(account)) {
    if (!hasEnded(run)) continue;
    const group = groups.get(run.id);
    if (group) group.push(run);
    else if (groups.size === 2) break;
    else groups.set(run.id, [run]);
  }
  return [...groups.values()];
}

function relativeGroup(newest: readonly Group[], name: string): Group {
  const group = newest[name === 'latest' ? 0 : 1];
  if (group) return group;
  throw new Complaint(EXIT.usage, `there is no ${name} run to compare: ${newest.length} complete so far; run "posture scan"`);
}

/** Where accounts are scanned one by one, the last two runs may be of any of them. @throws Complaint that asks for one */
async function assertUnambiguous(store: FindingStore, newest: readonly Group[]): Promise<void> {
  if (newest.some(({ length }) => length > 1)) return;
  const accounts = new Set((await allOf(store.scopeRecords())).map(({ accountId }) => accountId));
  if (accounts.size > 1) throw new Complaint(EXIT.usage, `the store has runs of ${accounts.size} accounts; say which with --account`);
}

function pairUp([from, first]: readonly [string, Group], [to, second]: readonly [string, Group]): ComparedRuns {
  const after = new Map(second.map((run) => [run.accountId, run]));
  const pairs = first.flatMap((run) => {
    const other = after.get(run.accountId);
    return other === undefined ? [] : [{ accountId: run.accountId, from: run, to: other }];
  });
  const paired = new Set(pairs.map(({ accountId }) => accountId));
  const unpaired = [...new Set([...first, ...second].map(({ accountId }) => accountId))].filter((accountId) => !paired.has(accountId));
  const [a, b] = [first[0]?.accountId, second[0]?.accountId];
  if (pairs.length === 0)
    throw new Complaint(EXIT.usage, `the run ${from} is of account ${a}, and ${to} of ${b}; name two runs of one account`);
  return { pairs: pairs.sort((x, y) => (x.accountId < y.accountId ? -1 : 1)), unpaired: unpaired.sort() };
}
