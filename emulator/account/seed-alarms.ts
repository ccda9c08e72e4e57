import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogGroupCommand, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Description, MetricFilter } from './description.ts';
import type { SeedClients } from './seed-clients.ts';

const NAMESPACE = 'CloudTrail';

/** Log groups with their metric filters, and alarms on the metrics. */
export async function seedMetricFilters(aws: SeedClients, description: Description): Promise<void> {
  const made = new Set<string>();
  for (const [name, filter] of description.metricFilters) {
    const region = filter.region ?? description.region;
    const logs = aws.client(CloudWatchLogsClient, region);
    const group = `${region} ${filter.logGroup}`;
    if (!made.has(group)) await logs.send(new CreateLogGroupCommand({ logGroupName: filter.logGroup }));
    made.add(group);
    const metricTransformations = [{ metricName: name, metricNamespace: NAMESPACE, metricValue: '1' }];
    const { logGroup: logGroupName, pattern: filterPattern } = filter;
    await logs.send(new PutMetricFilterCommand({ filterName: name, logGroupName, filterPattern, metricTransformations }));
    if (filter.alarm) await seedAlarm(aws.client(CloudWatchClient, region), name, filter.alarm, `${region}:${description.id}`);
  }
}

async function seedAlarm(
  cloudwatch: CloudWatchClient,
  name: string,
  { topics }: NonNullable<MetricFilter['alarm']>,
  place: string,
): Promise<void> {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: name,
      MetricName: name,
      Namespace: NAMESPACE,
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      ActionsEnabled: true,
      AlarmActions: topics.map((topic) => `arn:aws:sns:${place}:${topic}`),
    }),
  );
}
