import { type HistoryQuery, lookupEvents } from '../cloudtrail/calls.ts';
import type { ResourceSource } from '../reader.ts';
import { GLOBAL, type ResourceIdentity } from '../resource.ts';
import type { Session } from '../session.ts';
import type { CloudTrailEvent } from './event.ts';
import { toEvent } from './to-event.ts';
import type { Touch } from './touch.ts';
import { touchIndex } from './touches.ts';

/** A change of which somebody wants to know who made it. */
export interface SoughtChange {
  readonly resource: ResourceIdentity;
  /** It changed one of these facets. */
  readonly facets: readonly string[];
  /** The resource is no longer there: a deletion may be what is sought. */
  readonly gone: boolean;
  /** When it had not happened yet; absent: nobody knows. */
  readonly since?: Date | undefined;
  /** When it had happened. */
  readonly until: Date;
}

/**
 * Finds in CloudTrail's history the newest event that made such a change; `undefined` when there is none, or when `maySend` allows no further request.
 * It is asked before each.
 * @throws Unread when CloudTrail refuses
 */
export type ChangeLookup = (session: Session, sought: SoughtChange, maySend: () => boolean) => Promise<CloudTrailEvent | undefined>;

const MILLISECONDS_KEPT = 90 * 24 * 60 * 60 * 1000;
const MOST_PAGES = 4;
/** Of events that name no resource, each name is a question of its own. */
const MOST_NAMES = 6;

/** Looks changes up in the tables of these resource types. They are indexed when something is first sought: most scans seek nothing. */
export function changeLookup(sources: readonly ResourceSource[]): ChangeLookup {
  let touchesOf: ReturnType<typeof touchIndex> | undefined;
  return async (session, sought, maySend) => {
    const touched = (touchesOf ??= touchIndex(sources));
    const region = sought.resource.region === GLOBAL ? session.globalRegion : sought.resource.region;
    const fits = (event: CloudTrailEvent) => touched(event).some((touch) => isSought(touch, sought));
    let newest: CloudTrailEvent | undefined;
    for (const attribute of toAttributes(sources, sought)) {
      const found = await firstIn(lookupEvents(session, region, { ...attribute, ...toTime(sought) }), fits, maySend);
      newest = newer(newest, found);
      // A resource has one history, under whichever of its names.
      if (newest && attribute.key === 'ResourceName') break;
    }
    return newest;
  };
}

function toTime({ since, until }: SoughtChange): Pick<HistoryQuery, 'since' | 'until'> {
  return { since: new Date(Math.max(until.getTime() - MILLISECONDS_KEPT, since?.getTime() ?? 0)), until };
}

function newer(one: CloudTrailEvent | undefined, other: CloudTrailEvent | undefined): CloudTrailEvent | undefined {
  return one && other ? (other.at > one.at ? other : one) : (one ?? other);
}

type Attribute = Pick<HistoryQuery, 'key' | 'value'>;

/**
 * The attributes by which CloudTrail's history knows a resource: by its id, or by its ARN where requests name that. What there is one of in an account or a
 * region has no name in it, but its events have.
 */
function toAttributes(sources: readonly ResourceSource[], { resource: { id, arn, type }, facets }: SoughtChange): readonly Attribute[] {
  if (type !== 'AWS::Organizations::Account' && type !== 'AWS::EC2::RegionSettings') {
    return [...new Set(type === 'AWS::IAM::ManagedPolicy' ? [arn, id] : [id, arn])].map((value) => ({ key: 'ResourceName', value }));
  }
  const changes = sources.flatMap((source) => (source.type === type ? source.changes : []));
  const rows = changes.filter((change) => change.facets === undefined || change.facets.some((facet) => facets.includes(facet)));
  const ofAll = rows.filter(({ ids }) => typeof ids === 'string').flatMap(({ names }) => names);
  const byName = [...new Set(ofAll)].slice(0, MOST_NAMES).map((value) => ({ key: 'EventName' as const, value }));
  return rows.some(({ ids }) => typeof ids === 'object') ? [...byName, { key: 'Username', value: 'root' }] : byName;
}

async function firstIn(
  pages: AsyncGenerator<readonly unknown[]>,
  fits: (event: CloudTrailEvent) => boolean,
  maySend: () => boolean,
): Promise<CloudTrailEvent | undefined> {
  for (let page = 0; page < MOST_PAGES && maySend(); page += 1) {
    const { done, value } = await pages.next();
    if (done) return undefined;
    for (const record of value) {
      const event = toEvent(record);
      if (event && fits(event)) return event;
    }
  }
  return undefined;
}

function isSought({ resourceType, resourceId, facets, gone }: Touch, sought: SoughtChange): boolean {
  const { type, id, arn } = sought.resource;
  if (resourceType !== type || ![id, arn, '*'].includes(resourceId)) return false;
  if (gone) return sought.gone;
  return sought.gone || facets === 'all' || facets.some((facet) => sought.facets.includes(facet));
}
