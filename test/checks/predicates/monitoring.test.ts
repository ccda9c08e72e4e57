import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { EXAMPLE_TRAIL_STATE } from '../../../checks/predicates/example-trails.ts';
import { isUnreadable, toFilterPattern } from '../../../checks/predicates/filter-pattern.ts';
import { MONITORED_EVENTS, type MonitoredEvents } from '../../../checks/predicates/metric-filters.ts';
import { judgeMonitoring } from '../../../checks/predicates/monitoring.ts';
import type { MetricAlarm } from '../../../inventory/cloudwatch/alarms.ts';
import type { MetricFilter, TrailMonitoring } from '../../../inventory/cloudwatch/monitoring.ts';
import { Unread } from '../../../inventory/facet.ts';

const recommendations = Object.entries<MonitoredEvents>(MONITORED_EVENTS);
const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:security';
const TOLD = { actionsEnabled: true, topics: [{ arn: TOPIC, confirmed: true }] };
const MUTE = { actionsEnabled: true, topics: [] };
const ALARM: MetricAlarm = {
  ...{ name: 'routes', statistic: 'Sum', comparison: 'GreaterThanOrEqualToThreshold', threshold: 1, periods: 1 },
  ...{ notifies: TOLD, within: [] },
};
const FILTER: MetricFilter = {
  ...{ name: 'routes', pattern: MONITORED_EVENTS['5.13'].pattern, asLogged: true },
  ...{ value: '1', defaultValue: undefined, dimensions: false, alarms: [ALARM] },
};
const TRAIL = {
  ...EXAMPLE_TRAIL_STATE,
  trail: { ...EXAMPLE_TRAIL_STATE.trail, logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:t' },
};
const NOW = new Date('2026-11-01T00:00:00Z');
const NOBODY = { regions: [], switchedOff: [] };

function judged(
  monitoring: Iterable<TrailMonitoring>,
  eventDelivery: Parameters<typeof judgeMonitoring>[0]['eventDelivery'] = NOBODY,
  events = 1,
) {
  try {
    return judgeMonitoring({ monitoring, eventDelivery }, '5.13', { events, now: NOW });
  } catch (error) {
    if (error instanceof Error && error.name === 'Unread') return { status: 'UNKNOWN', reason: error.message };
    throw error;
  }
}
const withFilters = (...filters: readonly Partial<MetricFilter>[]) =>
  judged([{ trail: TRAIL, filters: filters.map((filter) => ({ ...FILTER, ...filter })) }]);
const withAlarms = (...alarms: readonly Partial<MetricAlarm>[]) => withFilters({ alarms: alarms.map((alarm) => ({ ...ALARM, ...alarm })) });

function unread(message: string): never {
  throw new Unread({ cause: 'denied', operation: 'x:Y', permissions: [], message });
}

describe('the recommendations', () => {
  test.each(recommendations)('%s has a pattern that is understood, and short enough for CloudWatch Logs', (_number, { pattern }) => {
    expect(isUnreadable(toFilterPattern(pattern))).toBe(false);
    expect(pattern.length).toBeLessThanOrEqual(1_024);
  });

  test.each(recommendations)('%s is told by the activity checks that carry its number', (number, { activities }) => {
    const carrying = activityChecks.filter(({ controls }) => controls.includes(`CIS-AWS-7.0:${number}`)).map(({ id }) => id);
    expect([...activities].sort()).toEqual(carrying.sort());
  });
});

test.each([
  ['5.1', '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}'],
  [
    '5.1',
    '{ ($.errorCode ="*UnauthorizedOperation") || ($.errorCode ="AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }',
  ],
  ['5.2', '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'],
  ['5.3', '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}'],
  ['5.6', '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}'],
  ['5.7', '{($.eventSource=kms.amazonaws.com) && (($.eventName=DisableKey) || ($.eventName=ScheduleKeyDeletion))}'],
  ['5.9', '{($.eventSource=config.amazonaws.com)}'],
] as const)('CIS %s is answered by %s', (recommendation, pattern) => {
  const monitoring = [{ trail: TRAIL, filters: [{ ...FILTER, pattern }] }];
  expect(judgeMonitoring({ monitoring, eventDelivery: NOBODY }, recommendation, { events: 1, now: NOW })).toEqual({ status: 'PASS' });
});

test('a trail that has delivered nothing to its log group for a day counts no events', () => {
  const since = (latestLogDeliveryAt: string) => [
    { trail: { ...TRAIL, status: { ...TRAIL.status, latestLogDeliveryAt } }, filters: [FILTER] },
  ];
  expect(judged(since('2026-10-31T00:00:00Z'))).toEqual({ status: 'PASS' });
  expect(judged(since('2026-10-30T23:59:59Z'))).toMatchObject({
    status: 'FAIL',
    evidence: { trails: [{ shortfalls: ['has delivered nothing to CloudWatch Logs for a day'] }] },
  });
});

describe('the metric filters', () => {
  test('may share the events, on one log group or on several', () => {
    const [some, others] = ['{ $.eventName = *Route }', '{ $.eventName = *RouteTable* }'];
    expect(withFilters({ pattern: some }, { pattern: others })).toEqual({ status: 'PASS' });
    const apart = [some, others].map((pattern) => ({ trail: TRAIL, filters: [{ ...FILTER, pattern }] }));
    expect(judged(apart)).toEqual({ status: 'PASS' });
  });

  test('that together miss an event are told with it', () => {
    expect(withFilters({ pattern: '{ $.eventName = *Route }' })).toMatchObject({
      status: 'FAIL',
      reason: 'no metric filter counts all of these events',
      evidence: { missed: { '$.eventName': '"CreateRouteTable"' } },
    });
  });

  test('have no alarm where one of two that share the events has none', () => {
    const shared = [{ pattern: '{ $.eventName = *Route }' }, { pattern: '{ $.eventName = *RouteTable* }', alarms: [] }];
    expect(withFilters(...shared)).toMatchObject({ status: 'FAIL', reason: 'no alarm goes off whenever one of these events is counted' });
  });

  test.each<[string, Partial<MetricFilter>, string]>([
    ['count nothing', { value: '0' }, 'FAIL'],
    ['count by what the event holds', { value: '$.responseElements.count' }, 'UNKNOWN'],
    ['are kept apart by dimensions', { dimensions: true }, 'FAIL'],
    ['do not look at the events as they were logged', { asLogged: false }, 'UNKNOWN'],
    ['are not understood', { pattern: 'CreateRoute' }, 'UNKNOWN'],
    ['are not understood, and have no alarm', { pattern: 'CreateRoute', alarms: [] }, 'FAIL'],
  ])('that %s', (_what, filter, status) => {
    expect(withFilters(filter)).toMatchObject({ status });
  });

  test('that are not understood are named with what was not', () => {
    expect(withFilters({ name: 'words', pattern: 'CreateRoute' })).toMatchObject({ reason: expect.stringMatching(/words.*CreateRoute$/) });
  });

  test('that are not understood do not stand in the way of one that is', () => {
    expect(withFilters({ pattern: 'CreateRoute' }, {})).toEqual({ status: 'PASS' });
  });
});

describe('an alarm', () => {
  test.each<[string, Partial<MetricAlarm>, string]>([
    ['above none', { comparison: 'GreaterThanThreshold', threshold: 0 }, 'PASS'],
    ['above one', { comparison: 'GreaterThanThreshold', threshold: 1 }, 'FAIL'],
    ['below one', { comparison: 'LessThanThreshold' }, 'FAIL'],
    ['outside a band', { comparison: 'GreaterThanUpperThreshold', threshold: undefined }, 'UNKNOWN'],
    ['of several periods', { periods: 2 }, 'FAIL'],
    ['on the maximum', { statistic: 'Maximum' }, 'PASS'],
    ['on the average of what was counted', { statistic: 'Average' }, 'PASS'],
    ['on the number of matches', { statistic: 'SampleCount' }, 'PASS'],
    ['on an expression', { statistic: undefined }, 'UNKNOWN'],
    ['on a trimmed mean', { statistic: 'TM(10%:90%)' }, 'UNKNOWN'],
    ['whose actions are off', { notifies: { ...TOLD, actionsEnabled: false } }, 'FAIL'],
    ['that tells no topic', { notifies: MUTE }, 'FAIL'],
    ['of a topic that nobody confirmed', { notifies: { ...TOLD, topics: [{ arn: TOPIC, confirmed: false }] } }, 'FAIL'],
  ])('%s', (_what, alarm, status) => {
    expect(withAlarms(alarm)).toMatchObject({ status });
  });

  test('beside one that goes off need not', () => {
    expect(withAlarms({ threshold: 10 }, {}, { statistic: undefined })).toEqual({ status: 'PASS' });
  });

  test('on an average says nothing where minutes without a match count', () => {
    expect(withFilters({ defaultValue: 0, alarms: [{ ...ALARM, statistic: 'Average' }] })).toMatchObject({ status: 'UNKNOWN' });
    expect(withFilters({ defaultValue: 0 })).toEqual({ status: 'PASS' });
  });

  test('may wait for as many events as the team says', () => {
    const monitoring = [{ trail: TRAIL, filters: [{ ...FILTER, alarms: [{ ...ALARM, threshold: 5 }] }] }];
    expect([4, 5].map((events) => judged(monitoring, NOBODY, events).status)).toEqual(['FAIL', 'PASS']);
  });

  test.each([
    ['ALARM("routes")', 'PASS'],
    ['ALARM("root use") OR (ALARM("routes") OR ALARM("keys"))', 'PASS'],
    ['ALARM("root use") AND ALARM("routes")', 'UNKNOWN'],
    ['NOT ALARM("routes")', 'UNKNOWN'],
    ['OK("routes")', 'UNKNOWN'],
  ])('that tells nobody itself, within %s', (rule, status) => {
    expect(withAlarms({ notifies: MUTE, within: [{ ...TOLD, rule }] })).toMatchObject({ status });
    expect(withAlarms({ notifies: MUTE, within: [{ ...MUTE, rule }] })).toMatchObject({ status: 'FAIL' });
  });
});

describe('what was not read', () => {
  const denied = { [Symbol.iterator]: () => unread('denied') };

  test('does not matter where a link before it is missing', () => {
    expect(withFilters({ pattern: '{ $.eventName = X }', alarms: denied })).toMatchObject({
      reason: 'no metric filter counts all of these events',
    });
    const offTrail = { ...TRAIL, status: { ...TRAIL.status, logging: false } };
    expect(judged([{ trail: offTrail, filters: denied }])).toMatchObject({
      reason: 'no trail of all regions delivers these events to CloudWatch Logs',
      evidence: { trails: [{ shortfalls: ['is not logging'] }] },
    });
  });

  test('leaves it open elsewhere, and says what', () => {
    expect(withFilters({ alarms: denied })).toEqual({ status: 'UNKNOWN', reason: 'denied' });
    expect(judged([{ trail: TRAIL, filters: denied }])).toEqual({ status: 'UNKNOWN', reason: 'denied' });
    expect(judged(denied)).toEqual({ status: 'UNKNOWN', reason: 'denied' });
  });
});

describe('this deployment', () => {
  const delivery = { deployed: true, expectedSince: '2026-10-31T19:00:00.000Z', heardAt: '2026-10-31T19:00:00.000Z' } as const;
  const hearing = (...deliveries: readonly object[]) => ({
    regions: deliveries.map((each, index) => ({ region: `region-${index}`, delivery: { ...delivery, ...each } })),
    switchedOff: [],
  });

  test.each([
    ['every region heard', hearing({}, {}), 'PASS'],
    ['nothing expected yet, and heard before', hearing({}, { expectedSince: undefined }), 'PASS'],
    ['nothing expected yet, and never heard', hearing({}, { expectedSince: undefined, heardAt: undefined }), 'FAIL'],
    ['one region silent', hearing({}, { heardAt: '2026-10-31T18:59:59.000Z' }), 'FAIL'],
    ['one region not deployed', hearing({}, { deployed: false }), 'FAIL'],
    ['no region known', hearing(), 'FAIL'],
    ['another check off', { ...hearing({}), switchedOff: ['activity-vpc-changed'] }, 'PASS'],
    ['its own check off', { ...hearing({}), switchedOff: ['activity-route-table-changed'] }, 'FAIL'],
  ] as const)('%s', (_what, eventDelivery, status) => {
    expect(judged([], eventDelivery)).toMatchObject({ status });
  });

  test('is told of with the regions that it does not hear', () => {
    const silent = { heardAt: '2026-10-31T18:59:59.000Z' };
    expect(judged([], hearing(silent, {}, silent))).toMatchObject({ evidence: { listening: 'not heard: region-0, region-2' } });
    expect(judged([])).toMatchObject({ evidence: { listening: 'nothing is deployed that could hear events' } });
  });

  test('may hear regions that nobody could tell of', () => {
    const regions = {
      *[Symbol.iterator]() {
        yield* hearing({}).regions;
        unread('regions');
      },
    };
    expect(judged([], { regions, switchedOff: [] })).toEqual({ status: 'UNKNOWN', reason: 'regions' });
    expect(judged([{ trail: TRAIL, filters: [FILTER] }], { regions, switchedOff: [] })).toEqual({ status: 'PASS' });
  });
});

test('a comparison of all fifteen filters at once takes no more than it may', () => {
  const filters = recommendations.map(([name, { pattern }]) => ({ ...FILTER, name, pattern }));
  const monitoring = [{ trail: TRAIL, filters }];
  for (const recommendation of ['5.1', '5.2', '5.3', '5.8', '5.15'] as const) {
    expect(judgeMonitoring({ monitoring, eventDelivery: NOBODY }, recommendation, { events: 1, now: NOW })).toEqual({ status: 'PASS' });
    const own = filters.filter(({ name }) => name !== recommendation);
    expect(
      judgeMonitoring({ monitoring: [{ trail: TRAIL, filters: own }], eventDelivery: NOBODY }, recommendation, { events: 1, now: NOW })
        .status,
    ).toBe('FAIL');
  }
});
