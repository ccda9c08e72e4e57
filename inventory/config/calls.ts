import type { ConfigurationRecorder, ConfigurationRecorderStatus, DeliveryChannel } from '@aws-sdk/client-config-service';
import { required } from '../broken-answer.ts';
import { defineCall } from '../call.ts';

/** A region's customer managed recorder, if there is one: those of services are only told when asked for by name (AWS Config API Reference). */
export const describeConfigurationRecorders = defineCall<readonly ConfigurationRecorder[], string>({
  service: 'config',
  operation: 'DescribeConfigurationRecorders',
  permissions: ['config:DescribeConfigurationRecorders'],
  region: (inRegion) => inRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.config(region);
    const answer = await client.send(new sdk.DescribeConfigurationRecordersCommand({}));
    return required(answer.ConfigurationRecorders, 'ConfigurationRecorders');
  },
});

export const describeConfigurationRecorderStatus = defineCall<readonly ConfigurationRecorderStatus[], string>({
  service: 'config',
  operation: 'DescribeConfigurationRecorderStatus',
  permissions: ['config:DescribeConfigurationRecorderStatus'],
  region: (inRegion) => inRegion,
  async send(session, region) {
    const { sdk, client } = await session.aws.config(region);
    const answer = await client.send(new sdk.DescribeConfigurationRecorderStatusCommand({}));
    return required(answer.ConfigurationRecordersStatus, 'ConfigurationRecordersStatus');
  },
});

export const describeDeliveryChannels = defineCall<readonly DeliveryChannel[]>({
  service: 'config',
  operation: 'DescribeDeliveryChannels',
  permissions: ['config:DescribeDeliveryChannels'],
  async send(session, region) {
    const { sdk, client } = await session.aws.config(region);
    const answer = await client.send(new sdk.DescribeDeliveryChannelsCommand({}));
    return required(answer.DeliveryChannels, 'DeliveryChannels');
  },
});
