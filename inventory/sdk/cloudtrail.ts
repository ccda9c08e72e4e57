export {
  CloudTrailClient,
  GetEventDataStoreCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  paginateListEventDataStores,
  paginateListTrails,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
