export {
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  paginateListTrails,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
