import type { ResourceIdentity, ResourceType, Scope } from '../inventory/resource.ts';
import type { Cause } from './cause.ts';
import { type Facts, isSameFacts, toFacts, toReason } from './facts.ts';
import { type Evaluation, type Finding, findingId, type HistoryEntry, type Transition, type TransitionKind } from './finding.ts';
import { hasReaction } from './reaction-id.ts';
import { isWorse } from './severity.ts';
import { SEVERITY } from './severity-evidence.ts';
import { isNewestUrgent } from './urgent.ts';
import { keyOf, worstPerFinding } from './worst-evaluation.ts';

/** What one look at one scope was, and how far it can be trusted. */
export interface Look {
  readonly runId: string;
  /** When the look began, ISO 8601. */
  readonly observedAt: string;
  readonly scope: Scope;
  /** When the newest look at the scope began of which there is a record. A look that began earlier than that may open findings, but resolves none. */
  readonly seenAt: string | undefined;
  /** The ARNs of all that there is, of the types of which everything in the scope was listed: only of them may something be gone. */
  readonly listed: ReadonlyMap<ResourceType, ReadonlySet<string>>;
  /** The checks that ran, and the resource types that they judge. */
  readonly checkTypes: ReadonlyMap<string, readonly ResourceType[]>;
  /** Whether urgent changes wait to be announced: not without a topic, and of the first look at a scope, which is told in one digest, only those of what was told of before. */
  readonly announce: boolean | 'what was told of';
  /** Who is behind a change, as far as is known. */
  readonly causeOf?: (finding: Pick<Finding, 'checkId' | 'resource' | 'state'>) => Cause | undefined;
}

export interface Reconciliation {
  /** By finding id. */
  readonly transitions: readonly Transition[];
  /** Open findings of the scope that stay as they are. */
  readonly unchanged: number;
  /** What becomes of a transition when the store turns out to hold something else than `before`. */
  readonly again: (transition: Transition, current: Finding | undefined) => Transition | undefined;
}

/** Why a finding is resolved whose resource is no longer there. */
export const GONE = 'the resource is gone';

const HISTORY_LENGTH = 50;
const CAUSES_KEPT = 10;

/**
 * Compares what is known of a scope with what was just seen. A finding is resolved only if its check passed or no longer applies, or if its resource
 * is missing from a complete listing. UNKNOWN changes nothing, and neither does an observation older than the finding's own.
 */
export function reconcile(before: Iterable<Finding>, evaluations: readonly Evaluation[], given: Look): Reconciliation {
  const look = normalise(given);
  const verdicts = worstPerFinding(evaluations);
  const known = new Map<string, Finding>();
  for (const finding of before) known.set(keyOf(finding), finding);
  const after = (key: string, finding: Finding | undefined) => {
    const verdict = verdicts.get(key);
    if (verdict) return judged(finding, verdict, look);
    return finding && isGone(finding, look) ? resolve(finding, GONE, finding.resource, look) : undefined;
  };
  const keys = new Set([...known.keys(), ...verdicts.keys()]);
  const transitions = [...keys].flatMap((key) => after(key, known.get(key)) ?? []);
  const moved = new Set(transitions.map(({ finding }) => finding.id));
  return {
    transitions: transitions.sort((a, b) => (a.finding.id < b.finding.id ? -1 : 1)),
    unchanged: known.values().reduce((count, { id, state }) => count + (state === 'open' && !moved.has(id) ? 1 : 0), 0),
    again: (transition, current) => after(keyOf(transition.finding), current),
  };
}

/** The same for a single finding and verdict. */
export function reconcileOne(finding: Finding | undefined, evaluation: Evaluation, look: Look): Transition | undefined {
  return judged(finding, evaluation, normalise(look));
}

function judged(finding: Finding | undefined, evaluation: Evaluation, look: Look): Transition | undefined {
  // What AWS wrote down before the finding's newest change knows nothing of that change.
  if (finding && isOlder(evaluation.asOf ?? look.observedAt, finding.observedAt)) return undefined;
  switch (evaluation.status) {
    case 'FAIL':
      return failed(finding, evaluation, look);
    case 'PASS':
      return finding && resolve(finding, 'passes now', evaluation.resource, look);
    case 'NOT_APPLICABLE':
      return finding && resolve(finding, `no longer applies: ${evaluation.reason}`, evaluation.resource, look);
    case 'UNKNOWN':
      return undefined;
    default:
      return evaluation satisfies never;
  }
}

