import type { EventDataStore as EventDataStoreEntry } from '@aws-sdk/client-cloudtrail';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { listEveryRegion } from '../every-region.ts';
import { Listed } from '../facet.ts';
import { attempt, opened, toListed } from '../partial.ts';
import { getEventDataStore, listEventDataStores } from './calls.ts';
import { toManagementEvents } from './management-events.ts';
import { type ObjectEvents, toObjectEvents } from './object-events.ts';
import type { ManagementEvents } from './trail.ts';

/** A store of CloudTrail Lake; its state throws `Unread` when touched if it could not be read. */
export interface EventDataStore {
  readonly arn: string;
  readonly state: EventDataStoreState;
}

export interface EventDataStoreState {
  /** ENABLED: new events come in. */
  readonly ingesting: boolean;
  readonly multiRegion: boolean;
  readonly managementEvents: ManagementEvents;
  readonly objectEvents: ObjectEvents;
}

/** Calls that reading all event data stores needs. */
export const eventDataStoreCalls = [listEventDataStores, getEventDataStore];

/** The event data stores of every enabled region. */
export function readEventDataStores(place: Place): Promise<Listed<EventDataStore>> {
  return listEveryRegion(place, (region) => readRegion(place, region));
}

async function readRegion(place: Place, region: string): Promise<Listed<EventDataStore>> {
  const arns = toListed(await listEventDataStores(place, { region }), toArn);
  const stores = await Promise.all(arns.known.map((arn) => readStore(place, region, arn)));
  return new Listed(stores, arns.unread);
}

function toArn({ EventDataStoreArn }: EventDataStoreEntry): string {
  if (!EventDataStoreArn) throw malformed('cloudtrail:ListEventDataStores', 'a store has no ARN');
  return EventDataStoreArn;
}

async function readStore(place: Place, region: string, arn: string): Promise<EventDataStore> {
  const state = await attempt(() => readState(place, region, arn));
  return {
    arn,
    get state() {
      return opened(state);
    },
  };
}

async function readState(place: Place, region: string, arn: string): Promise<EventDataStoreState> {
  const { Status, MultiRegionEnabled, AdvancedEventSelectors } = await getEventDataStore(place, { region, arn });
  if (Status === undefined || MultiRegionEnabled === undefined) {
    throw malformed('cloudtrail:GetEventDataStore', 'the store has no status or does not say of which regions it is');
  }
  return {
    ingesting: Status === 'ENABLED',
    multiRegion: MultiRegionEnabled,
    managementEvents: toManagementEvents({ AdvancedEventSelectors }),
    objectEvents: toObjectEvents({ AdvancedEventSelectors }),
  };
}
