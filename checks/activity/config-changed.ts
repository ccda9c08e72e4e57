import { defineActivityCheck } from '../activity.ts';
import { factOf } from '../predicates/event-facts.ts';
import { CONFIG_EVENTS } from '../predicates/event-families.ts';
import { changeNotice } from '../predicates/notices.ts';

const CONFIG = { eventSource: 'config.amazonaws.com' };

export default defineActivityCheck({
  id: 'activity-config-changed',
  title: 'AWS Config was changed',
  severity: 'MEDIUM',
  controls: ['CIS-AWS-7.0:5.9', 'CIS-AWS-5.0:4.9', 'CIS-AWS-3.0:4.9'],
  attack: ['T1562.008'],
  equivalents: {
    prowler: ['cloudwatch_log_metric_filter_and_alarm_for_aws_config_configuration_changes_enabled'],
    securityHub: ['CloudWatch.9'],
  },
  risk: 'What AWS Config does not record has no history, and the rules that look at it say nothing.',
  remediation: {
    text: 'Compare the recorder and its delivery channel with what they should be.',
    cli: 'aws configservice start-configuration-recorder --configuration-recorder-name <recorder>',
    cloudFormation: 'AWS::Config::ConfigurationRecorder.RecordingGroup',
  },
  events: [
    {
      source: 'config.amazonaws.com',
      names: CONFIG_EVENTS,
    },
  ],
  evaluate(event) {
    const { request } = event;
    const recorder = factOf(request, 'configurationRecorderName') ?? factOf(request, 'configurationRecorder', 'name');
    const channel = factOf(request, 'deliveryChannelName') ?? factOf(request, 'deliveryChannel', 'name');
    const bucket = factOf(request, 'deliveryChannel', 's3BucketName');
    return changeNotice(event, {
      service: 'config.amazonaws.com',
      what: recorder ?? channel,
      evidence: {
        ...(recorder === undefined ? {} : { recorder }),
        ...(channel === undefined ? {} : { channel }),
        ...(bucket === undefined ? {} : { bucket }),
      },
    });
  },
  examples: {
    activity: {
      'the recorder stopped': {
        ...CONFIG,
        eventName: 'StopConfigurationRecorder',
        requestParameters: { configurationRecorderName: 'default' },
      },
      'delivery to another bucket': {
        ...CONFIG,
        eventName: 'PutDeliveryChannel',
        requestParameters: { deliveryChannel: { name: 'default', s3BucketName: 'example-config' } },
      },
      'the channel not deleted while it is used': {
        ...CONFIG,
        eventName: 'DeleteDeliveryChannel',
        errorCode: 'LastDeliveryChannelDeleteFailedException',
        requestParameters: { deliveryChannelName: 'default' },
      },
    },
    quiet: {},
  },
});
