import type { MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import { isNamed } from '../aws-errors.ts';
import { required } from '../broken-answer.ts';
import { definePagedCall } from '../call.ts';

/** A log group and where it is. */
export interface LogGroupPlace {
  readonly region: string;
  readonly name: string;
}

/** The metric filters of a log group; none where there is no such group. */
export const describeMetricFilters = definePagedCall<MetricFilter, LogGroupPlace>({
  service: 'logs',
  operation: 'DescribeMetricFilters',
  permissions: ['logs:DescribeMetricFilters'],
  region: ({ region }) => region,
  async *pages(session, region, { name }) {
    const { sdk, client } = await session.aws.logs(region);
    try {
      const pages = sdk.paginateDescribeMetricFilters({ client, pageSize: 50 }, { logGroupName: name });
      for await (const page of pages) yield required(page.metricFilters, 'metricFilters');
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error;
      yield [];
    }
  },
});
