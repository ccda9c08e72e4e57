import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** An alarm on a metric, or one on other alarms. */
export type AlarmEntry =
  | { readonly kind: 'metric'; readonly alarm: MetricAlarm }
  | { readonly kind: 'composite'; readonly alarm: CompositeAlarm };

/** All alarms of a region. An alarm watches metrics of its own region alone. */
export const describeAlarms = definePagedCall<AlarmEntry, { readonly region: string }>({
  service: 'cloudwatch',
  operation: 'DescribeAlarms',
  permissions: ['cloudwatch:DescribeAlarms'],
  region: ({ region }) => region,
  async *pages(session, region) {
    const { sdk, client } = await session.aws.cloudwatch(region);
    const pages = sdk.paginateDescribeAlarms({ client, pageSize: 100 }, { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
    for await (const { MetricAlarms, CompositeAlarms } of pages) {
      yield [
        ...required(MetricAlarms, 'MetricAlarms').map((alarm) => ({ kind: 'metric', alarm }) as const),
        ...(CompositeAlarms ?? []).map((alarm) => ({ kind: 'composite', alarm }) as const),
      ];
    }
  },
});
