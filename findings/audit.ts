import pLimit from 'p-limit';
import type { ChangeLookup } from '../inventory/events/lookup.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import type { ReadyCheck } from './evaluate.ts';
import type { Exceptions } from './exceptions.ts';
import type { Evaluation, Finding, Transition } from './finding.ts';
import { type Observation, sourcesOf } from './observe.ts';
import type { Coverage, RunRecord } from './run.ts';
import { scanScope } from './scan-scope.ts';
import type { FindingStore } from './store.ts';

export interface AuditOptions {
  readonly session: Session;
  readonly sources: readonly ResourceSource[];
  readonly scopes: readonly Scope[];
  readonly checks: readonly ReadyCheck[];
  /** Ids of the checks that the configuration switches off everywhere. */
  readonly switchedOff?: readonly string[] | undefined;
  /** Absent: judge only, keep nothing. */
  readonly store: FindingStore | undefined;
  readonly runId: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly regionsNotEnabled: readonly string[];
  readonly regionsLeftOut: readonly string[];
  /** Whether what changed is to be announced. */
  readonly topic: boolean;
  /** What the team has excepted. Absent: nobody knows, so that no exception begins or ends. */
  readonly exceptions?: Exceptions | undefined;
  /** Finds out who is behind what changed; absent: nobody asks. */
  readonly lookUp?: ChangeLookup | undefined;
  readonly onProgress?: (progress: Progress) => void;
}

/** How far an audit is: listings done, of those to do, and what AWS was asked. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly calls: number;
  readonly throttles: number;
}

export interface AuditResult {
  readonly run: RunRecord;
  readonly coverage: Coverage;
  readonly evaluations: readonly Evaluation[];
  readonly transitions: readonly Transition[];
  /** Every finding of the audited scopes as it stands now, by id. */
  readonly findings: ReadonlyMap<string, Finding>;
}

/** Enough to keep AWS busy; more would only hold more answers in memory at once. */
const CONCURRENT_SCOPES = 6;

/** Audits one account: looks at every scope, compares with what is known, keeps what changed. A scope is kept as soon as it is done. */
export async function audit(options: AuditOptions): Promise<AuditResult> {
  const { store, session, scopes, topic } = options;
  const started = await toRun(options);
  await store?.saveRun(started);
  const onTypeDone = progressOf(options);
  const kept = await pLimit(CONCURRENT_SCOPES).map(scopes, async (scope): Promise<Kept> => {
    const scan = await scanScope({ ...options, scope, announce: topic && !started.first, onTypeDone });
    const { evaluations, resources, incompleteTypes } = scan.observation;
    return { scope, evaluations, resources, incompleteTypes, transitions: scan.transitions, findings: scan.findings };
  });
  const finishedAt = options.now();
  const usage = {
    calls: session.meter.total,
    throttles: session.meter.throttles,
    milliseconds: Math.max(0, finishedAt.getTime() - options.startedAt.getTime()),
  };
  const run = { ...started, finishedAt: finishedAt.toISOString(), coverage: { ...toCoverage(options, kept), usage } };
  await store?.saveRun(run);
  return {
    run,
    coverage: run.coverage,
    evaluations: kept.flatMap(({ evaluations }) => evaluations),
    transitions: kept.flatMap(({ transitions }) => transitions),
    findings: new Map(kept.flatMap(({ findings }) => findings.map((finding) => [finding.id, finding]))),
  };
}

async function toRun({ store, runId, startedAt, session, checks, scopes, topic }: AuditOptions): Promise<RunRecord> {
  return {
    id: runId,
    accountId: session.accountId,
    startedAt: startedAt.toISOString(),
    finishedAt: undefined,
    first: store === undefined || !(await hasFinishedRun(store, session.accountId)),
    checkIds: checks.map(({ check }) => check.id),
    regions: scopes.map(({ region }) => region),
    coverage: undefined,
    digest: topic ? 'unsent' : 'none',
  };
}

async function hasFinishedRun(store: FindingStore, accountId: string): Promise<boolean> {
  for await (const run of store.runs(accountId)) if (run.finishedAt !== undefined) return true;
  return false;
}

/** What remains of a scope's scan: not the listings, which may be long. */
interface Kept extends Pick<Observation, 'scope' | 'evaluations' | 'resources' | 'incompleteTypes'> {
  readonly transitions: readonly Transition[];
  readonly findings: readonly Finding[];
}

function progressOf({ scopes, sources, checks, session, onProgress }: AuditOptions): () => void {
  const total = scopes.reduce((sum, scope) => sum + sourcesOf(scope, sources, checks).length, 0);
  let done = 0;
  return () => {
    done += 1;
    onProgress?.({ done, total, calls: session.meter.total, throttles: session.meter.throttles });
  };
}

function toCoverage({ session, regionsNotEnabled, regionsLeftOut }: AuditOptions, kept: readonly Kept[]): Coverage {
  const scopes = kept.map(({ scope, resources, evaluations, incompleteTypes }) => ({
    ...scope,
    resources,
    evaluations: evaluations.length,
    unknown: evaluations.filter(({ status }) => status === 'UNKNOWN').length,
    incompleteTypes: [...incompleteTypes].sort(),
  }));
  const sum = (count: (scope: (typeof scopes)[number]) => number): number => scopes.reduce((total, scope) => total + count(scope), 0);
  return {
    evaluations: sum(({ evaluations }) => evaluations),
    unknown: sum(({ unknown }) => unknown),
    crashed: kept.flatMap(({ evaluations }) => evaluations).filter((evaluation) => evaluation.status === 'UNKNOWN' && evaluation.crashed)
      .length,
    resources: sum(({ resources }) => resources),
    scopes,
    gaps: session.coverage.gaps,
    regionsNotEnabled,
    regionsLeftOut,
  };
}
