import type { AnyCheck, Failure, Params, Severity, SeverityModifier, Verdict } from '../checks/check.ts';
import { isUnread } from '../checks/predicates/logic.ts';
import { judge } from '../checks/registry.ts';
import type { Facet, UnreadReason } from '../inventory/facet.ts';
import type { Resource } from '../inventory/reader.ts';
import type { ResourceIdentity } from '../inventory/resource.ts';
import type { Evaluation } from './finding.ts';
import { severityEvidence } from './severity-evidence.ts';
import { SWITCHED_OFF } from './switched-off.ts';

/** A check made ready to run: its params and severity as this team has set them, and the time at which it judges. */
export interface ReadyCheck {
  readonly check: AnyCheck;
  readonly severity: Severity;
  readonly given: object;
  /** It is switched off, though perhaps not for every resource. */
  readonly off?: boolean;
  /** The same made ready for one resource; absent where it is the same for all. */
  readonly at?: (identity: ResourceIdentity, units: readonly string[] | undefined) => ReadyCheck;
  /** Ids of the root and the organizational units that the account is in, from the root down, or why they are not known. */
  readonly units?: AccountUnits;
  /** Other settings may hold for the resource, but nobody could find out: what looks well may not be. */
  readonly unsure?: boolean;
}

export type AccountUnits = readonly string[] | UnreadReason;

/** What a team has set of a check. */
export interface CheckSettings {
  readonly severity?: Severity;
  readonly params?: Params;
  /** `undefined`: it runs. */
  readonly enabled?: boolean;
}

/** What is set otherwise for one resource; the same object wherever the same is set. */
export interface ResourceSettings extends CheckSettings {
  readonly unsure: boolean;
}

export type Tuning = (identity: ResourceIdentity, units: readonly string[] | undefined) => ResourceSettings | undefined;

/** Prepares a check once for many resources. */
export function ready(check: AnyCheck, now: Date, settings: CheckSettings = {}, tuning?: Tuning): ReadyCheck {
  for (const name of check.needs) View.show(name);
  const everywhere = toReady(check, now, settings);
  if (!tuning) return everywhere;
  const known = new Map<ResourceSettings, ReadyCheck>();
  const toTuned = (tuned: ResourceSettings): ReadyCheck => {
    const { enabled = settings.enabled, unsure } = tuned;
    return { ...toReady(check, now, { ...tuned, enabled }), unsure };
  };
  return {
    ...everywhere,
    at(identity, units) {
      const tuned = tuning(identity, units);
      if (tuned === undefined) return everywhere;
      const one = known.get(tuned) ?? toTuned(tuned);
      known.set(tuned, one);
      return one;
    },
  };
}

function toReady(check: AnyCheck, now: Date, { severity = check.severity, params, enabled = true }: CheckSettings): ReadyCheck {
  const bare = { check, severity, given: { ...check.params, ...params, now } };
  return enabled ? bare : { ...bare, off: true };
}

/** Tells checks in which organizational units the account is that they are to judge; `undefined`: nobody has asked. */
export function inUnits(checks: readonly ReadyCheck[], units: AccountUnits | undefined): readonly ReadyCheck[] {
  return units === undefined ? checks : checks.map((one) => (one.at ? { ...one, units } : one));
}

/**
 * Judges one resource. Facets are asked of AWS only when the check touches them: it then starts over, and being pure comes back to the same place.
 * At once if all it touches is here already; otherwise a promise.
 */
export function evaluate(ready: ReadyCheck, resource: Resource): Evaluation | Promise<Evaluation> {
  const { at } = ready;
  return at === undefined ? evaluateBy(ready, resource) : evaluateTuned(ready, at, resource);
}

function evaluateTuned(ready: ReadyCheck, at: NonNullable<ReadyCheck['at']>, resource: Resource): Evaluation | Promise<Evaluation> {
  const { units } = ready;
  const tuned = at(resource.identity, isKnown(units) ? units : undefined);
  const evaluation = evaluateBy(tuned, resource);
  if (!tuned.unsure) return evaluation;
  const toDoubt = (sure: Evaluation) => doubted(sure, tuned, isKnown(units) ? UNITS_NOT_KNOWN : (units ?? UNITS_NOT_KNOWN));
  return evaluation instanceof Promise ? evaluation.then(toDoubt) : toDoubt(evaluation);
}

function isKnown(units: AccountUnits | undefined): units is readonly string[] {
  return Array.isArray(units);
}

const UNITS_NOT_KNOWN: UnreadReason = {
  ...{ cause: 'no-data', operation: 'organizations:ListAccountsForParent', permissions: [] },
  message: 'nobody knows yet in which organizational units the account is, by which posture.yaml has other settings for this check',
};

