import { type Activity, type AnyActivityCheck, activity, type EventSelector } from '../checks/activity.ts';
import { judgeActivity } from '../checks/activity-registry.ts';
import type { Params, Severity } from '../checks/check.ts';
import { isUnread } from '../checks/predicates/logic.ts';
import type { CloudTrailEvent } from '../inventory/events/event.ts';

/** An activity check with its severity and params as this team has set them. */
export interface ReadyActivity {
  readonly check: AnyActivityCheck;
  readonly severity: Severity;
  readonly params: Params;
}

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
export function readyActivity(
  check: AnyActivityCheck,
  settings: { readonly severity?: Severity; readonly params?: Params } = {},
): ReadyActivity {
  return { check, severity: settings.severity ?? check.severity, params: { ...check.params, ...settings.params } };
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

/** Checks by what selects them. */
interface Index {
  /** By source, then by name. */
  readonly named: ReadonlyMap<string, ReadonlyMap<string, Checks>>;
  readonly ofAnySource: ReadonlyMap<string, Checks>;
  readonly byRoot: Checks;
  readonly refused: Checks;
  readonly every: Checks;
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
  return {
    named,
    ofAnySource,
    byRoot: withSelector((selector) => typeof selector === 'object' && 'by' in selector),
    refused: withSelector((selector) => typeof selector === 'object' && 'outcome' in selector),
    every: withSelector((selector) => selector === 'every'),
  };
}

function within<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** Each check once, by id, even if several of its selectors fit. */
function selected(index: Index, event: CloudTrailEvent): Checks {
  let found = index.every;
  const named = index.named.get(event.source)?.get(event.name);
  if (named) found = together(found, named);
  const ofAnySource = index.ofAnySource.get(event.name);
  if (ofAnySource) found = together(found, ofAnySource);
  if (index.refused.length > 0 && event.outcome === 'refused') found = together(found, index.refused);
  if (index.byRoot.length > 0 && event.byRoot) found = together(found, index.byRoot);
  return found;
}

function together(one: Checks, other: Checks): Checks {
  return one.length === 0 ? other : [...new Set([...one, ...other])].sort(byId);
}

function byId(a: ReadyActivity, b: ReadyActivity): number {
  return a.check.id < b.check.id ? -1 : 1;
}

function judge({ check, severity, params }: ReadyActivity, event: CloudTrailEvent): JudgedActivity | undefined {
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
