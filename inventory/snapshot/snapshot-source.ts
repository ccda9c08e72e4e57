import { createConnections } from '../connections.ts';
import { CoverageLog } from '../coverage.ts';
import { type Facet, Listed, Unread, type UnreadReason } from '../facet.ts';
import { Meter } from '../pacing.ts';
import type { Resource, ResourceSource } from '../reader.ts';
import type { ResourceType, Scope } from '../resource.ts';
import { type Session, toSession } from '../session.ts';
import { toError } from './decoder.ts';
import { listingKey, type Snapshot, type StoredResource } from './snapshot.ts';
import { readTeamFacets } from './team-facets.ts';

/** The same sources, answering from a snapshot. What it does not hold is unread, and never absent. */
export function snapshotSources({ listings }: Pick<Snapshot, 'listings'>, sources: readonly ResourceSource[]): readonly ResourceSource[] {
  return sources.map((source): ResourceSource => {
    const { type } = source;
    const lacking = remembered((facet: string) => lackingFrom(`${facet} of ${type}`));
    const list = async (session: Session, scope: Scope): Promise<Listed<Resource>> => {
      const listing = listings.get(listingKey(type, scope.region));
      if (!listing) throw new Unread(lackingFrom(type));
      if (listing.crashed) throw toError(listing.crashed);
      const ofTeam = await readTeamFacets(type, session, scope);
      return new Listed(
        listing.known.map((stored) => toResource(stored, ofTeam, lacking)),
        listing.unread,
      );
    };
    return {
      ...source,
      list,
      only: async (session, scope, ids) =>
        (await list(session, scope)).filter(({ identity: { id, arn } }) => ids.includes(id) || ids.includes(arn)),
    };
  });
}

function toResource(
  { identity, facets }: StoredResource,
  ofTeam: ReadonlyMap<string, Facet<unknown>>,
  lacking: (facet: string) => UnreadReason,
): Resource {
  return {
    identity,
    facet(name): Facet<unknown> {
      const stored = facets.get(name) ?? ofTeam.get(name) ?? { read: false, reason: lacking(name) };
      if ('crashed' in stored) throw toError(stored.crashed);
      return stored;
    },
  };
}

function lackingFrom(what: ResourceType | `${string} of ${ResourceType}`): UnreadReason {
  return { cause: 'no-data', operation: 'posture:collect', permissions: [], message: `the snapshot does not hold it: ${what}` };
}

/** One reason per facet: the engine makes an error of each. */
function remembered<Value>(make: (name: string) => Value): (name: string) => Value {
  const made = new Map<string, Value>();
  return (name) => {
    const known = made.get(name) ?? make(name);
    made.set(name, known);
    return known;
  };
}

/** A session in the account of a snapshot, as it was when it was collected. Nobody is signed in: whoever asks AWS by it fails. */
export function snapshotSession({ header, end }: Pick<Snapshot, 'header' | 'end'>): Session {
  const { accountId, partition, callerArn, globalRegion, regions } = header;
  const meter = new Meter();
  const credentials = () => Promise.reject(new Error('a snapshot is judged without asking AWS'));
  const aws = createConnections({ credentials, meter, maxAttempts: 1, requestTimeout: 1 });
  return {
    ...toSession({ accountId, partition, callerArn }, globalRegion, aws, meter),
    coverage: new CoverageLog(end.gaps),
    regions,
  };
}
