import type { AccountEventDelivery, RegionEventDelivery } from '../../inventory/account/event-deliveries.ts';
import type { TrailMonitoring } from '../../inventory/cloudwatch/monitoring.ts';
import { type Evidence, type Failure, fail, pass, type Verdict } from '../check.ts';
import { EVERY_EVENT, type FilterPattern, isUnreadable, toFilterPattern } from './filter-pattern.ts';
import { type Coverage, coverage } from './filter-pattern-comparison.ts';
import { anyOf, everyOf, isUnread } from './logic.ts';
import { MONITORED_EVENTS, type MonitoredEvents, type MonitoredRecommendation } from './metric-filters.ts';
import { type Expected, LINKS, type LinkName, type Watch, watchesOf } from './monitoring-watches.ts';
import { remembered } from './remembered.ts';
import { monitoringShortfallsOf } from './trails.ts';
import { answerOf, isProvenEmpty, knownOf, refuseToJudge } from './unread.ts';

/** What decides whether anybody is told of some events of an account. */
export interface Monitored {
  readonly monitoring: Iterable<TrailMonitoring>;
  readonly eventDelivery: AccountEventDelivery;
}

/** How many events in one period an alarm may wait for. CIS asks for one. */
export const MONITORING_PARAMS = { events: 1 };

/**
 * PASS if somebody is told whenever one of the events comes: by metric filters on a trail's log group, alarms on their metrics and subscriptions to their topics,
 * or by this deployment, where it hears the events of every enabled region. Several filters may share the events. FAIL names the first link that is missing
 * (CIS AWS Foundations 7.0, section 5).
 */
export function judgeMonitoring(account: Monitored, recommendation: MonitoredRecommendation, expected: Expected): Verdict {
  const monitored: MonitoredEvents = MONITORED_EVENTS[recommendation];
  const required = toRequired(monitored.pattern);
  if (isUnreadable(required)) throw new Error(`the pattern of CIS ${recommendation} cannot be read: ${required.unreadable}`);
  let failure: Failure | undefined;
  const isWatched = anyOf(
    () => isHeard(account.eventDelivery, monitored),
    () => {
      const missing = missingLink(watchesOf(account.monitoring, monitored, expected), required);
      failure = missing && toFailure(missing, account, monitored, expected.now);
      return missing === undefined;
    },
  );
  return isWatched || failure === undefined ? pass : failure;
}

const toRequired = remembered(toFilterPattern);

/** True if this deployment tells these events: it hears all regions, and none of the checks that tell them is off. */
function isHeard({ regions, switchedOff }: AccountEventDelivery, { activities }: MonitoredEvents): boolean {
  if (activities.some((activity) => switchedOff.includes(activity)) || isProvenEmpty(() => regions)) return false;
  return everyOf(regions, hears);
}

/** Heard at all, and since something was to be heard. */
function hears({ delivery }: RegionEventDelivery): boolean {
  if (!delivery.deployed || delivery.heardAt === undefined) return false;
  return delivery.expectedSince === undefined || Date.parse(delivery.heardAt) >= Date.parse(delivery.expectedSince);
}

/** The first link that the events, or some of them, surely do not get to; `undefined` when somebody is surely told of all. Throws `Unread` in between. */
function missingLink(watches: readonly Watch[], required: FilterPattern): MissingLink | undefined {
  const told = watches.flatMap(({ link, holds, pattern }) => (link === 'subscription' && holds === 'yes' ? (pattern ?? []) : []));
  if (coverage(required, told).covers === 'yes') return undefined;
  for (const link of LINKS) {
    const possible = watches.filter((watch) => watch.link === link && watch.holds !== 'no');
    const result = coverage(
      required,
      possible.map(({ pattern }) => pattern ?? EVERY_EVENT),
    );
    if (result.covers === 'no') return { link, missed: result.missed };
  }
  return undecided(watches);
}

interface MissingLink {
  readonly link: LinkName;
  readonly missed: Extract<Coverage, { covers: 'no' }>['missed'];
}

function undecided(watches: readonly Watch[]): never {
  const open = watches.filter(({ link, holds }) => link === 'subscription' && holds !== 'no');
  for (const { holds } of open) if (isUnread(holds)) throw holds;
  const foreign = open.find(({ unreadable }) => unreadable !== undefined);
  const message =
    foreign === undefined
      ? 'the patterns of the metric filters are too many or too intricate to compare'
      : `the pattern of the metric filter ${foreign.name} is not understood: ${foreign.unreadable}`;
  return refuseToJudge('no-data', 'logs:DescribeMetricFilters', message);
}

const REASONS: Readonly<Record<LinkName, string>> = {
  trail: 'no trail of all regions delivers these events to CloudWatch Logs',
  filter: 'no metric filter counts all of these events',
  alarm: 'no alarm goes off whenever one of these events is counted',
  subscription: 'nobody has confirmed a subscription to what the alarm tells',
};

function toFailure({ link, missed }: MissingLink, account: Monitored, monitored: MonitoredEvents, now: Date): Failure {
  const listening = whyUnheard(account.eventDelivery, monitored);
  if (link === 'trail') return fail(REASONS.trail, { trails: trailsOf(account.monitoring, monitored, now), listening });
  return fail(REASONS[link], { pattern: monitored.pattern, missed, listening });
}

function trailsOf(monitoring: Iterable<TrailMonitoring>, { source }: MonitoredEvents, now: Date): Evidence[string] {
  return knownOf(() => monitoring)
    .known.map(({ trail }) => ({
      trail: answerOf(() => trail.trail.arn).value ?? '',
      shortfalls: monitoringShortfallsOf(trail, source, now),
    }))
    .sort((one, other) => (one.trail < other.trail ? -1 : 1));
}

/** Why this deployment does not tell the events either. */
function whyUnheard({ regions, switchedOff }: AccountEventDelivery, { activities }: MonitoredEvents): string {
  const { known } = knownOf(() => regions);
  if (!known.some(({ delivery }) => delivery.deployed)) return 'nothing is deployed that could hear events';
  const off = activities.filter((activity) => switchedOff.includes(activity));
  if (off.length > 0) return `switched off: ${off.join(', ')}`;
  const silent = known.filter((region) => !hears(region)).map(({ region }) => region);
  return `not heard: ${silent.sort().join(', ')}`;
}
