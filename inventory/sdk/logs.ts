export {
  CloudWatchLogsClient,
  paginateDescribeDeliveries,
  paginateDescribeDeliverySources,
  paginateDescribeMetricFilters,
} from '@aws-sdk/client-cloudwatch-logs';
