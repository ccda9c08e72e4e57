import { createHash } from 'node:crypto';
import type { Activity } from '../checks/activity.ts';
import { isUnread } from '../checks/predicates/logic.ts';
import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { Field } from '../inventory/events/field.ts';
import { type TimeWindow, type Windows, windowsEndToEnd, windowsOverlapping } from './activity-windows.ts';
import { toBoundedEvidence, toCanonicalJson, toReason } from './facts.ts';
import { toInert } from './inert.ts';
import type { JudgedActivity } from './judge-activities.ts';
import type { ActivityEvent, KeptActivity } from './kept-activity.ts';
import type { ReactionStore } from './reaction-store.ts';

export interface KeepOptions {
  readonly store: Pick<ReactionStore, 'saveActivity' | 'activities' | 'tally'>;
  readonly now: () => Date;
}

/**
 * Keeps what checks said of an event, and gives what of it is news. Events may come twice, late and in any order:
 *
 * - An activity is kept once for each check, account and event.
 * - With `once`, what shares the key is kept once within so many minutes of the events' own time, whichever of them comes first. What is more or less
 *   severe is kept for itself: a LOW one swallows no HIGH one.
 * - With `threshold`, a burst of so many different items within so many minutes is kept wherever the borders of the windows fall in which it is counted
 *   (see `windowsOverlapping`): once, and not if another of the key is kept that happened less than so many minutes before or after. What comes within
 *   twice that time may reach the count as well: the evidence says what was counted.
 *
 * Only if two reactions judge events of one key at the same moment, on either side of a border between windows, both may keep one.
 * Called again after a throw it comes to the same.
 * @throws whatever the store throws
 */
export async function keepActivities(
  event: CloudTrailEvent,
  judged: readonly JudgedActivity[],
  { store, now }: KeepOptions,
): Promise<readonly KeptActivity[]> {
  const kept: KeptActivity[] = [];
  for (const one of judged) {
    const seenAt = now();
    const activity = await keepOne({ event, judged: one, seenAt, at: timeOf(event.at) ?? startOfDay(seenAt) }, store);
    if (activity) kept.push(activity);
  }
  return kept;
}

interface Occasion {
  readonly event: CloudTrailEvent;
  readonly judged: JudgedActivity;
  readonly seenAt: Date;
  /** When it happened, in milliseconds since 1970. Of an event without a time all that is known is that it came today. */
  readonly at: number;
}

type Unfiled = Omit<KeptActivity, 'id' | 'filedAt'>;
type Filed = Pick<KeptActivity, 'id' | 'filedAt'>;

async function keepOne(occasion: Occasion, store: KeepOptions['store']): Promise<KeptActivity | undefined> {
  const { event, judged, at } = occasion;
  const { once, threshold } = judged.activity;
  if (threshold) return keepBurst(occasion, threshold, store);
  if (once) return keepOnce(toUnfiled(occasion), toSeries(occasion, once, windowsEndToEnd(at, once.minutes)), store);
  const id = hashOf([judged.check.id, event.accountId, identityOf(event)]);
  return keep({ ...toUnfiled(occasion), id, filedAt: new Date(at).toISOString() }, store);
}

async function keepBurst(
  occasion: Occasion,
  threshold: NonNullable<Activity['threshold']>,
  store: KeepOptions['store'],
): Promise<KeptActivity | undefined> {
  const { at, judged } = occasion;
  const windows = windowsOverlapping(at, threshold.minutes);
  const own = await listReached(occasion, threshold, windows, store);
  if (own.length === 0) return undefined;
  const { once } = judged.activity;
  const series = once ? toSeries(occasion, once, windowsEndToEnd(at, once.minutes)) : toSeries(occasion, threshold, { ...windows, own });
  const activity = toUnfiled(occasion);
  const counted = `at least ${threshold.count} within ${(2 * windows.milliseconds) / 60_000} minutes`;
  return keepOnce({ ...activity, evidence: toBoundedEvidence({ ...activity.evidence, counted }) }, series, store);
}

