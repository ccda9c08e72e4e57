import { describe, expect, test } from 'vitest';
import { monitoringCalls, readMonitoring } from '../../../inventory/cloudwatch/monitoring.ts';
import { GLOBAL } from '../../../inventory/resource.ts';
import { MAIN, mainTrail, trailAnswers } from '../cloudtrail/trail-answers.ts';
import { refusalOf } from '../describe-reader.ts';
import { ACCOUNT, type Answers, fakeSession, refused } from '../fake-session.ts';
import { monitoringAnswers, readAlarm, readFilter, routeAlarm, routeFilter, TOPIC } from './monitoring-answers.ts';

const answers: Answers = {
  ...trailAnswers,
  ...monitoringAnswers,
  'cloudtrail:ListTrails': { Trails: [{ TrailARN: MAIN, Name: 'main', HomeRegion: 'eu-west-1' }] },
};

async function readWith(changed: Answers = {}) {
  const { session, sent } = fakeSession({ ...answers, ...changed });
  const { known } = await readMonitoring({ session, scope: { accountId: ACCOUNT, region: GLOBAL }, declared: monitoringCalls });
  const [first] = known;
  if (!first) throw new Error('there is no trail');
  return { monitoring: first, sent };
}

async function filterWith(changed: Answers = {}) {
  const [filter] = (await readWith(changed)).monitoring.filters;
  if (!filter) throw new Error('there is no metric filter');
  return filter;
}

const alarmsOf = async (changed: Answers) => [...(await filterWith(changed)).alarms];
const alarms = (...MetricAlarms: readonly object[]) => ({ 'cloudwatch:DescribeAlarms': { MetricAlarms, CompositeAlarms: [] } });

test('a trail is read with the filters on its log group, asked where that is', async () => {
  const { monitoring, sent } = await readWith();
  expect(monitoring.trail.trail.arn).toBe(MAIN);
  const [filter] = monitoring.filters;
  expect(filter).toMatchObject(readFilter);
  expect([...(filter?.alarms ?? [])]).toEqual([readAlarm]);
  const asked = sent.filter(({ operation }) => !operation.startsWith('cloudtrail:'));
  expect(
    asked.map(({ operation, region, input }) => [operation, region, input.logGroupName ?? input.TopicArn ?? input.MaxRecords]),
  ).toEqual([
    ['logs:DescribeMetricFilters', 'eu-west-1', 'trail'],
    ['cloudwatch:DescribeAlarms', 'eu-west-1', 100],
    ['cloudwatch:DescribeAlarms', 'eu-west-1', 100],
    ['sns:ListSubscriptionsByTopic', 'eu-west-1', TOPIC],
    ['sns:ListSubscriptionsByTopic', 'eu-west-1', TOPIC],
  ]);
});

test('where no trail has a log group, nothing else is asked', async () => {
  const { monitoring, sent } = await readWith({ 'cloudtrail:GetTrail': { Trail: { ...mainTrail, CloudWatchLogsLogGroupArn: undefined } } });
  expect([...monitoring.filters]).toEqual([]);
  expect(sent.filter(({ operation }) => !operation.startsWith('cloudtrail:'))).toEqual([]);
});

test('a log group of another account is not asked', async () => {
  const elsewhere = 'arn:aws:logs:eu-west-1:999999999999:log-group:all-trails:*';
  const { monitoring, sent } = await readWith({ 'cloudtrail:GetTrail': { Trail: { ...mainTrail, CloudWatchLogsLogGroupArn: elsewhere } } });
  expect(await refusalOf(async () => [...monitoring.filters])).toMatchObject({
    cause: 'other-account',
    message: expect.stringContaining('999999999999'),
  });
  expect(sent.map(({ operation }) => operation)).not.toContain('logs:DescribeMetricFilters');
});

test.each([
  ['logs:DescribeMetricFilters', 'ResourceNotFoundException'],
  ['sns:ListSubscriptionsByTopic', 'NotFoundException'],
])('%s of what there is not has nothing', async (operation, name) => {
  const gone = { [operation]: () => throwing(name) };
  if (operation.startsWith('logs')) expect([...(await readWith(gone)).monitoring.filters]).toEqual([]);
  else expect((await alarmsOf(gone))[0]?.notifies.topics).toEqual([{ arn: TOPIC, confirmed: false }]);
});

describe('what is denied', () => {
  test('of filters is what is not known of them', async () => {
    const { monitoring } = await readWith({ 'logs:DescribeMetricFilters': () => throwing('AccessDeniedException') });
    expect(await refusalOf(async () => [...monitoring.filters])).toMatchObject({ cause: 'denied' });
  });

  test('of alarms leaves the filter', async () => {
    const filter = await filterWith({ 'cloudwatch:DescribeAlarms': () => throwing('AccessDenied') });
    expect(filter.pattern).toBe(routeFilter.filterPattern);
    expect(await refusalOf(async () => [...filter.alarms])).toMatchObject({ cause: 'denied', operation: 'cloudwatch:DescribeAlarms' });
  });

  test('of subscriptions leaves the alarm', async () => {
    const [alarm] = await alarmsOf({ 'sns:ListSubscriptionsByTopic': () => throwing('AuthorizationErrorException') });
    expect(await refusalOf(async () => alarm?.notifies.topics[0]?.confirmed)).toMatchObject({ cause: 'denied' });
  });
});

test('a topic of another account is not asked', async () => {
  const other = { ...routeAlarm, AlarmActions: ['arn:aws:sns:eu-west-1:999999999999:security'] };
  const [alarm] = await alarmsOf(alarms(other));
  expect(await refusalOf(async () => alarm?.notifies.topics[0]?.confirmed)).toMatchObject({ cause: 'other-account' });
});

