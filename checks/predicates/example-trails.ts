import type { EventDataStore } from '../../inventory/cloudtrail/event-data-stores.ts';
import type { TrailProperties, TrailState, TrailStatus } from '../../inventory/cloudtrail/trail.ts';
import { refuse, UnreadFacet } from '../check.ts';

/** For examples: a trail of the organization or of the account, of all regions, that signs and delivers what it records. */
export const EXAMPLE_TRAIL: TrailProperties = {
  name: 'main',
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/main',
  homeRegion: 'eu-west-1',
  multiRegion: true,
  includesGlobalEvents: true,
  logFileValidation: true,
  organization: false,
  bucketName: 'example-trail-bucket',
  kmsKeyId: undefined,
  logGroupArn: undefined,
};

/** For examples: it logs, and all that it has was delivered five minutes before examples are judged. */
export const EXAMPLE_LOGGING: TrailStatus = {
  logging: true,
  startedAt: '2026-01-01T00:00:00Z',
  latestDeliveryAt: '2026-10-31T23:55:00Z',
  latestDeliveryError: undefined,
  latestLogDeliveryAt: undefined,
  latestLogDeliveryError: undefined,
};

/** For examples: all management events, and none of what is done with objects. */
export const EXAMPLE_TRAIL_STATE: TrailState = {
  trail: EXAMPLE_TRAIL,
  status: EXAMPLE_LOGGING,
  managementEvents: { read: true, write: true, excludedSources: [] },
  objectEvents: { read: 'none', write: 'none' },
};

/** For examples: the same, but that its event selectors were not read. */
export function withoutManagementEvents(trail: Partial<TrailProperties>): TrailState {
  return {
    ...EXAMPLE_TRAIL_STATE,
    trail: { ...EXAMPLE_TRAIL, ...trail },
    get managementEvents() {
      return refuse('cloudtrail:GetEventSelectors');
    },
  };
}

/** For examples: a store of CloudTrail Lake that takes in the management events of all regions. */
export const EXAMPLE_EVENT_DATA_STORE: EventDataStore = {
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:eventdatastore/1234abcd-12ab-34cd-56ef-1234567890ab',
  state: {
    ingesting: true,
    multiRegion: true,
    managementEvents: EXAMPLE_TRAIL_STATE.managementEvents,
    objectEvents: EXAMPLE_TRAIL_STATE.objectEvents,
  },
};

/** For examples: what is told of a trail's bucket where that is in another account. */
export const BUCKET_OF_OTHER_ACCOUNT = new UnreadFacet({
  cause: 'other-account',
  operation: 'cloudtrail:GetTrail',
  permissions: [],
  message: "the trail's bucket belongs to another account",
});