/** Under other settings a failure may be none; but nothing passes, and nothing open is resolved, by settings that may not hold. */
function doubted(evaluation: Evaluation, { severity }: ReadyCheck, reason: UnreadReason): Evaluation {
  if (evaluation.status === 'FAIL' || evaluation.status === 'UNKNOWN') return evaluation;
  const { checkId, resource } = evaluation;
  return { checkId, resource, status: 'UNKNOWN', severity, reason: reason.message, unread: reason, crashed: false };
}

function evaluateBy(ready: ReadyCheck, resource: Resource): Evaluation | Promise<Evaluation> {
  if (ready.off) return { checkId: ready.check.id, resource: resource.identity, status: 'NOT_APPLICABLE', reason: SWITCHED_OFF };
  const view = new View(resource);
  try {
    const evaluation = toEvaluation(ready, resource, judge(ready.check, view, ready.given));
    const asOf = View.asOf(view);
    return asOf === undefined ? evaluation : { ...evaluation, asOf };
  } catch (error) {
    if (error instanceof Awaited)
      return error.facet.then(
        () => evaluateBy(ready, resource),
        (crash: unknown) => toUnknown(ready, resource, crash),
      );
    return toUnknown(ready, resource, error);
  }
}

function toEvaluation(ready: ReadyCheck, { identity }: Resource, verdict: Verdict): Evaluation {
  const checkId = ready.check.id;
  switch (verdict.status) {
    case 'PASS':
      return { checkId, resource: identity, status: 'PASS' };
    case 'NOT_APPLICABLE':
      return { checkId, resource: identity, status: 'NOT_APPLICABLE', reason: verdict.reason };
    case 'FAIL':
      return toFailure(ready, identity, verdict);
    default:
      return verdict satisfies never;
  }
}

function toFailure({ check, severity }: ReadyCheck, identity: ResourceIdentity, failure: Failure): Evaluation {
  const { reason, modifiers = NONE } = failure;
  const isPlain = modifiers.length === 0 && severity === check.severity;
  const evidence = isPlain
    ? failure.evidence
    : { ...failure.evidence, ...severityEvidence({ base: check.severity, set: severity, modifiers }) };
  const evaluation = {
    checkId: check.id,
    resource: identity,
    status: 'FAIL',
    reason,
    evidence,
    severity: failure.severity ?? severity,
  } as const;
  return failure.severityUnsure ? { ...evaluation, severityUnsure: true } : evaluation;
}

const NONE: readonly SeverityModifier[] = [];

function toUnknown({ check, severity }: ReadyCheck, { identity }: Resource, error: unknown): Evaluation {
  const judged = { checkId: check.id, resource: identity, status: 'UNKNOWN', severity } as const;
  if (isUnread(error)) return { ...judged, reason: error.reason.message, unread: error.reason, crashed: false };
  const reason = `the check itself failed: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`;
  return { ...judged, reason, unread: undefined, crashed: true };
}

/** Thrown through a check that touched a facet which AWS must be asked for first. No error, so without the cost of a stack trace. */
class Awaited {
  readonly facet: Promise<Facet<unknown>>;

  constructor(facet: Promise<Facet<unknown>>) {
    this.facet = facet;
  }
}

const unreads = new WeakMap<UnreadReason, Error>();

/** One error per refusal: a denied call may blind a thousand verdicts, and a stack trace for each costs more than the verdict. */
function toUnread(reason: UnreadReason): Error {
  const known = unreads.get(reason);
  if (known) return known;
  const unread = Object.assign(new Error(reason.message), { name: 'Unread', reason });
  unreads.set(reason, unread);
  return unread;
}

/**
 * What checks see of a resource: a getter for each facet that one of them needs. Views of all checks are of one class: code that meets one
 * shape only runs twice as fast, and types see to it that no check touches what it does not declare.
 */
class View {
  readonly #resource: Resource;
  #asOf: string | undefined;

  constructor(resource: Resource) {
    this.#resource = resource;
    this.#asOf = undefined;
  }

  /** How old what was touched is, where that is older than the look (ISO 8601 UTC). */
  static asOf(view: View): string | undefined {
    return view.#asOf;
  }

  static show(name: string): void {
    if (Object.hasOwn(View.prototype, name)) return;
    Object.defineProperty(View.prototype, name, {
      get(this: View) {
        return this.#touch(name);
      },
    });
  }

  get identity() {
    return this.#resource.identity;
  }

  #touch(name: string): unknown {
    const facet = this.#resource.facet(name);
    if (facet instanceof Promise) throw new Awaited(facet);
    if (!facet.read) throw toUnread(facet.reason);
    const { asOf } = facet;
    if (asOf !== undefined && (this.#asOf === undefined || asOf < this.#asOf)) this.#asOf = asOf;
    return facet.value;
  }
}
