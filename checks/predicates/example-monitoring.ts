import type { AccountFacets } from '../../inventory/account/account.ts';
import type { MetricAlarm } from '../../inventory/cloudwatch/alarms.ts';
import type { MetricFilter, TrailMonitoring } from '../../inventory/cloudwatch/monitoring.ts';
import { denied, partial, refuse, type UnreadFacet } from '../check.ts';
import { EXAMPLE_TRAIL, EXAMPLE_TRAIL_STATE } from './example-trails.ts';
import { MONITORED_EVENTS, type MonitoredRecommendation } from './metric-filters.ts';
import { refuseToJudge } from './unread.ts';

type Facets = Pick<AccountFacets, 'monitoring' | 'eventDelivery'>;
interface Example {
  readonly monitoring: Facets['monitoring'] | UnreadFacet;
  readonly eventDelivery: Facets['eventDelivery'] | UnreadFacet;
}
type Examples = Readonly<Record<'pass' | 'fail' | 'unknown', Readonly<Record<string, Example>>>>;

const LOG_GROUP = 'arn:aws:logs:eu-west-1:111122223333:log-group:trail';
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:security';
const TOLD = { actionsEnabled: true, topics: [{ arn: TOPIC, confirmed: true }] };
const ALARM: MetricAlarm = {
  name: 'changes',
  statistic: 'Sum',
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  periods: 1,
  notifies: TOLD,
  within: [],
};

const NOT_DEPLOYED = { regions: [{ region: 'eu-west-1', delivery: { deployed: false } }], switchedOff: [] } as const;
const HEARD = { deployed: true, expectedSince: '2026-10-31T19:00:00.000Z', heardAt: '2026-10-31T19:00:12.000Z' } as const;
const SILENT = { ...HEARD, heardAt: '2026-10-31T13:00:09.000Z' } as const;

/** For examples of checks that somebody is told of events: what they have in common, with the pattern that CIS asks for. */
export function monitoringExamples(recommendation: MonitoredRecommendation): Examples {
  const { pattern } = MONITORED_EVENTS[recommendation];
  const filter: MetricFilter = {
    ...{ name: 'changes', pattern, asLogged: true },
    ...{ value: '1', defaultValue: undefined, dimensions: false, alarms: [ALARM] },
  };
  const alone = (monitoring: readonly TrailMonitoring[]) => ({ monitoring, eventDelivery: NOT_DEPLOYED });
  const filtered = (...filters: readonly MetricFilter[]) => alone([monitored(filters)]);
  const alarmed = (alarm: Partial<MetricAlarm>) => filtered({ ...filter, alarms: [{ ...ALARM, ...alarm }] });
  const heard = (first: typeof HEARD | typeof SILENT) => ({
    regions: [
      { region: 'eu-central-1', delivery: first },
      { region: 'eu-west-1', delivery: HEARD },
    ],
    switchedOff: [],
  });
  return {
    pass: {
      'a metric filter, an alarm on it and a confirmed subscription': filtered(filter),
      'a broader metric filter': filtered({ ...filter, pattern: '' }),
      'this deployment hears every enabled region, and there is no trail': { monitoring: [], eventDelivery: heard(HEARD) },
      'this deployment hears every enabled region, and trails were not read': {
        monitoring: denied('cloudtrail:ListTrails'),
        eventDelivery: heard(HEARD),
      },
      'one log group is watched, that of another trail was not read': {
        monitoring: partial([monitored([filter])], 'cloudtrail:ListTrails'),
        eventDelivery: NOT_DEPLOYED,
      },
    },
    fail: {
      'no trail': alone([]),
      'a trail that delivers to a bucket only': alone([{ trail: EXAMPLE_TRAIL_STATE, filters: [] }]),
      'a trail of one region': alone([{ ...monitored([filter]), trail: trailWith({ multiRegion: false }) }]),
      'a metric filter for something else': filtered({ ...filter, pattern: '{ $.eventName = "DescribeRegions" }' }),
      'no alarm on the metric': filtered({ ...filter, alarms: [] }),
      'an alarm that waits for ten events': alarmed({ threshold: 10 }),
      'an alarm whose actions are off': alarmed({ notifies: { ...TOLD, actionsEnabled: false } }),
      'a subscription that was never confirmed': alarmed({ notifies: { ...TOLD, topics: [{ arn: TOPIC, confirmed: false }] } }),
      'one region is not heard by this deployment': { monitoring: [], eventDelivery: heard(SILENT) },
      'the check that tells the events is switched off': {
        monitoring: [],
        eventDelivery: { ...heard(HEARD), switchedOff: MONITORED_EVENTS[recommendation].activities },
      },
    },
    unknown: {
      'the log group is in another account': alone([{ ...monitored([]), filters: elsewhere() }]),
      'metric filters not read': alone([{ ...monitored([]), filters: partial([], 'logs:DescribeMetricFilters') }]),
      'a pattern that is not understood': filtered({ ...filter, pattern: '{ $.eventName ~ changes }' }),
      'subscriptions not read': alarmed({ notifies: { ...TOLD, topics: [unreadTopic()] } }),
      'no trail was read': { monitoring: denied('cloudtrail:ListTrails'), eventDelivery: NOT_DEPLOYED },
    },
  };
}

function trailWith(trail: Partial<typeof EXAMPLE_TRAIL>) {
  return { ...EXAMPLE_TRAIL_STATE, trail: { ...EXAMPLE_TRAIL, logGroupArn: LOG_GROUP, ...trail } };
}

function monitored(filters: readonly MetricFilter[]): TrailMonitoring {
  return { trail: trailWith({}), filters };
}

function elsewhere(): Iterable<MetricFilter> {
  return {
    [Symbol.iterator]: () => refuseToJudge('no-data', 'logs:DescribeMetricFilters', 'the log group is in account 999999999999'),
  };
}

function unreadTopic() {
  return {
    arn: TOPIC,
    get confirmed() {
      return refuse('sns:ListSubscriptionsByTopic');
    },
  };
}
