import { type Activity, type AnyActivityCheck, activity, type EventSelector } from '../checks/activity.ts';
import { judgeActivity } from '../checks/activity-registry.ts';
import type { Params, Severity } from '../checks/check.ts';
import { isUnread } from '../checks/predicates/logic.ts';
import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { Scope } from '../inventory/resource.ts';
import type { CheckSettings } from './evaluate.ts';

/** An activity check with its severity and params as this team has set them. */
export interface ReadyActivity {
  readonly check: AnyActivityCheck;
  readonly severity: Severity;
  readonly params: Params;
  /** It is switched off, though perhaps not in every account and region. */
  readonly off?: boolean;
  /** The same made ready for one place; absent where it is the same in all. */
  readonly at?: (place: Scope) => ReadyActivity;
}

/** What is set otherwise in one account and region; the same object wherever the same is set. */
export type ActivityTuning = (
  place: Scope & { readonly tags: Readonly<Record<string, string>> },
  units: undefined,
) => CheckSettings | undefined;

/** What a check has to say of an event. */
export interface JudgedActivity {
  readonly check: AnyActivityCheck;
  readonly severity: Severity;
  readonly activity: Activity;
  /** The check could not tell: what decides is missing from the event or makes no sense, or the check itself failed. */
  readonly unsure: boolean;
  /** The check itself failed, not the event: for our own logs. */
  readonly crash?: unknown;
}

/** Prepares a check once for many events. */
export function readyActivity(check: AnyActivityCheck, settings: CheckSettings = {}, tuning?: ActivityTuning): ReadyActivity {
  const everywhere = toReady(check, settings);
  if (!tuning) return everywhere;
  const known = new Map<CheckSettings, ReadyActivity>();
  return {
    ...everywhere,
    at({ accountId, region }) {
      const tuned = tuning({ accountId, region, tags: NO_TAGS }, undefined);
      if (tuned === undefined) return everywhere;
      const { enabled = settings.enabled } = tuned;
      const one = known.get(tuned) ?? toReady(check, { ...tuned, enabled });
      known.set(tuned, one);
      return one;
    },
  };
}

const NO_TAGS = {};

function toReady(check: AnyActivityCheck, { severity = check.severity, params, enabled = true }: CheckSettings): ReadyActivity {
  const bare = { check, severity, params: { ...check.params, ...params } };
  return enabled ? bare : { ...bare, off: true };
}

/**
 * Judges events by these checks; each event meets only those that select it. What they say comes by the id of the check, whatever their order here.
 * Never throws: a check that cannot tell is `unsure`, for silence would be a PASS.
 */
export function activityJudge(ready: readonly ReadyActivity[]): (event: CloudTrailEvent) => readonly JudgedActivity[] {
  const index = toIndex(ready.toSorted(byId));
  return (event) => {
    const said: JudgedActivity[] = [];
    for (const one of selected(index, event)) {
      const judged = judge(one, event);
      if (judged) said.push(judged);
    }
    return said;
  };
}

type Checks = readonly ReadyActivity[];

/** Checks by what selects them, each once and by id in every list. */
interface Index {
  /** By source, then by name: with those that any source and any event selects. */
  readonly named: ReadonlyMap<string, ReadonlyMap<string, Checks>>;
  /** By name: with those that any event selects. */
  readonly ofAnySource: ReadonlyMap<string, Checks>;
  readonly every: Checks;
  /** Adds those that select what the root user does. */
  readonly byRoot: (others: Checks) => Checks;
  /** Adds those that select what is refused. */
  readonly refused: (others: Checks) => Checks;
}

function toIndex(ready: Checks): Index {
  const named = new Map<string, Map<string, ReadyActivity[]>>();
  const ofAnySource = new Map<string, ReadyActivity[]>();
  for (const one of ready) {
    for (const selector of one.check.events) {
      if (typeof selector === 'string' || !('names' in selector)) continue;
      const byName = selector.source === 'any' ? ofAnySource : within(named, selector.source, () => new Map<string, ReadyActivity[]>());
      for (const name of selector.names) within(byName, name, (): ReadyActivity[] => []).push(one);
    }
  }
  const withSelector = (wanted: (selector: EventSelector) => boolean) => ready.filter(({ check }) => check.events.some(wanted));
  const every = withSelector((selector) => selector === 'every');
  const ofAny = new Map([...ofAnySource].map(([name, checks]) => [name, together(every, checks)]));
  return {
    named: new Map([...named].map(([source, byName]) => [source, withOthers(byName, (name) => ofAny.get(name) ?? every)])),
    ofAnySource: ofAny,
    every,
    byRoot: extended(withSelector((selector) => typeof selector === 'object' && 'by' in selector)),
    refused: extended(withSelector((selector) => typeof selector === 'object' && 'outcome' in selector)),
  };
}

function withOthers(byName: ReadonlyMap<string, Checks>, others: (name: string) => Checks): ReadonlyMap<string, Checks> {
  return new Map([...byName].map(([name, checks]) => [name, together(others(name), checks)]));
}

/** Adds these checks to others: once to each list that comes, of which there are no more than the index has. */
function extended(these: Checks): (others: Checks) => Checks {
  const known = new Map<Checks, Checks>();
  return (others) => {
    const both = known.get(others) ?? together(others, these);
    known.set(others, both);
    return both;
  };
}

function within<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Written for speed: it is asked of each of millions of records. */
function selected(index: Index, event: CloudTrailEvent): Checks {
  const { name } = event;
  const named = index.named.get(event.source)?.get(name) ?? index.ofAnySource.get(name) ?? index.every;
  const refused = event.outcome === 'refused' ? index.refused(named) : named;
  return event.byRoot ? index.byRoot(refused) : refused;
}

function together(one: Checks, other: Checks): Checks {
  return one.length === 0 ? other : [...new Set([...one, ...other])].sort(byId);
}

function byId(a: ReadyActivity, b: ReadyActivity): number {
  return a.check.id < b.check.id ? -1 : 1;
}

function judge(ready: ReadyActivity, event: CloudTrailEvent): JudgedActivity | undefined {
  const { check, severity, params, off } = ready.at?.(event) ?? ready;
  if (off) return undefined;
  try {
    const found = judgeActivity(check, event, params);
    return found && { check, severity: found.severity ?? severity, activity: found, unsure: false };
  } catch (error) {
    if (isUnread(error)) return { check, severity, activity: activity(`cannot be judged: ${error.reason.message}`), unsure: true };
    return { check, severity, activity: crashed(check, event, error), unsure: true, crash: error };
  }
}

/** A bug meets every event of a kind: it is told once an hour. The error's message may quote the event, so only its name is. */
function crashed(check: AnyActivityCheck, { accountId, source, name }: CloudTrailEvent, error: unknown): Activity {
  const what = error instanceof Error ? error.name : 'unknown error';
  return activity(
    `cannot be judged: the check itself failed: ${what}`,
    {},
    {
      once: { key: [check.id, 'failed', accountId, source, name].join(' '), minutes: 60 },
    },
  );
}
