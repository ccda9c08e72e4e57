import type { Operation } from './call.ts';
import type { CloudTrailEvent } from './events/event.ts';
import type { ResourceSource } from './reader.ts';
import { sources } from './registry.ts';
import type { ResourceType } from './resource.ts';

/**
 * The call that every audit makes in every region, and that comes back from there as an event where all is well: of the listings of these types
 * the one that the fewest facets ask too, so that one look makes few such events, and of EC2 if it may be, which is in every region. `undefined` when nothing
 * regional is listed.
 */
export function heartbeatOperation(all: readonly ResourceSource[], resourceTypes: Iterable<ResourceType>): Operation | undefined {
  const judged = new Set(resourceTypes);
  const listings = listingsOf(all.filter(({ type }) => judged.has(type)));
  const asking = (name: string) => all.flatMap(({ facetCalls }) => Object.values(facetCalls)).filter((calls) => asks(calls, name)).length;
  const [quietest] = [...listings]
    .map(([name, operation]) => ({ name, operation, asking: asking(name) }))
    .sort((one, other) => rank(one.operation) - rank(other.operation) || one.asking - other.asking || (one.name < other.name ? -1 : 1));
  return quietest?.operation;
}

/** Whether an event is a listing of a region's resources by the audit role, refused or not: events of that region arrive. `roleName` with its path, if it has one. */
export function isHeartbeat({ source, name, actor }: Pick<CloudTrailEvent, 'source' | 'name' | 'actor'>, roleName: string): boolean {
  return LISTINGS.has(`${source.split('.')[0]}:${name}`) && actor.issuer?.endsWith(`:role/${roleName.replace(/^\//, '')}`) === true;
}

const LISTINGS: ReadonlySet<string> = new Set(listingsOf(sources).keys());

function listingsOf(all: readonly ResourceSource[]): ReadonlyMap<string, Operation> {
  const listings = all.filter(({ scope }) => scope === 'regional').flatMap(({ listCalls }) => listCalls);
  return new Map(listings.map((operation) => [nameOf(operation), operation]));
}

function rank({ service }: Operation): number {
  return service === 'ec2' ? 0 : 1;
}

function asks(calls: readonly Operation[], name: string): boolean {
  return calls.some((operation) => nameOf(operation) === name);
}

function nameOf({ service, operation }: Operation): string {
  return `${service}:${operation}`;
}
