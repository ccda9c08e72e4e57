import type { AnyCheck } from '../checks/check.ts';
import { changeIn, listNewGaps } from './changes.ts';
import { type Change, toDigest } from './digest.ts';
import type { Finding } from './finding.ts';
import { type Message, toMessage } from './message.ts';
import { compareFindings } from './order.ts';
import type { RunRecord, ScopeRecord } from './run.ts';
import type { FindingStore } from './store.ts';
import { urgentSteps } from './urgent.ts';

/** Where messages go. `publish` resolves when the message was accepted. */
export interface Publisher {
  readonly publish: (message: Message) => Promise<void>;
}

/** A run that has ended, and what it left. */
export interface Ended {
  readonly run: RunRecord;
  /** The findings of the audited scopes as they stand now: indexes of a store may lag behind them. */
  readonly findings: Iterable<Finding>;
  readonly checks: readonly AnyCheck[];
}

export interface Announced {
  readonly urgent: readonly Message[];
  readonly digest: Message | undefined;
}

const CONCURRENT_MESSAGES = 8;

/**
 * Tells what was saved and not yet told: urgent changes one by one, the rest in one digest, of earlier runs too if those were cut short.
 * What could not be published stays untold, and the first refusal is thrown: the next run tells it.
 */
export async function announce(store: FindingStore, publisher: Publisher, { run, findings, checks }: Ended): Promise<Announced> {
  const known = new Map([...findings].map((finding) => [finding.id, finding]));
  const urgent = await announceUrgent(store, publisher, await listUntold(store, run.accountId, known), checks);
  const digest = await announceDigest(store, publisher, run, known);
  return { urgent, digest };
}

/** Of this run from memory, of earlier ones from the store's index. Each is read again, for it may have been told since. */
async function listUntold(store: FindingStore, accountId: string, known: ReadonlyMap<string, Finding>): Promise<readonly Finding[]> {
  const ids = new Set(known.values().flatMap(({ id, unannounced }) => (unannounced ? [id] : [])));
  for await (const { id } of store.unannounced(accountId)) ids.add(id);
  const untold: Finding[] = [];
  for (const id of ids) {
    const finding = await store.finding(id);
    if (finding?.unannounced) untold.push(finding);
  }
  return untold.sort(compareFindings);
}

async function announceUrgent(
  store: FindingStore,
  publisher: Publisher,
  untold: readonly Finding[],
  checks: readonly AnyCheck[],
): Promise<readonly Message[]> {
  const checkOf = new Map(checks.map((check) => [check.id, check]));
  const told: Message[] = [];
  for (let start = 0; start < untold.length; start += CONCURRENT_MESSAGES) {
    const batch = untold.slice(start, start + CONCURRENT_MESSAGES);
    const outcomes = await Promise.allSettled(batch.map((finding) => tell(store, publisher, finding, checkOf.get(finding.checkId))));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
      if (outcome.value) told.push(outcome.value);
    }
  }
  return told;
}

async function tell(
  store: FindingStore,
  publisher: Publisher,
  finding: Finding,
  check: AnyCheck | undefined,
): Promise<Message | undefined> {
  const step = urgentSteps(finding.history).at(-1);
  const message = step && toMessage(finding, step, check);
  if (message) await publisher.publish(message);
  await store.markAnnounced(finding.id, finding.version);
  return message;
}

async function announceDigest(
  store: FindingStore,
  publisher: Publisher,
  run: RunRecord,
  known: ReadonlyMap<string, Finding>,
): Promise<Message | undefined> {
  const { untold, lastTold } = await listUntoldRuns(store, run);
  if (untold.length === 0) return undefined;
  const isBaseline = untold.some(({ first }) => first);
  const all = isBaseline || untold.length > 1 ? await withKnown(store, run.accountId, known) : known;
  const digest = toDigest({
    kind: isBaseline ? 'baseline' : 'changes',
    run,
    changes: isBaseline ? listOpen(all.values()) : await listChanges(store, run, all.values(), new Set(untold.map(({ id }) => id))),
    newGaps: listNewGaps(run.coverage?.gaps ?? [], (isBaseline ? undefined : lastTold)?.coverage?.gaps ?? []),
  });
  if (digest) await publisher.publish(digest);
  for (const each of untold) await store.saveRun({ ...each, digest: 'sent' });
  return digest;
}

/** Runs up to this one whose digest is not sent, and the newest one before them whose gaps were told. A run that did not end was cut short. */
async function listUntoldRuns(
  store: FindingStore,
  run: RunRecord,
): Promise<{ untold: readonly RunRecord[]; lastTold: RunRecord | undefined }> {
  const untold: RunRecord[] = [];
  for await (const each of store.runs(run.accountId)) {
    if (each.id > run.id) continue;
    if (each.digest === 'sent' && each.finishedAt !== undefined) return { untold, lastTold: each };
    if (each.digest === 'unsent') untold.push(each);
  }
  return { untold, lastTold: undefined };
}

async function withKnown(
  store: FindingStore,
  accountId: string,
  known: ReadonlyMap<string, Finding>,
): Promise<ReadonlyMap<string, Finding>> {
  const all = new Map(known);
  for (const state of ['unresolved', 'resolved'] as const) {
    for await (const finding of store.findingsInState(state, accountId)) {
      if (finding.version > (all.get(finding.id)?.version ?? 0)) all.set(finding.id, finding);
    }
  }
  return all;
}

function listOpen(findings: Iterable<Finding>): readonly Change[] {
  return [...findings].flatMap((finding) => (finding.state === 'open' ? [{ kind: 'opened' as const, finding }] : []));
}

async function listChanges(
  store: FindingStore,
  { accountId }: RunRecord,
  findings: Iterable<Finding>,
  runIds: ReadonlySet<string>,
): Promise<readonly Change[]> {
  const moved = [...findings].filter(({ history }) => history.some(({ runId }) => runIds.has(runId)));
  if (moved.length === 0) return [];
  const records = new Map<string, ScopeRecord>();
  for await (const record of store.scopeRecords(accountId)) records.set(record.region, record);
  return moved.flatMap((finding) => changeIn(finding, ({ runId }) => runIds.has(runId), records.get(finding.scope.region)) ?? []);
}