const A_DAY = 24 * 60 * 60_000;

/** The windows of an event in which the count is reached now that it has come. */
async function listReached(
  { event, judged, seenAt }: Occasion,
  { key, item, count }: NonNullable<Activity['threshold']>,
  { own, milliseconds }: Windows,
  store: KeepOptions['store'],
): Promise<readonly TimeWindow[]> {
  const counts = await Promise.all(
    own.map(({ start, end }) => {
      const expiresAt = new Date(Math.max(end.getTime(), seenAt.getTime()) + A_DAY);
      return store.tally(hashOf([judged.check.id, event.accountId, key, String(milliseconds), start]), item, count, expiresAt);
    }),
  );
  return own.filter((_, index) => (counts[index] ?? 0) >= count);
}

/** What is told once within some time: under what it may be kept, and where else one of it may be kept already. */
interface Series {
  readonly at: number;
  readonly milliseconds: number;
  readonly own: readonly Filed[];
  readonly nearby: readonly Filed[];
}

function toSeries({ event, judged, at }: Occasion, { key }: { readonly key: string }, { own, nearby, milliseconds }: Windows): Series {
  const file = ({ start }: TimeWindow): Filed => ({
    id: hashOf([judged.check.id, event.accountId, judged.severity, key, String(milliseconds), start]),
    filedAt: start,
  });
  return { at, milliseconds, own: own.map(file), nearby: nearby.map(file) };
}

async function keepOnce(
  activity: Unfiled,
  { at, milliseconds, own, nearby }: Series,
  store: KeepOptions['store'],
): Promise<KeptActivity | undefined> {
  const { accountId } = activity.event;
  const others = await store.activities(nearby.map((filed) => ({ ...filed, accountId })));
  const isNear = (other: KeptActivity): boolean => Math.abs((timeOf(other.event.at) ?? Date.parse(other.filedAt)) - at) < milliseconds;
  if (others.some(isNear)) return undefined;
  const free = own.find(({ id }) => others.every((other) => other.id !== id));
  return free && keep({ ...activity, ...free }, store);
}

async function keep(activity: KeptActivity, store: KeepOptions['store']): Promise<KeptActivity | undefined> {
  return (await store.saveActivity(activity)) === 'saved' ? activity : undefined;
}

function toUnfiled({ event, judged, seenAt }: Occasion): Unfiled {
  const { check, severity, activity, unsure } = judged;
  return {
    checkId: check.id,
    severity,
    reason: toReason(activity.reason),
    evidence: toBoundedEvidence(activity.evidence),
    unsure,
    event: toActivityEvent(event),
    actor: event.actor,
    seenAt: seenAt.toISOString(),
  };
}

/** Names in an event are of anybody's making. */
function toActivityEvent({ id, name, source, at, accountId, region, errorCode }: CloudTrailEvent): ActivityEvent {
  return {
    id: toInert(id, 128),
    name: toInert(name, 128),
    source: toInert(source, 128),
    at,
    accountId,
    region: toInert(region, 64),
    ...(errorCode === undefined ? {} : { errorCode: toInert(errorCode, 128) }),
  };
}

/** What tells an event from all others: its id, or all that there is to say of it. */
function identityOf(event: CloudTrailEvent): string {
  if (event.id !== '') return event.id;
  const { source, name, at, region, errorCode, actor, request, response } = event;
  return toCanonicalJson({ source, name, at, region, errorCode, actor, request: contentsOf(request), response: contentsOf(response) });
}

function contentsOf(field: Field): unknown {
  try {
    return field.json;
  } catch (error) {
    if (isUnread(error)) return error.reason.message;
    throw error;
  }
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** `undefined` when it is no time. */
function timeOf(at: string): number | undefined {
  const time = Date.parse(at);
  return Number.isNaN(time) ? undefined : time;
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / A_DAY) * A_DAY;
}
