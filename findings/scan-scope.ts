import type { Scope } from '../inventory/resource.ts';
import type { Finding, Transition } from './finding.ts';
import { isFirstLook } from './first-look.ts';
import type { Bookmark, Sight } from './job.ts';
import { type Observation, type Observer, observe, type TimeLimit } from './observe.ts';
import { type Look, reconcile } from './reconcile.ts';
import type { ScopeRecord } from './run.ts';
import { saveTransitions } from './save.ts';
import { blindChecks, toScopeRecord } from './scope-record.ts';
import type { FindingStore } from './store.ts';

export interface ScopeScanOptions extends Observer {
  readonly scope: Scope;
  /** Absent: judge only, keep nothing. */
  readonly store: FindingStore | undefined;
  readonly runId: string;
  /** Whether urgent changes are to be announced one by one, unless this is the first look at the scope. */
  readonly announce: boolean;
  /** Of a scan that may take several rounds; absent: it takes as long as it takes. */
  readonly rounds?: Rounds | undefined;
}

export interface Rounds extends TimeLimit {
  /** What all rounds so far have seen, given what the last one did. */
  readonly toSight: (observation: Observation) => Sight;
}

/** What a scan, or one round of it, gave. The bookmark says what is left for the next. */
export type ScopeScan = {
  readonly observation: Observation;
  /** What changed. */
  readonly transitions: readonly Transition[];
  /** Every finding of the scope as it stands now; of a scan in rounds those that are open or changed. */
  readonly findings: readonly Finding[];
} & End;

/**
 * Looks at a scope, compares with what is known of it, and keeps what changed. When everything was seen, one record of the scope says so.
 * A scan in rounds reads no resolved findings: there are ever more of them, and one that fails again is found out when it is saved.
 */
export async function scanScope(options: ScopeScanOptions): Promise<ScopeScan> {
  const { store, scope } = options;
  const observation = await observe(options, scope, options.rounds);
  if (!store) return { ...toEnd(options, observation), observation, transitions: [], findings: [] };
  const findings = new Map<string, Finding>();
  for await (const finding of store.findings(scope, options.rounds && 'open')) findings.set(finding.id, finding);
  const previous = await store.scopeRecord(scope);
  const { transitions, again } = reconcile(findings.values(), observation.evaluations, toLook(options, observation, previous));
  const saved = await saveTransitions(store, transitions, again);
  for (const finding of [...saved.superseded, ...saved.transitions.map((transition) => transition.finding)])
    findings.set(finding.id, finding);
  const end = toEnd(options, observation);
  if (end.status === 'done') await store.saveScopeRecord(toRecord(options, observation, previous, findings.values()));
  return { ...end, observation, transitions: saved.transitions, findings: [...findings.values()] };
}

function toLook({ runId, checks, announce }: ScopeScanOptions, observation: Observation, previous: ScopeRecord | undefined): Look {
  const { scope, observedAt, listed } = observation;
  return {
    ...{ runId, observedAt, scope, listed },
    seenAt: previous?.lookedAt ?? previous?.seenAt,
    checkTypes: new Map(checks.map(({ check }) => [check.id, check.resourceTypes])),
    announce: announce && !isFirstLook(previous, runId),
  };
}

type End = { readonly status: 'done' } | { readonly status: 'unfinished'; readonly bookmark: Bookmark };

function toEnd({ rounds }: ScopeScanOptions, observation: Observation): End {
  if (observation.finished || !rounds) return { status: 'done' };
  const { bookmark } = rounds;
  const startedAt = bookmark?.startedAt ?? observation.observedAt;
  const blind = [...blindSoFar(bookmark, observation)].sort();
  return { status: 'unfinished', bookmark: { startedAt, ...observation.reached, blind, sight: rounds.toSight(observation) } };
}

function toRecord(
  { runId, checks, rounds }: ScopeScanOptions,
  observation: Observation,
  previous: ScopeRecord | undefined,
  findings: Iterable<Finding>,
): ScopeRecord {
  const { scope, observedAt } = observation;
  const seen = {
    scope,
    startedAt: rounds?.bookmark?.startedAt ?? observedAt,
    lookedAt: observedAt,
    blind: blindSoFar(rounds?.bookmark, observation),
    sight: rounds?.toSight(observation),
  };
  return toScopeRecord(previous, { id: runId, checkIds: checks.map(({ check }) => check.id) }, seen, findings);
}

function blindSoFar(bookmark: Bookmark | undefined, { evaluations }: Observation): ReadonlySet<string> {
  return new Set([...blindChecks(evaluations), ...(bookmark?.blind ?? [])]);
}
