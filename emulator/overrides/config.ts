import { type Overrides, reply } from '../exchange.ts';
import { servicesIn } from './region-services.ts';

const NAME = 'default';

/** Moto has no recorder that fails, and needs a role and a bucket for one: the described one is answered. */
export const configOverrides: Overrides = {
  'config:DescribeConfigurationRecorders': (exchange) => {
    const { recorder } = servicesIn(exchange);
    const roleARN = `arn:aws:iam::${exchange.caller.accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
    const { types, globalTypes = false } = recorder ?? {};
    const recordingGroup = types
      ? {
          allSupported: false,
          includeGlobalResourceTypes: false,
          resourceTypes: types,
          recordingStrategy: { useOnly: 'INCLUSION_BY_RESOURCE_TYPES' },
        }
      : {
          allSupported: true,
          includeGlobalResourceTypes: globalTypes,
          resourceTypes: [],
          recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
        };
    return reply(exchange, { ConfigurationRecorders: recorder ? [{ name: NAME, roleARN, recordingGroup }] : [] });
  },

  'config:DescribeConfigurationRecorderStatus': (exchange) => {
    const { recorder } = servicesIn(exchange);
    const { recording = true, lastStatus = 'SUCCESS' } = recorder ?? {};
    return reply(exchange, { ConfigurationRecordersStatus: recorder ? [{ name: NAME, recording, lastStatus }] : [] });
  },

  'config:DescribeDeliveryChannels': (exchange) => {
    const { recorder } = servicesIn(exchange);
    const hasChannel = recorder !== undefined && (recorder.channel ?? true);
    return reply(exchange, { DeliveryChannels: hasChannel ? [{ name: NAME, s3BucketName: 'config-record' }] : [] });
  },
};
