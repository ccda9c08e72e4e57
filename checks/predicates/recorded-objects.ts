import type { AccountFacets } from '../../inventory/account/account.ts';
import type { EventDataStore } from '../../inventory/cloudtrail/event-data-stores.ts';
import { fail, pass, type Verdict } from '../check.ts';
import { anyOf, someOf } from './logic.ts';
import { objectShortfallsOf, recordsObjects } from './trails.ts';

/** PASS if a trail, or an event data store of CloudTrail Lake, records what is done with every object of every bucket. */
export function judgeRecordedObjects(account: Pick<AccountFacets, 'trails' | 'eventDataStores'>, access: 'read' | 'write'): Verdict {
  const isRecorded = anyOf(
    () => someOf(account.trails, (trail) => recordsObjects(trail, access)),
    () => someOf(account.eventDataStores, (store) => storesObjects(store, access)),
  );
  if (isRecorded) return pass;
  const trails = [...account.trails]
    .map((state) => ({ trail: state.trail.arn, shortfalls: objectShortfallsOf(state, access) }))
    .sort((one, other) => (one.trail < other.trail ? -1 : 1));
  const isPartly = trails.some(({ shortfalls }) => shortfalls.length === 1 && shortfalls[0]?.endsWith('some objects only'));
  return fail(isPartly ? `${access}s of some objects only are recorded` : `no trail records all ${access}s of objects`, { trails });
}

function storesObjects({ state }: EventDataStore, access: 'read' | 'write'): boolean {
  return state.ingesting && state.multiRegion && state.objectEvents[access] === 'all';
}
