import type { MetricAlarm, Notification } from '../../inventory/cloudwatch/alarms.ts';
import type { MetricFilter } from '../../inventory/cloudwatch/monitoring.ts';
import { anyOf, someOf } from './logic.ts';
import { refuseToJudge } from './unread.ts';

const ALARMS = 'cloudwatch:DescribeAlarms';

/** True if each match of the filter adds something to its metric. */
export function counts({ name, value }: MetricFilter): boolean {
  if (value.startsWith('$'))
    refuseToJudge('no-data', 'logs:DescribeMetricFilters', `the metric filter ${name} counts what the events hold`);
  return Number(value) > 0;
}

/** True if an alarm goes off when so many events come within one period. */
export function isAlarmed(filter: MetricFilter, events: number): boolean {
  return someOf(alarmsOf(filter), (alarm) => goesOff(filter, alarm, events));
}

/** True if such an alarm tells somebody who has confirmed that they want to be told. */
export function isTold(filter: MetricFilter, events: number): boolean {
  return someOf(alarmsOf(filter), (alarm) => goesOff(filter, alarm, events) && tells(alarm));
}

/** No alarm sees the whole of a metric that has dimensions. */
function alarmsOf(filter: MetricFilter): Iterable<MetricAlarm> {
  return filter.dimensions ? [] : filter.alarms;
}

/** One period must be enough: of several in a row, one event reaches but one. */
function goesOff(filter: MetricFilter, alarm: MetricAlarm, events: number): boolean {
  const { name, comparison, threshold, periods } = alarm;
  if (/^Less/.test(comparison) || periods > 1) return false;
  const reached = observed(filter, alarm, events);
  if (threshold === undefined) return refuseToJudge('no-data', ALARMS, `the alarm ${name} has no fixed threshold`);
  return comparison === 'GreaterThanOrEqualToThreshold' ? reached >= threshold : reached > threshold;
}

/** What the alarm sees of so many events in a period that has no others. */
function observed(filter: MetricFilter, { name, statistic }: MetricAlarm, events: number): number {
  const { defaultValue } = filter;
  const each = counts(filter) ? Number(filter.value) : 0;
  if (statistic === 'Sum') return each * events;
  if (statistic === 'Maximum') return each;
  if (statistic === 'SampleCount' && defaultValue === undefined) return events;
  if (defaultValue === undefined && /^(Average|Minimum|p\d)/.test(statistic ?? '')) return each;
  return refuseToJudge(
    'no-data',
    ALARMS,
    `the alarm ${name} watches ${statistic ?? 'an expression'}, which one event alone does not decide`,
  );
}

function tells({ name, notifies, within }: MetricAlarm): boolean {
  return anyOf(
    () => reachesSomebody(notifies),
    () => someOf(within, (composite) => reachesSomebody(composite) && (isEnough(composite.rule) || unclear(name))),
  );
}

function reachesSomebody({ actionsEnabled, topics }: Notification): boolean {
  return actionsEnabled && someOf(topics, ({ confirmed }) => confirmed);
}

/** A rule that any of its alarms fulfils: `ALARM("one") OR ALARM("other")`. */
function isEnough(rule: string): boolean {
  return /^[\s()]*ALARM\(("[^"]*"|[^()"]*)\)[\s()]*(OR[\s()]*ALARM\(("[^"]*"|[^()"]*)\)[\s()]*)*$/.test(rule);
}

function unclear(name: string): never {
  return refuseToJudge('no-data', ALARMS, `the alarm ${name} tells nobody itself, and is one condition of several of another alarm`);
}
