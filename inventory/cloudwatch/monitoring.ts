import type { MetricFilter as MetricFilterEntry } from '@aws-sdk/client-cloudwatch-logs';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type ListedTrail, readTrailState, readTrails, type TrailState, trailStateCalls } from '../cloudtrail/trail.ts';
import { Listed, Unread } from '../facet.ts';
import { describeMetricFilters } from '../logs/calls.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { listSubscriptionsByTopic } from './alarm-subscriptions.ts';
import { type MetricAlarm, readAlarms } from './alarms.ts';
import { describeAlarms } from './calls.ts';

/** A trail with the metric filters on the log group that it delivers to. */
export interface TrailMonitoring {
  readonly trail: TrailState;
  /** None where it delivers to no log group. What was not read throws `Unread`; of cause `other-account` where the log group is not this account's. */
  readonly filters: Iterable<MetricFilter>;
}

/** A metric filter, and the alarms on the metric that it counts in. */
export interface MetricFilter {
  readonly name: string;
  readonly pattern: string;
  /** False when it looks at some of the log events only, or at what a transformer has made of them. */
  readonly asLogged: boolean;
  /** What each match adds: a number, or a property of the event (`$.latency`). */
  readonly value: string;
  /** What a minute without a match is counted as. */
  readonly defaultValue: number | undefined;
  /** Its metric is kept apart by values that it takes from the events: no alarm sees all of it. */
  readonly dimensions: boolean;
  readonly alarms: Iterable<MetricAlarm>;
}

/** Calls that reading what watches the account's trails needs. */
export const monitoringCalls = [...trailStateCalls, describeMetricFilters, describeAlarms, listSubscriptionsByTopic];

/** What watches the log groups of all trails that apply to the account. */
export async function readMonitoring(place: Place): Promise<Listed<TrailMonitoring>> {
  const listed = await readTrails(place);
  const read = await Promise.all(listed.known.map((trail) => readTrailMonitoring(trail, place)));
  return new Listed(read, listed.unread);
}

async function readTrailMonitoring(listed: ListedTrail, place: Place): Promise<TrailMonitoring> {
  const trail = await readTrailState(listed, place);
  const filters = await attempt(() => readFilters(trail.trail.logGroupArn, place));
  return {
    trail,
    get filters() {
      return opened(filters);
    },
  };
}

async function readFilters(logGroupArn: string | undefined, place: Place): Promise<Listed<MetricFilter>> {
  if (logGroupArn === undefined) return new Listed([]);
  const [, , , region = '', accountId = '', , ...name] = logGroupArn.split(':');
  if (accountId !== place.session.accountId) throw elsewhere(accountId);
  const entries = await describeMetricFilters(place, { region, name: name.join(':') });
  const filters = await Promise.all(entries.known.map((entry) => attempt(() => toFilter(place, region, entry))));
  const listed = toListed(filters, opened);
  return new Listed(listed.known, entries.unread ?? listed.unread);
}

async function toFilter(place: Place, region: string, entry: MetricFilterEntry): Promise<MetricFilter> {
  const { filterName, filterPattern, metricTransformations: [metric] = [] } = entry;
  if (filterName === undefined || filterPattern === undefined || !metric?.metricName || !metric.metricNamespace) {
    throw malformed('logs:DescribeMetricFilters', 'a filter has no name, pattern or metric');
  }
  const named = { namespace: metric.metricNamespace, name: metric.metricName, unit: metric.unit ?? 'None' };
  const alarms = await attempt(() => readAlarms(place, region, named));
  return {
    name: filterName,
    pattern: filterPattern,
    asLogged: entry.applyOnTransformedLogs !== true && !entry.fieldSelectionCriteria,
    value: metric.metricValue ?? '',
    defaultValue: metric.defaultValue,
    dimensions: Object.keys(metric.dimensions ?? {}).length > 0 || (entry.emitSystemFieldDimensions ?? []).length > 0,
    get alarms() {
      return opened(alarms);
    },
  };
}

function elsewhere(accountId: string): Unread {
  const operation = 'logs:DescribeMetricFilters';
  const message = `${operation}: the trail's log group is in account ${accountId}, whose metric filters were not read`;
  return new Unread({ cause: 'other-account', operation, permissions: [], message });
}
