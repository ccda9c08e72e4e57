import type { ResourceIdentity, ResourceType, Scope } from '../inventory/resource.ts';
import type { Cause } from './cause.ts';
import { type Exception, type ExceptionTerms, isSameTerms, toTerms } from './exception.ts';
import { type Exceptions, exceptionFor, NO_EXCEPTIONS } from './exceptions.ts';
import { type Facts, isSameFacts, toFacts, toReason } from './facts.ts';
import { type Evaluation, type Finding, findingId, type HistoryEntry, type Transition, type TransitionKind } from './finding.ts';
import { hasReaction } from './reaction-id.ts';
import { isWorse } from './severity.ts';
import { SEVERITY } from './severity-evidence.ts';
import { SWITCHED_OFF } from './switched-off.ts';
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
  /** Ids of the checks that the configuration switches off everywhere: what they found is resolved. Not those that were merely not chosen. */
  readonly switchedOff?: ReadonlySet<string> | undefined;
  /** What the team has excepted. Absent: nobody knows, so that no exception begins or ends. */
  readonly exceptions?: Exceptions | undefined;
  /** Who is behind a change, as far as is known. */
  readonly causeOf?: (finding: Pick<Finding, 'checkId' | 'resource' | 'state'>) => Cause | undefined;
}

export interface Reconciliation {
  /** By finding id. */
  readonly transitions: readonly Transition[];
  /** Open and excepted findings of the scope that stay as they are. */
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
 * is missing from a complete listing. UNKNOWN changes nothing, and neither does an observation older than the finding's own. What an exception that is in
 * force at the time of the look covers is excepted in place of open, and open again once none does: for that no verdict is needed.
 */
export function reconcile(before: Iterable<Finding>, evaluations: readonly Evaluation[], given: Look): Reconciliation {
  const look = normalise(given);
  const verdicts = worstPerFinding(evaluations);
  const known = new Map<string, Finding>();
  for (const finding of before) known.set(keyOf(finding), finding);
  const after = (key: string, finding: Finding | undefined) => {
    const verdict = verdicts.get(key);
    if (verdict) return judged(finding, verdict, look);
    if (!finding) return undefined;
    if (isSwitchedOff(finding, look)) return resolve(finding, SWITCHED_OFF, finding.resource, look);
    return isGone(finding, look) ? resolve(finding, GONE, finding.resource, look) : decided(finding, finding.resource, look);
  };
  const keys = new Set([...known.keys(), ...verdicts.keys()]);
  const transitions = [...keys].flatMap((key) => after(key, known.get(key)) ?? []);
  const moved = new Set(transitions.map(({ finding }) => finding.id));
  return {
    transitions: transitions.sort((a, b) => (a.finding.id < b.finding.id ? -1 : 1)),
    unchanged: known.values().reduce((count, { id, state }) => count + (state !== 'resolved' && !moved.has(id) ? 1 : 0), 0),
    again: (transition, current) => after(keyOf(transition.finding), current),
  };
}

/** The same for a single finding and verdict. */
export function reconcileOne(finding: Finding | undefined, evaluation: Evaluation, look: Look): Transition | undefined {
  return judged(finding, evaluation, normalise(look));
}

function judged(finding: Finding | undefined, evaluation: Evaluation, look: Look): Transition | undefined {
  if (finding && isOlder(look.observedAt, finding.observedAt)) return undefined;
  // What AWS wrote down before the finding's newest change knows nothing of that change.
  if (finding && isOlder(evaluation.asOf, finding.judgedAt ?? finding.observedAt)) return decided(finding, evaluation.resource, look);
  switch (evaluation.status) {
    case 'FAIL':
      return failed(finding, evaluation, look);
    case 'PASS':
      return finding && resolve(finding, 'passes now', evaluation.resource, look);
    case 'NOT_APPLICABLE':
      return finding && resolve(finding, whyNotApplicable(evaluation.reason), evaluation.resource, look);
    case 'UNKNOWN':
      return finding && decided(finding, evaluation.resource, look);
    default:
      return evaluation satisfies never;
  }
}

/** What becomes of a finding because an exception has begun or ended, where nothing else is news. */
function decided(finding: Finding, resource: ResourceIdentity, look: Look): Transition | undefined {
  const decision = decide(finding, resource, look);
  if (!decision) return undefined;
  const judgedAt = finding.judgedAt ?? finding.observedAt;
  return step(finding, decision, { ...toStanding(finding, decision.exception), resource, judgedAt }, finding, look);
}

/** What kind of step an exception calls for, and which exception holds from then on. */
interface Decision {
  readonly kind: 'excepted' | 'lapsed' | 'changed';
  readonly exception: Exception | undefined;
}

/** `undefined` when it is as it was. The newest look decides: one that began before it may know neither what was excepted since, nor what ended. */
function decide(finding: Finding, resource: ResourceIdentity, look: Look): Decision | undefined {
  const { checkId, state, exception: known } = finding;
  if (!look.exceptions || state === 'resolved' || isOlder(look.observedAt, finding.observedAt) || isOlder(look.observedAt, look.seenAt))
    return undefined;
  const exception = exceptionFor({ checkId, resource }, look.exceptions, look.observedAt);
  if (!exception) return state === 'excepted' ? { kind: 'lapsed', exception } : undefined;
  if (state === 'open') return { kind: 'excepted', exception };
  return known && isSameTerms(known, exception) ? undefined : { kind: 'changed', exception };
}

function toStanding(finding: Finding, exception: ExceptionTerms | undefined): Finding {
  const { exception: _, ...rest } = finding;
  return exception ? { ...rest, state: 'excepted', exception: toTerms(exception) } : { ...rest, state: 'open' };
}

function failed(finding: Finding | undefined, evaluation: Extract<Evaluation, { status: 'FAIL' }>, look: Look): Transition | undefined {
  const facts = toFacts(evaluation);
  const { observedAt } = look;
  if (!finding) return begin(undefined, 'opened', blank(evaluation, facts, look), look);
  const { judgedAt: _, ...before } = finding;
  const seen = { ...before, ...facts, scope: toScope(look), resource: evaluation.resource };
  if (finding.state === 'resolved') {
    const reopened = { ...seen, openedAt: observedAt, resolvedAt: undefined, reopened: finding.reopened + 1 };
    return begin(finding, 'reopened', reopened, look);
  }
  const now = evaluation.severityUnsure ? asSevere(finding, facts) : facts;
  const decision = decide(finding, evaluation.resource, look);
  if (decision) return step(finding, decision, toStanding({ ...seen, ...now }, decision.exception), now, look);
  if (isSameFacts(finding, now)) return undefined;
  const isEscalated = finding.state === 'open' && isWorse(now.severity, finding.severity);
  return step(finding, { kind: isEscalated ? 'escalated' : 'changed' }, { ...seen, ...now }, now, look);
}

/** What fails anew is open, unless it is excepted beforehand. */
function begin(before: Finding | undefined, kind: 'opened' | 'reopened', next: Finding, look: Look): Transition {
  const exception = exceptionFor(next, look.exceptions ?? NO_EXCEPTIONS, look.observedAt);
  return step(before, exception ? { kind: 'excepted', exception } : { kind }, toStanding(next, exception), next, look);
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

/** The finding keeps the facts that it stood for; its history says why it is resolved. */
function resolve(finding: Finding, reason: string, resource: ResourceIdentity, look: Look): Transition | undefined {
  if (finding.state === 'resolved' || isOlder(look.observedAt, look.seenAt)) return undefined;
  const { exception: _, judgedAt: __, ...rest } = finding;
  const resolved = { ...rest, resource, state: 'resolved' as const, resolvedAt: look.observedAt };
  return step(finding, { kind: 'resolved' }, resolved, { severity: finding.severity, reason: toReason(reason) }, look);
}

function step(
  before: Finding | undefined,
  { kind, exception: decision }: { readonly kind: TransitionKind; readonly exception?: ExceptionTerms | undefined },
  next: Finding,
  { severity, reason }: Pick<HistoryEntry, 'severity' | 'reason'>,
  look: Look,
): Transition {
  const { observedAt } = look;
  const exception = kind === 'lapsed' ? before?.exception : decision && toTerms(decision);
  // Whoever has touched the resource has not made the exception that was already there begin or end, nor switched off the check.
  const isDecision = (exception !== undefined && before !== undefined && before.state !== 'resolved') || reason === SWITCHED_OFF;
  const cause = isDecision ? undefined : look.causeOf?.(next);
  const entry: HistoryEntry = {
    ...{ kind, at: observedAt, runId: look.runId, severity, reason },
    ...(cause ? { cause } : {}),
    ...(exception ? { exception } : {}),
  };
  const history = withoutOldCauses([...next.history, entry].slice(-HISTORY_LENGTH));
  const isAnnounced = look.announce === 'what was told of' ? hasReaction(next.history) : look.announce;
  const unannounced = next.unannounced || (isAnnounced && isNewestUrgent(history));
  return { kind, before, finding: { ...next, observedAt, version: next.version + 1, history, unannounced } };
}

/** Who was behind what happened long ago is in the messages; an item has room for fifty steps, not for fifty people and their reasons. */
function withoutOldCauses(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return history.map((entry, index) => {
    if ((entry.cause ?? entry.exception) === undefined || history.length - index <= CAUSES_KEPT) return entry;
    const { cause: _, exception: __, ...rest } = entry;
    return rest;
  });
}

function whyNotApplicable(reason: string): string {
  return reason === SWITCHED_OFF ? reason : `no longer applies: ${reason}`;
}

function isSwitchedOff({ checkId, scope, observedAt }: Finding, look: Look): boolean {
  return (
    look.switchedOff?.has(checkId) === true &&
    scope.accountId === look.scope.accountId &&
    scope.region === look.scope.region &&
    !isOlder(look.observedAt, observedAt)
  );
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

function isOlder(time: string | undefined, than: string | undefined): boolean {
  return time !== undefined && than !== undefined && time < than;
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
