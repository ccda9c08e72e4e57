import type { AccountFacets } from '../../inventory/account/account.ts';
import type { EventDataStore } from '../../inventory/cloudtrail/event-data-stores.ts';
import { fail, pass, type Remediation, type Verdict } from '../check.ts';
import { anyOf, someOf } from './logic.ts';
import { objectShortfallsOf, recordsObjects } from './trails.ts';

/** One selector records reads and writes alike. */
export const OBJECT_EVENTS_REMEDIATION: Remediation = {
  text: 'Have a trail of all regions log data events of S3, of all current and future buckets. They are charged by number: weigh it for buckets that are written or read very often.',
  cli: `aws cloudtrail put-event-selectors --trail-name <trail> --event-selectors '[{"ReadWriteType":"All","IncludeManagementEvents":true,"DataResources":[{"Type":"AWS::S3::Object","Values":["arn:aws:s3"]}]}]'`,
  cloudFormation: 'AWS::CloudTrail::Trail.EventSelectors',
};

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
