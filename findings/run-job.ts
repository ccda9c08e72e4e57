import { isUnread } from '../checks/predicates/logic.ts';
import type { ChangeLookup } from '../inventory/events/lookup.ts';
import type { Unread, UnreadReason } from '../inventory/facet.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { Session } from '../inventory/session.ts';
import type { AuditStore } from './audit-store.ts';
import { inUnits, type ReadyCheck } from './evaluate.ts';
import type { Exceptions } from './exceptions.ts';
import { noTransitions, type Transition, type TransitionKind } from './finding.ts';
import type { Bookmark, Job, Sight, Usage } from './job.ts';
import { type Observation, type Reached, sourcesOf } from './observe.ts';
import { type ScopeRecord, sightIn } from './run.ts';
import { scanScope } from './scan-scope.ts';
import { toRefusedRecord } from './scope-record.ts';
import { addSights, isRefusal, toSight } from './sight.ts';
import type { FindingStore } from './store.ts';

export interface JobOptions {
  readonly job: Job;
  /** Signs in to the job's account. Throws `Unread` when STS refuses. */
  readonly enter: () => Promise<Session>;
  readonly sources: readonly ResourceSource[];
  readonly checks: readonly ReadyCheck[];
  /** Ids of the checks that the configuration switches off everywhere. */
  readonly switchedOff?: readonly string[];
  readonly store: FindingStore;
  readonly audits: Pick<AuditStore, 'bookmark' | 'saveBookmark' | 'removeBookmark'>;
  readonly now: () => Date;
  /** What the team has excepted. Absent: nobody knows, so that no exception begins or ends. */
  readonly exceptions?: Exceptions | undefined;
  /** Finds out who is behind what changed; absent: nobody asks. */
  readonly lookUp?: ChangeLookup;
  /** True when no new work is to be begun: what is under way is ended and kept. */
  readonly outOfTime: () => boolean;
}

/** What one call of a job came to; the numbers are of this round alone. */
export interface JobResult {
  readonly status: 'done' | 'unfinished' | 'refused';
  readonly resources: number;
  readonly evaluations: number;
  readonly unknown: number;
  readonly transitions: Readonly<Record<TransitionKind, number>>;
  readonly calls: number;
  readonly throttles: number;
}

/**
 * Scans one scope of a deployed audit, or goes on where the round before stopped. Called twice, it ends as if it had been called once.
 * What STS refuses is kept as what the run could not see; everything else that fails is thrown.
 * @throws Error named `NoProgress` when nothing could be judged since the round before: another round would not help
 */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const { job, audits, store } = options;
  const bookmark = job.round > 0 ? await audits.bookmark(job) : undefined;
  const record = await store.scopeRecord(job);
  const sight = sightIn(record, job.runId);
  if (sight && !isRefusal(sight)) {
    if (bookmark) await audits.removeBookmark(job);
    return { status: 'done', ...NOTHING };
  }
  // A round without its bookmark was given up before, or comes too late; a refused one starts afresh.
  if (job.round > 0 && !bookmark && !sight) throw noProgress(job);
  const startedAt = options.now();
  const session = await unlessRefused(options.enter);
  return isUnread(session)
    ? keepRefusal(options, { record, bookmark, reason: session.reason, startedAt })
    : scan(options, { bookmark, session, startedAt });
}

async function unlessRefused(enter: () => Promise<Session>): Promise<Session | Unread> {
  try {
    return await enter();
  } catch (error) {
    if (isUnread(error)) return error;
    throw error;
  }
}

interface Entered {
  readonly bookmark: Bookmark | undefined;
  readonly session: Session;
  readonly startedAt: Date;
}

async function scan(options: JobOptions, { bookmark, session, startedAt }: Entered): Promise<JobResult> {
  const { job, audits, store, sources, now, lookUp, outOfTime, exceptions, switchedOff } = options;
  const checks = inUnits(options.checks, job.units ?? job.unitsUnread);
  const { accountId, region, runId } = job;
  session.regions = job.regions;
  if (job.regionsUnread) session.regionsUnread = job.regionsUnread;
  const sightOf = (observation: Observation): Sight =>
    toSight(observation, session.coverage.gaps, { ...usageOf(session), milliseconds: elapsed(startedAt, now()) });
  const ended = await scanScope({
    ...{ session, sources, checks, now, store, runId, lookUp, exceptions, switchedOff, announce: true, units: job.units },
    scope: { accountId, region },
    rounds: {
      ...{ outOfTime, bookmark },
      toSight: (observation) => (bookmark ? addSights(bookmark.sight, sightOf(observation)) : sightOf(observation)),
    },
  });
  if (ended.status === 'unfinished') {
    if (!hasAdvanced(bookmark, ended.bookmark)) {
      if (bookmark) await audits.removeBookmark(job);
      throw noProgress(job);
    }
    await audits.saveBookmark({ ...job, round: job.round + 1 }, ended.bookmark);
  } else if (bookmark) await audits.removeBookmark(job);
  const { resources, evaluations, unknown } = sightOf(ended.observation);
  return { status: ended.status, resources, evaluations, unknown, transitions: countKinds(ended.transitions), ...usageOf(session) };
}

interface Refused {
  readonly record: ScopeRecord | undefined;
  readonly bookmark: Bookmark | undefined;
  readonly reason: UnreadReason;
  readonly startedAt: Date;
}

async function keepRefusal(options: JobOptions, { record, bookmark, reason, startedAt }: Refused): Promise<JobResult> {
  const { job, audits, store, checks, now } = options;
  const { operation, cause, permissions, message } = reason;
  const sight: Sight = {
    ...{ resources: 0, evaluations: 0, unknown: 0, crashed: 0, incompleteTypes: [] },
    gaps: [{ operation, cause, permissions, region: job.region, message, count: 1 }],
    usage: { calls: 0, throttles: 0, milliseconds: elapsed(startedAt, now()) },
  };
  const run = { id: job.runId, checkIds: checks.map(({ check }) => check.id) };
  await store.saveScopeRecord(toRefusedRecord(record, run, job, { sight, judgedThere: judgedIn(options) }));
  if (bookmark) await audits.removeBookmark(job);
  return { status: 'refused', ...NOTHING };
}

function judgedIn({ job, sources, checks }: JobOptions): readonly string[] {
  const types = new Set(sourcesOf(job, sources, checks).map(({ type }) => type));
  return checks.flatMap(({ check }) => (check.resourceTypes.some((type) => types.has(type)) ? check.id : []));
}

function hasAdvanced(before: Bookmark | undefined, { done, judgedUpTo }: Reached): boolean {
  return (
    done.length > (before?.done.length ?? 0) ||
    Object.entries(judgedUpTo).some(([type, upTo]) => upTo !== new Map(Object.entries(before?.judgedUpTo ?? {})).get(type))
  );
}

function noProgress({ accountId, region, round }: Job): Error {
  const message = `round ${round} of the scan of ${region} in ${accountId} could judge nothing more in its time: it is given up`;
  return Object.assign(new Error(message), { name: 'NoProgress' });
}

function usageOf({ meter }: Session): Pick<Usage, 'calls' | 'throttles'> {
  return { calls: meter.total, throttles: meter.throttles };
}

function elapsed(from: Date, to: Date): number {
  return Math.max(0, to.getTime() - from.getTime());
}

function countKinds(transitions: readonly Transition[]): JobResult['transitions'] {
  const counts = noTransitions();
  for (const { kind } of transitions) counts[kind] += 1;
  return counts;
}

const NOTHING = { resources: 0, evaluations: 0, unknown: 0, transitions: noTransitions(), calls: 0, throttles: 0 };