test('subscriptions that nobody confirmed, and those given up, are none', async () => {
  const [alarm] = await alarmsOf({
    'sns:ListSubscriptionsByTopic': { Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }, { SubscriptionArn: 'Deleted' }] },
  });
  expect(alarm?.notifies.topics).toEqual([{ arn: TOPIC, confirmed: false }]);
});

describe('alarms on the metric', () => {
  const { MetricName: _name, Namespace: _namespace, Statistic: _statistic, ...bare } = routeAlarm;
  const stat = (Stat: string) => ({ MetricStat: { Metric: { Namespace: 'CIS', MetricName: 'routes' }, Period: 300, Stat } });

  test.each<[string, object]>([
    ['of another name', { ...routeAlarm, MetricName: 'keys' }],
    ['of another namespace', { ...routeAlarm, Namespace: 'Other' }],
    ['with a dimension', { ...routeAlarm, Dimensions: [{ Name: 'Source', Value: 'iam' }] }],
    ['in a unit that the filter does not publish', { ...routeAlarm, Unit: 'Count' }],
    ['of another account', { ...bare, Metrics: [{ Id: 'm', ...stat('Sum'), AccountId: '999999999999' }] }],
  ])('are none on one %s', async (_what, alarm) => {
    expect(await alarmsOf(alarms(alarm))).toEqual([]);
  });

  test('may name the unit that the filter publishes, and the account', async () => {
    expect(await alarmsOf(alarms({ ...routeAlarm, Unit: 'None' }))).toHaveLength(1);
    expect(await alarmsOf(alarms({ ...bare, Metrics: [{ Id: 'm', ...stat('Sum'), AccountId: ACCOUNT }] }))).toHaveLength(1);
    const [transformation] = routeFilter.metricTransformations;
    const counting = { ...routeFilter, metricTransformations: [{ ...transformation, unit: 'Count' }] };
    const published = { 'logs:DescribeMetricFilters': { metricFilters: [counting] } };
    expect(await alarmsOf({ ...published, ...alarms({ ...routeAlarm, Unit: 'Count' }) })).toHaveLength(1);
    expect(await alarmsOf({ ...published, ...alarms({ ...routeAlarm, Unit: 'None' }) })).toEqual([]);
  });

  test('are those that name it among expressions', async () => {
    expect(await alarmsOf(alarms({ ...bare, Metrics: [{ Id: 'm', ...stat('Sum') }] }))).toMatchObject([{ statistic: 'Sum' }]);
    const several = [
      { Id: 'm', ...stat('Sum') },
      { Id: 'e', Expression: 'm * 2' },
    ];
    expect(await alarmsOf(alarms({ ...bare, Metrics: several }))).toMatchObject([{ statistic: undefined }]);
  });

  test('have a percentile for a statistic, and as many periods as must be reached', async () => {
    const alarm = { ...routeAlarm, Statistic: undefined, ExtendedStatistic: 'p99', EvaluationPeriods: 5, DatapointsToAlarm: 2 };
    expect(await alarmsOf(alarms(alarm))).toMatchObject([{ statistic: 'p99', periods: 2 }]);
  });

  test('come with the alarms on alarms that name them', async () => {
    const rule = 'ALARM("routes") OR ALARM("keys")';
    const composite = { AlarmName: 'any', AlarmRule: rule, ActionsEnabled: true, AlarmActions: [TOPIC] };
    const other = { ...composite, AlarmRule: 'ALARM("keys")' };
    const [alarm] = await alarmsOf({
      'cloudwatch:DescribeAlarms': { MetricAlarms: [{ ...routeAlarm, AlarmActions: [] }], CompositeAlarms: [composite, other] },
    });
    expect(alarm).toMatchObject({ notifies: { topics: [] }, within: [{ rule, actionsEnabled: true, topics: [{ confirmed: true }] }] });
  });

  test.each([
    { AlarmName: undefined },
    { ComparisonOperator: undefined },
    { EvaluationPeriods: undefined },
    { ActionsEnabled: undefined },
  ])('that lack %j make the list partial', async (lacking) => {
    const filter = await filterWith(alarms({ ...routeAlarm, ...lacking }));
    expect(await refusalOf(async () => [...filter.alarms])).toMatchObject({ cause: 'malformed', operation: 'cloudwatch:DescribeAlarms' });
  });
});

describe('a metric filter', () => {
  const filters = (filter: object) => ({ 'logs:DescribeMetricFilters': { metricFilters: [{ ...routeFilter, ...filter }] } });
  const [transformation] = routeFilter.metricTransformations;

  test.each<[object, object]>([
    [{ applyOnTransformedLogs: true }, { asLogged: false }],
    [{ fieldSelectionCriteria: '@aws.account = "1"' }, { asLogged: false }],
    [{ emitSystemFieldDimensions: ['@aws.region'] }, { dimensions: true }],
    [{ metricTransformations: [{ ...transformation, dimensions: { Source: '$.eventSource' } }] }, { dimensions: true }],
    [
      { metricTransformations: [{ ...transformation, metricValue: '$.latency', defaultValue: 0 }] },
      { value: '$.latency', defaultValue: 0 },
    ],
    [{ filterPattern: '' }, { pattern: '' }],
  ])('with %j is %j', async (given, expected) => {
    expect(await filterWith(filters(given))).toMatchObject(expected);
  });

  test.each([
    { filterName: undefined },
    { filterPattern: undefined },
    { metricTransformations: [] },
  ])('that lacks %j makes the list partial', async (lacking) => {
    const { monitoring } = await readWith(filters(lacking));
    expect(await refusalOf(async () => [...monitoring.filters])).toMatchObject({
      cause: 'malformed',
      operation: 'logs:DescribeMetricFilters',
    });
  });
});

function throwing(name: string): never {
  throw refused(name);
}
