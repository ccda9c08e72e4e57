import { ACCOUNT, type Answers, pages } from '../fake-session.ts';

export const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:security`;

export const routeFilter = {
  filterName: 'routes',
  filterPattern: '{ $.eventName = CreateRoute }',
  metricTransformations: [{ metricName: 'routes', metricNamespace: 'CIS', metricValue: '1' }],
};

export const routeAlarm = {
  AlarmName: 'routes',
  ActionsEnabled: true,
  AlarmActions: [TOPIC, 'arn:aws:automate:eu-west-1:ec2:stop'],
  MetricName: 'routes',
  Namespace: 'CIS',
  Statistic: 'Sum',
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
};

/** A log group with one metric filter, an alarm on it and a topic that somebody has subscribed to; an account without event data stores. */
export const monitoringAnswers: Answers = {
  'logs:DescribeMetricFilters': { metricFilters: [routeFilter] },
  'cloudwatch:DescribeAlarms': pages({ MetricAlarms: [routeAlarm], CompositeAlarms: [] }, { MetricAlarms: [], CompositeAlarms: [] }),
  'sns:ListSubscriptionsByTopic': pages(
    { Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] },
    { Subscriptions: [{ SubscriptionArn: `${TOPIC}:1234abcd` }] },
  ),
  'cloudtrail:ListEventDataStores': { EventDataStores: [] },
};

export const readAlarm = {
  name: 'routes',
  statistic: 'Sum',
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  periods: 1,
  notifies: { actionsEnabled: true, topics: [{ arn: TOPIC, confirmed: true }] },
  within: [],
};

export const readFilter = {
  name: 'routes',
  pattern: '{ $.eventName = CreateRoute }',
  asLogged: true,
  value: '1',
  defaultValue: undefined,
  dimensions: false,
};
