import type { AccountFacets } from '../../inventory/account/account.ts';
import type { Extent } from '../../inventory/cloudtrail/object-events.ts';
import type { TrailProperties, TrailState } from '../../inventory/cloudtrail/trail.ts';
import { denied, partial, refuse, type UnreadFacet } from '../check.ts';
import { EXAMPLE_LOGGING, EXAMPLE_TRAIL, EXAMPLE_TRAIL_STATE, EXAMPLE_EVENT_DATA_STORE as STORE } from './example-trails.ts';

interface Example {
  readonly trails: AccountFacets['trails'] | UnreadFacet;
  readonly eventDataStores: AccountFacets['eventDataStores'] | UnreadFacet;
}
type Examples = Readonly<Record<'pass' | 'fail' | 'unknown', Readonly<Record<string, Example>>>>;

/** For examples of checks that what is done with objects is recorded: what they have in common. */
export function objectEventExamples(access: 'read' | 'write'): Examples {
  const events = (extent: Extent) => ({ read: 'none', write: 'none', [access]: extent }) as const;
  const trailOf = (extent: Extent, trail: Partial<TrailProperties> = {}): TrailState => ({
    ...EXAMPLE_TRAIL_STATE,
    trail: { ...EXAMPLE_TRAIL, ...trail },
    objectEvents: events(extent),
  });
  const storeOf = (extent: Extent) => ({ ...STORE, state: { ...STORE.state, objectEvents: events(extent) } });
  const alone = (...trails: readonly TrailState[]): Example => ({ trails, eventDataStores: [] });
  return {
    pass: {
      'a trail records those of every bucket': alone(trailOf('none'), trailOf('all')),
      'an event data store does': { trails: [trailOf('none')], eventDataStores: [storeOf('all')] },
      'a trail does, and nothing else was read': {
        trails: partial([trailOf('all')], 'cloudtrail:ListTrails'),
        eventDataStores: denied('cloudtrail:ListEventDataStores'),
      },
    },
    fail: {
      'no trail': alone(),
      'a trail of management events': alone(trailOf('none')),
      'a trail of some buckets': alone(trailOf('some')),
      'a trail of one region': alone(trailOf('all', { multiRegion: false })),
      'a trail that is not logging': alone({ ...trailOf('all'), status: { ...EXAMPLE_LOGGING, logging: false } }),
      'an event data store that takes in nothing more': {
        trails: [],
        eventDataStores: [{ ...STORE, state: { ...storeOf('all').state, ingesting: false } }],
      },
    },
    unknown: {
      "an organization's trail whose selectors a member may not read": alone(withoutEvents()),
      'other trails were not read': { trails: partial([trailOf('some')], 'cloudtrail:ListTrails'), eventDataStores: [] },
      'event data stores were not read': { trails: [], eventDataStores: denied('cloudtrail:ListEventDataStores') },
    },
  };
}

function withoutEvents(): TrailState {
  return {
    ...EXAMPLE_TRAIL_STATE,
    trail: { ...EXAMPLE_TRAIL, organization: true },
    get objectEvents() {
      return refuse('cloudtrail:GetEventSelectors');
    },
  };
}