function failed(finding: Finding | undefined, evaluation: Extract<Evaluation, { status: 'FAIL' }>, look: Look): Transition | undefined {
  const facts = toFacts(evaluation);
  const { observedAt } = look;
  if (!finding) return step(undefined, 'opened', blank(evaluation, facts, look), facts, look);
  const seen = { ...finding, ...facts, scope: toScope(look), resource: evaluation.resource };
  if (finding.state === 'resolved') {
    const reopened = { ...seen, state: 'open' as const, openedAt: observedAt, resolvedAt: undefined, reopened: finding.reopened + 1 };
    return step(finding, 'reopened', reopened, facts, look);
  }
  const now = evaluation.severityUnsure ? asSevere(finding, facts) : facts;
  if (isSameFacts(finding, now)) return undefined;
  return step(finding, isWorse(now.severity, finding.severity) ? 'escalated' : 'changed', { ...seen, ...now }, now, look);
}

/** What could not be read raises nothing, and makes nothing of less account: a group that was seen unattached stays so until somebody sees it attached. */
function asSevere(finding: Finding, facts: Facts): Facts {
  if (facts.severity === finding.severity) return facts;
  const told = finding.evidence[SEVERITY];
  const { [SEVERITY]: _, ...evidence } = facts.evidence;
  const kept = { ...facts, severity: finding.severity, evidence: told === undefined ? evidence : { ...evidence, [SEVERITY]: told } };
  const asBefore = { ...kept, reason: finding.reason };
  return isSameFacts(finding, asBefore) ? asBefore : kept;
}

function blank({ checkId, resource }: Evaluation, facts: Facts, look: Look): Finding {
  const { observedAt } = look;
  return {
    id: findingId(checkId, resource.arn),
    checkId,
    scope: toScope(look),
    resource,
    state: 'open',
    ...facts,
    firstSeenAt: observedAt,
    openedAt: observedAt,
    resolvedAt: undefined,
    reopened: 0,
    observedAt,
    version: 0,
    history: [],
    unannounced: false,
  };
}

/** The finding keeps the facts that it was open for; its history says why it is resolved. */
function resolve(finding: Finding, reason: string, resource: ResourceIdentity, look: Look): Transition | undefined {
  if (finding.state === 'resolved' || isOlder(look.observedAt, look.seenAt)) return undefined;
  const resolved = { ...finding, resource, state: 'resolved' as const, resolvedAt: look.observedAt };
  return step(finding, 'resolved', resolved, { severity: finding.severity, reason: toReason(reason) }, look);
}

function step(
  before: Finding | undefined,
  kind: TransitionKind,
  next: Finding,
  { severity, reason }: Pick<HistoryEntry, 'severity' | 'reason'>,
  look: Look,
): Transition {
  const { observedAt } = look;
  const cause = look.causeOf?.(next);
  const entry: HistoryEntry = { kind, at: observedAt, runId: look.runId, severity, reason, ...(cause ? { cause } : {}) };
  const history = withoutOldCauses([...next.history, entry].slice(-HISTORY_LENGTH));
  const isAnnounced = look.announce === 'what was told of' ? hasReaction(next.history) : look.announce;
  const unannounced = next.unannounced || (isAnnounced && isNewestUrgent(history));
  return { kind, before, finding: { ...next, observedAt, version: next.version + 1, history, unannounced } };
}

/** Who was behind what happened long ago is in the messages; an item has room for fifty steps, not for fifty people. */
function withoutOldCauses(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return history.map((entry, index) => {
    if (entry.cause === undefined || history.length - index <= CAUSES_KEPT) return entry;
    const { cause: _, ...rest } = entry;
    return rest;
  });
}

function isGone(finding: Finding, look: Look): boolean {
  const { scope, resource, checkId } = finding;
  return (
    scope.accountId === look.scope.accountId &&
    scope.region === look.scope.region &&
    !isOlder(look.observedAt, finding.observedAt) &&
    look.checkTypes.get(checkId)?.includes(resource.type) === true &&
    look.listed.get(resource.type)?.has(resource.arn) === false
  );
}

function isOlder(time: string, than: string | undefined): boolean {
  return than !== undefined && time < than;
}

function toScope({ scope: { accountId, region } }: Look): Scope {
  return { accountId, region };
}

/** One form for all times, so that their order is that of their text: the stores compare them. */
function normalise(look: Look): Look {
  return { ...look, observedAt: toIso(look.observedAt), seenAt: look.seenAt === undefined ? undefined : toIso(look.seenAt) };
}

function toIso(time: string): string {
  return new Date(time).toISOString();
}
