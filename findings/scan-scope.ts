import type { ChangeLookup } from '../inventory/events/lookup.ts';
import type { Scope } from '../inventory/resource.ts';
import { causesOf } from './attribute.ts';
import { addTallies, type LookTally, tallyOf } from './check-tally.ts';
import type { Exceptions } from './exceptions.ts';
import { type Finding, findingId, type Transition } from './finding.ts';
import { isFirstLook } from './first-look.ts';
import type { Bookmark, Sight } from './job.ts';
import { type Observation, type Observer, observe, type TimeLimit } from './observe.ts';
import { type Look, type Reconciliation, reconcile } from './reconcile.ts';
import type { ScopeRecord } from './run.ts';
import { saveTransitions } from './save.ts';
import { blindChecks, sightedAt, toScopeRecord } from './scope-record.ts';
import type { FindingStore } from './store.ts';

export interface ScopeScanOptions extends Observer {
  readonly scope: Scope;
  /** Absent: judge only, keep nothing. */
  readonly store: FindingStore | undefined;
  readonly runId: string;
  /** Whether urgent changes are to be announced one by one, unless this is the first look at the scope. */
  readonly announce: boolean;
  /** What the team has excepted. Absent: nobody knows, so that no exception begins or ends. */
  readonly exceptions?: Exceptions | undefined;
  /** Ids of the root and the organizational units that the account is in, if they were asked for: reactions go by them until the next look. */
  readonly units?: readonly string[] | undefined;
  /** Ids of the checks that the configuration switches off everywhere. */
  readonly switchedOff?: readonly string[] | undefined;
  /** Finds out who is behind what changed; absent: nobody asks. */
  readonly lookUp?: ChangeLookup | undefined;
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
  /** Every finding of the scope as it stands now; of a scan in rounds those that are not resolved, or changed. */
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
  for await (const finding of store.findings(scope, options.rounds && 'unresolved')) findings.set(finding.id, finding);
  const previous = await store.scopeRecord(scope);
  const { transitions, again } = await reconciled(options, observation, previous, findings);
  const saved = await saveTransitions(store, transitions, again);
  for (const finding of [...saved.superseded, ...saved.transitions.map((transition) => transition.finding)])
    findings.set(finding.id, finding);
  const end = toEnd(options, observation);
  if (end.status === 'done') await store.saveScopeRecord(toRecord(options, observation, previous, findings.values()));
  return { ...end, observation, transitions: saved.transitions, findings: [...findings.values()] };
}

/** A second time with who is behind it, if that was found out: a first look at a scope shows how things are, and not what has changed. */
async function reconciled(
  options: ScopeScanOptions,
  observation: Observation,
  previous: ScopeRecord | undefined,
  findings: ReadonlyMap<string, Finding>,
): Promise<Reconciliation> {
  const { lookUp, rounds, runId } = options;
  const look = toLook(options, observation, previous);
  const reconciliation = reconcile(findings.values(), observation.evaluations, look);
  if (!lookUp || isFirstLook(previous, runId)) return reconciliation;
  const causes = await causesOf(reconciliation.transitions, {
    ...{ ...options, lookUp, outOfTime: rounds?.outOfTime ?? (() => false) },
    sightedAt: (checkId) => sightedAt(previous, checkId),
  });
  if (causes.size === 0) return reconciliation;
  return reconcile(findings.values(), observation.evaluations, {
    ...look,
    causeOf: ({ checkId, resource }) => causes.get(findingId(checkId, resource.arn)),
  });
}

function toLook(
  { runId, checks, announce, exceptions, switchedOff = [] }: ScopeScanOptions,
  observation: Observation,
  previous: ScopeRecord | undefined,
): Look {
  const { scope, observedAt, listed } = observation;
  return {
    ...{ runId, observedAt, scope, listed, exceptions },
    seenAt: previous?.lookedAt ?? previous?.seenAt,
    switchedOff: new Set(switchedOff),
    checkTypes: new Map(checks.map(({ check }) => [check.id, check.resourceTypes])),
    announce: announce && (isFirstLook(previous, runId) ? 'what was told of' : true),
  };
}

type End = { readonly status: 'done' } | { readonly status: 'unfinished'; readonly bookmark: Bookmark };

function toEnd({ rounds }: ScopeScanOptions, observation: Observation): End {
  if (observation.finished || !rounds) return { status: 'done' };
  const { bookmark } = rounds;
  const startedAt = bookmark?.startedAt ?? observation.observedAt;
  const blind = [...blindSoFar(bookmark, observation)].sort();
  const tally = talliedSoFar(bookmark, observation);
  return {
    status: 'unfinished',
    bookmark: { startedAt, ...observation.reached, blind, sight: rounds.toSight(observation), ...(tally ? { tally } : {}) },
  };
}

function toRecord(
  { runId, checks, rounds, units }: ScopeScanOptions,
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
    tally: talliedSoFar(rounds?.bookmark, observation),
    sight: rounds?.toSight(observation),
    units,
  };
  return toScopeRecord(previous, { id: runId, checkIds: checks.map(({ check }) => check.id) }, seen, findings);
}

function blindSoFar(bookmark: Bookmark | undefined, { evaluations }: Observation): ReadonlySet<string> {
  return new Set([...blindChecks(evaluations), ...(bookmark?.blind ?? [])]);
}

/** `undefined` where the rounds before did not count. */
function talliedSoFar(bookmark: Bookmark | undefined, { evaluations }: Observation): LookTally | undefined {
  if (!bookmark) return tallyOf(evaluations);
  return bookmark.tally && addTallies(bookmark.tally, tallyOf(evaluations));
}
