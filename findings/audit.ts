import pLimit from 'p-limit';
import type { ResourceSource } from '../inventory/reader.ts';
import type { Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import type { ReadyCheck } from './evaluate.ts';
import type { Evaluation, Finding, Transition } from './finding.ts';
import { toScopeRecord } from './last-seen.ts';
import { type Observation, type Observer, observe, sourcesOf } from './observe.ts';
import { type Look, reconcile } from './reconcile.ts';
import type { Coverage, RunRecord } from './run.ts';
import { saveTransitions } from './save.ts';
import type { FindingStore } from './store.ts';

export interface AuditOptions {
  readonly session: Session;
  readonly sources: readonly ResourceSource[];
  readonly scopes: readonly Scope[];
  readonly checks: readonly ReadyCheck[];
  /** Absent: judge only, keep nothing. */
  readonly store: FindingStore | undefined;
  readonly runId: string;
  readonly startedAt: Date;
  readonly now: () => Date;
  readonly regionsNotEnabled: readonly string[];
  readonly regionsLeftOut: readonly string[];
  /** Whether what changed is to be announced. */
  readonly topic: boolean;
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
  const { store } = options;
  const started = await toRun(options);
  await store?.saveRun(started);
  const observer: Observer = { ...options, onTypeDone: progressOf(options) };
  const kept = await pLimit(CONCURRENT_SCOPES).map(options.scopes, async (scope) => keep(options, started, await observe(observer, scope)));
  const observations = kept.map(({ observation }) => observation);
  const run = { ...started, finishedAt: options.now().toISOString(), coverage: toCoverage(options, observations) };
  await store?.saveRun(run);
  return {
    run,
    coverage: run.coverage,
    evaluations: observations.flatMap(({ evaluations }) => evaluations),
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

interface Kept {
  readonly observation: Observation;
  readonly transitions: readonly Transition[];
  readonly findings: readonly Finding[];
}

/** Compares an observation with what the store knows of its scope, and keeps the difference. */
async function keep(options: AuditOptions, run: RunRecord, observation: Observation): Promise<Kept> {
  const { store } = options;
  if (!store) return { observation, transitions: [], findings: [] };
  const { scope } = observation;
  const findings = new Map<string, Finding>();
  for await (const finding of store.findings(scope)) findings.set(finding.id, finding);
  const previous = await store.scopeRecord(scope);
  const { transitions, again } = reconcile(findings.values(), observation.evaluations, toLook(options, run, observation, previous?.seenAt));
  const saved = await saveTransitions(store, transitions, again);
  for (const finding of [...saved.superseded, ...saved.transitions.map((transition) => transition.finding)])
    findings.set(finding.id, finding);
  await store.saveScopeRecord(toScopeRecord(previous, run, observation, findings.values()));
  return { observation, transitions: saved.transitions, findings: [...findings.values()] };
}

function toLook({ checks, sources, topic }: AuditOptions, run: RunRecord, observation: Observation, seenAt: string | undefined): Look {
  const { scope, observedAt, incompleteTypes } = observation;
  const listed = sourcesOf(scope, sources, checks).map(({ type }) => type);
  return {
    runId: run.id,
    observedAt,
    scope,
    seenAt,
    completeTypes: new Set(listed.filter((type) => !incompleteTypes.has(type))),
    checkTypes: new Map(checks.map(({ check }) => [check.id, check.resourceTypes])),
    announce: topic && !run.first,
  };
}

function progressOf({ scopes, sources, checks, session, onProgress }: AuditOptions): () => void {
  const total = scopes.reduce((sum, scope) => sum + sourcesOf(scope, sources, checks).length, 0);
  let done = 0;
  return () => {
    done += 1;
    onProgress?.({ done, total, calls: session.meter.total, throttles: session.meter.throttles });
  };
}

function toCoverage({ session, regionsNotEnabled, regionsLeftOut }: AuditOptions, observations: readonly Observation[]): Coverage {
  const scopes = observations.map(({ scope, resources, evaluations, incompleteTypes }) => ({
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
    crashed: observations
      .flatMap(({ evaluations }) => evaluations)
      .filter((evaluation) => evaluation.status === 'UNKNOWN' && evaluation.crashed).length,
    resources: sum(({ resources }) => resources),
    scopes,
    gaps: session.coverage.gaps,
    regionsNotEnabled,
    regionsLeftOut,
  };
}
