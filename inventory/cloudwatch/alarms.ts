import type { CompositeAlarm, MetricAlarm as MetricAlarmEntry, MetricStat } from '@aws-sdk/client-cloudwatch';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { hasConfirmedSubscription } from './alarm-subscriptions.ts';
import { describeAlarms } from './calls.ts';

/** An alarm on a metric that has no dimensions. */
export interface MetricAlarm {
  readonly name: string;
  /** `Sum`, `Average`, `p99`; `undefined` when it watches an expression over several metrics. */
  readonly statistic: string | undefined;
  readonly comparison: string;
  /** `undefined` when it is a band or an expression. */
  readonly threshold: number | undefined;
  /** In how many periods the threshold must be reached. */
  readonly periods: number;
  readonly notifies: Notification;
  /** The alarms on other alarms whose rule names it. */
  readonly within: readonly CompositeNotification[];
}

/** Whom an alarm tells when it goes off. */
export interface Notification {
  readonly actionsEnabled: boolean;
  readonly topics: readonly AlarmTopic[];
}

export interface CompositeNotification extends Notification {
  readonly rule: string;
}

export interface AlarmTopic {
  readonly arn: string;
  /** Whether anybody has confirmed a subscription; throws `Unread` when touched if that could not be read. */
  readonly confirmed: boolean;
}

/** A metric of a region. */
export interface MetricName {
  readonly namespace: string;
  readonly name: string;
  /** In which its data points are published; `None` where they have none. */
  readonly unit: string;
}

/** The alarms of a region that watch this metric, with whom they tell. */
export async function readAlarms(place: Place, region: string, metric: MetricName): Promise<Listed<MetricAlarm>> {
  const entries = await describeAlarms(place, { region });
  const composites = entries.known.flatMap((entry) => (entry.kind === 'composite' ? entry.alarm : []));
  const watching = entries.flatMap((entry) => (entry.kind === 'metric' && watches(entry.alarm, metric, place) ? [entry.alarm] : []));
  const alarms = await Promise.all(watching.known.map((alarm) => attempt(() => toAlarm(place, alarm, composites))));
  const listed = toListed(alarms, opened);
  return new Listed(listed.known, watching.unread ?? listed.unread);
}

/** An alarm in another unit than the metric's never gets any data (Amazon CloudWatch API Reference, PutMetricAlarm), nor does one on another account's metric. */
function watches(alarm: MetricAlarmEntry, metric: MetricName, { session }: Place): boolean {
  return metricsOf(alarm).some(
    ({ Namespace, MetricName, Dimensions = [], unit = metric.unit, account = session.accountId }) =>
      Namespace === metric.namespace &&
      MetricName === metric.name &&
      Dimensions.length === 0 &&
      unit === metric.unit &&
      account === session.accountId,
  );
}

type WatchedMetric = NonNullable<MetricStat['Metric']> & { readonly unit: string | undefined; readonly account?: string | undefined };

function metricsOf({ Namespace, MetricName, Dimensions, Unit, Metrics = [] }: MetricAlarmEntry): readonly WatchedMetric[] {
  const queried = Metrics.flatMap(({ MetricStat, AccountId: account }) =>
    MetricStat === undefined ? [] : [{ ...MetricStat.Metric, unit: MetricStat.Unit, account }],
  );
  return [{ Namespace, MetricName, Dimensions, unit: Unit }, ...queried];
}

async function toAlarm(place: Place, alarm: MetricAlarmEntry, composites: readonly CompositeAlarm[]): Promise<MetricAlarm> {
  const { AlarmName, ComparisonOperator, EvaluationPeriods, Threshold } = alarm;
  if (AlarmName === undefined || ComparisonOperator === undefined || EvaluationPeriods === undefined) {
    throw malformed('cloudwatch:DescribeAlarms', 'an alarm has no name, comparison or periods');
  }
  const naming = composites.filter(({ AlarmRule = '' }) => AlarmRule.includes(AlarmName));
  const within = naming.map(async (composite) => ({ ...(await toNotification(place, composite)), rule: composite.AlarmRule ?? '' }));
  return {
    name: AlarmName,
    statistic: statisticOf(alarm),
    comparison: ComparisonOperator,
    threshold: Threshold,
    periods: alarm.DatapointsToAlarm ?? EvaluationPeriods,
    notifies: await toNotification(place, alarm),
    within: await Promise.all(within),
  };
}

/** A metric that is alone in the place of expressions is watched as it is. */
function statisticOf({ Statistic, ExtendedStatistic, Metrics = [] }: MetricAlarmEntry): string | undefined {
  const [only, ...more] = Metrics;
  return only === undefined ? (Statistic ?? ExtendedStatistic) : more.length === 0 ? only.MetricStat?.Stat : undefined;
}

async function toNotification(
  place: Place,
  { ActionsEnabled, AlarmActions = [] }: MetricAlarmEntry | CompositeAlarm,
): Promise<Notification> {
  if (ActionsEnabled === undefined) throw malformed('cloudwatch:DescribeAlarms', 'an alarm does not say whether its actions are enabled');
  const arns = AlarmActions.filter((action) => /^arn:[^:]+:sns:/.test(action));
  return { actionsEnabled: ActionsEnabled, topics: await Promise.all(arns.map((arn) => toTopic(place, arn))) };
}

async function toTopic(place: Place, arn: string): Promise<AlarmTopic> {
  const confirmed = await attempt(() => hasConfirmedSubscription(arn, place));
  return {
    arn,
    get confirmed() {
      return opened(confirmed);
    },
  };
}
