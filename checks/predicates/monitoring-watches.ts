import type { MetricFilter, TrailMonitoring } from '../../inventory/cloudwatch/monitoring.ts';
import type { Unread } from '../../inventory/facet.ts';
import { EVERY_EVENT, type FilterPattern, isUnreadable, toFilterPattern } from './filter-pattern.ts';
import type { MonitoredEvents } from './metric-filters.ts';
import { counts, isAlarmed, isTold } from './monitoring-links.ts';
import { isMonitorable } from './trails.ts';
import { answerOf, knownOf } from './unread.ts';

/** From the trail to the person, in the order in which one is of no use without those before it. */
export const LINKS = ['trail', 'filter', 'alarm', 'subscription'] as const;
export type LinkName = (typeof LINKS)[number];

/** Events that get as far as a link. */
export interface Watch {
  readonly link: LinkName;
  /** Of the metric filter; empty where it is not known. */
  readonly name: string;
  /** Which events they are; `undefined` where nobody knows. */
  readonly pattern: FilterPattern | undefined;
  /** Why nobody knows: what of the pattern was not understood. */
  readonly unreadable?: string;
  /** Whether they surely get there; an `Unread` where that depends on what was not read. */
  readonly holds: Holds;
}

export type Holds = 'yes' | 'no' | Unread;

export interface Expected {
  /** How many events in one period an alarm may wait for. */
  readonly events: number;
  readonly now: Date;
}

/** What of the events that the trails of an account record gets how far. */
export function watchesOf(monitoring: Iterable<TrailMonitoring>, monitored: MonitoredEvents, expected: Expected): readonly Watch[] {
  const { known, unread } = knownOf(() => monitoring);
  const watches = known.flatMap((trail) => watchesOfTrail(trail, monitored, expected));
  return unread === undefined ? watches : [...watches, ...unreadFrom('trail', unread)];
}

function watchesOfTrail(monitoring: TrailMonitoring, monitored: MonitoredEvents, { events, now }: Expected): readonly Watch[] {
  const suits = holdsOf(() => isMonitorable(monitoring.trail, monitored.source, now));
  const { known, unread } = knownOf(() => monitoring.filters);
  return [
    { link: 'trail', name: '', pattern: EVERY_EVENT, holds: suits },
    ...known.flatMap((filter) => watchesOfFilter(filter, suits, events)),
    ...(unread === undefined ? [] : unreadFrom('filter', both(unread, suits))),
  ];
}

function watchesOfFilter(filter: MetricFilter, suits: Holds, events: number): readonly Watch[] {
  const { name } = filter;
  const counted = both(
    suits,
    holdsOf(() => counts(filter)),
  );
  const alarmed = both(
    counted,
    holdsOf(() => isAlarmed(filter, events)),
  );
  const told = both(
    alarmed,
    holdsOf(() => isTold(filter, events)),
  );
  const known = patternOf(filter);
  return [
    { link: 'filter', name, ...known, holds: counted },
    { link: 'alarm', name, ...known, holds: alarmed },
    { link: 'subscription', name, ...known, holds: told },
  ];
}

function patternOf({ pattern, asLogged }: MetricFilter): Pick<Watch, 'pattern' | 'unreadable'> {
  if (!asLogged) return { pattern: undefined, unreadable: 'it does not look at all events as they were logged' };
  const read = toFilterPattern(pattern);
  return isUnreadable(read) ? { pattern: undefined, unreadable: read.unreadable } : { pattern: read };
}

function holdsOf(question: () => boolean): Holds {
  const { value, unread } = answerOf(question);
  return unread ?? (value ? 'yes' : 'no');
}

/** What is known not to hold counts before what is not known. */
function both(one: Holds, other: Holds): Holds {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'yes' ? other : one;
}

function unreadFrom(first: LinkName, holds: Holds): readonly Watch[] {
  return LINKS.slice(LINKS.indexOf(first)).map((link) => ({ link, name: '', pattern: undefined, holds }));
}
