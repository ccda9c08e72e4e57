import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { leftOutBy } from './event-selectors.ts';
import { demandOneOf, refuseWithout } from './judge-deed.ts';

/** What a call takes from the record of CloudTrail, in few words; `undefined`: nothing. `true`: the name of the call says it. */
export type TrailLoss = (event: CloudTrailEvent) => string | true | undefined;

/** Whatever was asked. */
export const always: TrailLoss = () => true;

/** Switched off, they mean that less is recorded; what is not given stays as it was. */
const SWITCHES: Readonly<Record<string, string>> = {
  isMultiRegionTrail: 'of one region only',
  multiRegionEnabled: 'of one region only',
  includeGlobalServiceEvents: 'without global services',
  isOrganizationTrail: 'of one account only',
  organizationEnabled: 'of one account only',
  enableLogFileValidation: 'without validation',
  terminationProtectionEnabled: 'without protection from deletion',
};

/** Whether it is another one than before one event does not tell. */
const GIVEN: Readonly<Record<string, string>> = {
  s3BucketName: 'to a bucket that was given anew',
  kmsKeyId: 'with a key that was given anew',
};

/** Given empty, they are taken away. */
const EMPTIED: Readonly<Record<string, string>> = {
  cloudWatchLogsLogGroupArn: 'no longer to CloudWatch Logs',
  kmsKeyId: 'no longer with a key of its own',
};

/** By name of the event. */
export const TRAIL_LOSSES: Readonly<Record<string, TrailLoss>> = {
  DeleteEventDataStore: always,
  DeleteTrail: always,
  DeregisterOrganizationDelegatedAdmin: always,
  PutEventSelectors: ({ request }) => leftOutBy(request),
  PutInsightSelectors: withoutInsights,
  StopEventDataStoreIngestion: always,
  StopLogging: always,
  UpdateEventDataStore: updatedStore,
  UpdateTrail: updated,
};

function withoutInsights(event: CloudTrailEvent): string | undefined {
  const selectors = event.request.at('insightSelectors').list;
  for (const selector of selectors) if (selector.at('insightType').text === undefined) refuseWithout(event, 'an insight');
  return selectors.length === 0 ? 'without insights' : undefined;
}

function updated(event: CloudTrailEvent): string | undefined {
  const { request } = event;
  demandOneOf(event, request, 'name', 'eventDataStore');
  const losses = [
    ...Object.entries(SWITCHES).flatMap(([member, loss]) => (request.at(member).flag === false ? loss : [])),
    ...Object.entries(GIVEN).flatMap(([member, loss]) => (request.at(member).exists && !givesAll(event) ? loss : [])),
    ...request.names.flatMap((member) => (request.at(member).exists ? [] : (EMPTIED[member] ?? []))),
  ];
  return losses.length === 0 ? undefined : losses.join(', ');
}

/** CloudFormation gives a trail all that its template says, whatever of it has changed. */
function givesAll({ actor }: CloudTrailEvent): boolean {
  return actor.invokedBy === 'cloudformation.amazonaws.com';
}

/** A store may be for other events than these from the first: then it is told once too often. */
function updatedStore(event: CloudTrailEvent): string | undefined {
  const { request } = event;
  return updated(event) ?? (request.at('advancedEventSelectors').exists ? leftOutBy(request) : undefined);
}
