import type { Trail } from '../account/description.ts';
import type { Account } from '../account.ts';

const LOG_GROUP = 'shop-trail';

/**
 * Somebody once began to watch the trail of the shop: whoever uses root is told of, changes to network gateways are only counted, and nothing else is.
 * Since the trail was stopped there is nothing to count.
 */
export function addMonitoring(shop: Account): void {
  shop
    .topic('security', { kmsKey: 'alias/orders', subscriptions: ['security@brightcart.example'] })
    .metricFilter('root-used', {
      logGroup: LOG_GROUP,
      pattern: '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
      alarm: { topics: ['security'] },
    })
    .metricFilter('gateway-changed', { logGroup: LOG_GROUP, pattern: '{ $.eventName = "*Gateway" }' })
    .eventDataStore('first-lake', {
      ingesting: false,
      selectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
    });
}

/** The shop's own trail, stopped half a year ago; what it wrote until then is encrypted. */
export const shopTrail: Trail = {
  ...{ bucket: 'brightcart-trail-logs', multiRegion: true, validation: true, logging: false },
  ...{ logGroup: LOG_GROUP, lastLogDelivery: 180, key: 'alias/shop-trail' },
};

/** The very first one, whose bucket no longer lets it in. */
export const firstTrail: Trail = {
  ...{ bucket: 'brightcart-old-logs', multiRegion: false, validation: false },
  ...{ deliveryError: 'AccessDenied', lastDelivery: 40 },
};

/** Records everything, objects too, and delivers all of it. */
export const archiveTrail: Trail = {
  ...{ bucket: 'brightcart-archive', multiRegion: true, validation: true, key: 'alias/archive' },
  ...{ lastDelivery: 0, logGroup: 'everything', lastLogDelivery: 0 },
  selectors: [
    {
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
      DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
      ExcludeManagementEventSources: [],
    },
  ],
};
