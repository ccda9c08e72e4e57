import { type Windows, windowsOverlapping } from '../../findings/activity-windows.ts';
import type { JudgedActivity } from '../../findings/judge-activities.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';

/** Windows and series that are remembered; the ones that were not touched for longest are forgotten. */
const MOST_REMEMBERED = 50_000;
const MOST_TOLD = 64;

/** Which activities with a threshold have reached it. */
export interface Thresholds {
  /** Whether an activity is to be told with this event: always if it has no threshold, else when its count is reached, once in its time. */
  readonly isReached: (event: CloudTrailEvent, judged: JudgedActivity) => boolean;
  /** Counts that were given up for want of memory before their window was over. */
  readonly forgotten: () => number;
}

/**
 * Counts as the deployed reaction does (`keepActivities`): in windows of the events' own time, wherever in the files they stand, in bounded memory. An
 * event without a time counts into no window and is told by itself.
 */
export function openThresholds(): Thresholds {
  let forgotten = 0;
  const counts = bounded<Set<string>>(() => {
    forgotten += 1;
  });
  const told = bounded<readonly number[]>(() => undefined);
  const windows = bounded<Windows>(() => undefined);
  /** Windows of whole minutes begin with one: they are the same for all of it. */
  const windowsOf = (at: number, minutes: number): Windows =>
    Number.isInteger(minutes)
      ? windows.at(`${minutes} ${Math.floor(at / 60_000)}`, () => windowsOverlapping(at, minutes))
      : windowsOverlapping(at, minutes);
  return {
    forgotten: () => forgotten,
    isReached(event, { check, activity }) {
      const { threshold } = activity;
      if (!threshold) return true;
      const at = Date.parse(event.at);
      if (Number.isNaN(at)) return true;
      const series = JSON.stringify([check.id, event.accountId, threshold.key]);
      const { minutes } = threshold;
      const { own, milliseconds } = windowsOf(at, minutes);
      const reached = own.filter(({ start }) => {
        const items = counts.at(`${series} ${start}`, () => new Set());
        if (items.size < threshold.count) items.add(threshold.item);
        return items.size >= threshold.count;
      });
      const times = told.at(series, () => []);
      if (reached.length === 0 || times.some((time) => Math.abs(time - at) < milliseconds)) return false;
      told.put(series, [...times, at].slice(-MOST_TOLD));
      return true;
    },
  };
}

interface Bounded<Value> {
  readonly at: (key: string, make: () => Value) => Value;
  readonly put: (key: string, value: Value) => void;
}

/** A map that keeps what was used last: JavaScript's own keep their order. */
function bounded<Value>(onForgotten: () => void): Bounded<Value> {
  const map = new Map<string, Value>();
  const put = (key: string, value: Value): void => {
    map.delete(key);
    map.set(key, value);
    const [oldest] = map.keys();
    if (map.size <= MOST_REMEMBERED || oldest === undefined) return;
    map.delete(oldest);
    onForgotten();
  };
  return {
    put,
    at(key, make) {
      const value = map.get(key) ?? make();
      put(key, value);
      return value;
    },
  };
}
