/**
 * What changes whether anybody is told of what a trail has logged: metric filters and log groups, alarms, subscriptions. Of an event that concerns other
 * log groups, alarms or topics the account is looked at as well: which of them watch a trail, the event does not tell.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/logging_cw_api_calls_cwl.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/logging_cw_api_calls.html
 */
export const MONITORING_CHANGES: readonly { readonly source: string; readonly names: readonly string[] }[] = [
  { source: 'logs.amazonaws.com', names: ['PutMetricFilter', 'DeleteMetricFilter', 'DeleteLogGroup'] },
  {
    source: 'monitoring.amazonaws.com',
    names: ['PutMetricAlarm', 'PutCompositeAlarm', 'DeleteAlarms', 'EnableAlarmActions', 'DisableAlarmActions'],
  },
  { source: 'sns.amazonaws.com', names: ['ConfirmSubscription', 'Unsubscribe', 'DeleteTopic'] },
];
