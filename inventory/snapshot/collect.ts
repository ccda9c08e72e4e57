import pLimit from 'p-limit';
import { type Facet, type Listed, Unread } from '../facet.ts';
import type { Resource, ResourceSource } from '../reader.ts';
import { GLOBAL, type Scope } from '../resource.ts';
import type { Session } from '../session.ts';
import { Encoder, toFault, Unstorable } from './encoder.ts';
import type { EndLine, ListingLine, ResourceLine, SnapshotHeader, StoredFacet } from './snapshot.ts';

/** The same as an audit has under way at once. */
const CONCURRENT_SCOPES = 6;
const CONCURRENT_RESOURCES = 32;

/** What is to be collected, and where it goes. */
export interface Collection {
  readonly session: Session;
  readonly header: SnapshotHeader;
  /** Those whose types the header names are listed. */
  readonly sources: readonly ResourceSource[];
  readonly now: () => Date;
  /** Takes one line, without its end. Lines keep the order in which they are given. Resolves when there is room for more. */
  readonly write: (line: string) => Promise<void>;
  /** Called after each listing: how many are done, of how many. */
  readonly onListed?: (done: number, total: number) => void;
}

/**
 * Lists and reads all that the header names, and writes it line by line: nothing is held longer than a scan would hold it. What could not be read is written
 * with its reason, and a bug in a reader costs no more than its own facet.
 * @throws whatever `write` throws
 */
export async function collectInventory(collection: Collection): Promise<EndLine> {
  const { session, header, now } = collection;
  const encoder = new Encoder();
  const write = (line: ResourceLine | ListingLine | EndLine) => collection.write(JSON.stringify(encoded(encoder, line)));
  await collection.write(JSON.stringify(header));
  const tasks = header.scopes.flatMap((region) => sourcesIn(collection, region).length);
  const total = tasks.reduce((sum, count) => sum + count, 0);
  const written: ListingLine[] = [];
  await pLimit(CONCURRENT_SCOPES).map(header.scopes, async (region) => {
    // Answers are remembered for as long as this object lives: a scope's for the time that it takes.
    const scope = { accountId: session.accountId, region };
    const listings = sourcesIn(collection, region).map(async (source) => {
      const facets = header.facets[source.type] ?? [];
      const line = await collectListing(source, { session, scope, facets, write });
      await write(line);
      written.push(line);
      collection.onListed?.(written.length, total);
    });
    await Promise.all(listings);
  });
  const end: EndLine = {
    kind: 'end',
    finishedAt: now().toISOString(),
    listings: written.length,
    resources: written.reduce((sum, { resources }) => sum + resources, 0),
    calls: session.meter.total,
    throttles: session.meter.throttles,
    gaps: session.coverage.gaps,
  };
  await write(end);
  return end;
}

function sourcesIn({ sources, header }: Collection, region: string): readonly ResourceSource[] {
  const kind = region === GLOBAL ? 'global' : 'regional';
  return sources.filter(({ scope, type }) => scope === kind && header.facets[type] !== undefined);
}

interface Listing {
  readonly session: Session;
  readonly scope: Scope;
  readonly facets: readonly string[];
  readonly write: (line: ResourceLine | ListingLine | EndLine) => Promise<void>;
}

async function collectListing(source: ResourceSource, { session, scope, facets, write }: Listing): Promise<ListingLine> {
  const { type } = source;
  const listing = { kind: 'listing', type, scope: scope.region } as const;
  const listed = await listResources(source, session, scope);
  if ('crashed' in listed) return { ...listing, resources: 0, ...listed };
  const { known, unread } = listed;
  for await (const line of inOrder(known, (resource) => toLine(resource, scope, facets))) await write(line);
  return { ...listing, resources: known.length, ...(unread ? { unread } : {}) };
}

type Listings = Pick<Listed<Resource>, 'known' | 'unread'> | Pick<Required<ListingLine>, 'crashed'>;

async function listResources(source: ResourceSource, session: Session, scope: Scope): Promise<Listings> {
  try {
    return await source.list(session, scope);
  } catch (error) {
    return error instanceof Unread ? { known: [], unread: error.reason } : { crashed: toFault(error) };
  }
}

/** What becomes of each, in their order, while a few of those that follow are begun already. */
async function* inOrder<Item, Made>(items: readonly Item[], make: (item: Item) => Promise<Made>): AsyncGenerator<Made> {
  const begun: Promise<Made>[] = [];
  for (const item of items) {
    begun.push(make(item));
    const first = begun.length < CONCURRENT_RESOURCES ? undefined : begun.shift();
    if (first) yield await first;
  }
  for (const rest of begun) yield await rest;
}

async function toLine(resource: Resource, { region }: Scope, names: readonly string[]): Promise<ResourceLine> {
  const facets = await Promise.all(names.map(async (name) => [name, await toStored(() => resource.facet(name))] as const));
  return { kind: 'resource', scope: region, identity: resource.identity, facets: Object.fromEntries(facets) };
}

async function toStored(read: () => Facet<unknown> | Promise<Facet<unknown>>): Promise<StoredFacet> {
  try {
    const facet = await read();
    if (!facet.read) return { unread: facet.reason };
    return facet.asOf === undefined ? { value: facet.value } : { value: facet.value, asOf: facet.asOf };
  } catch (error) {
    return { crashed: toFault(error) };
  }
}

function encoded(encoder: Encoder, line: ResourceLine | ListingLine | EndLine): unknown {
  try {
    return encoder.encode(line);
  } catch (error) {
    if (!(error instanceof Unstorable) || line.kind !== 'resource') throw error;
    return encoder.encode(storable(line));
  }
}

/** A facet that cannot be stored is a bug; what is judged by it is then unknown, and the rest is kept. */
function storable(line: ResourceLine): ResourceLine {
  const facets = Object.entries(line.facets).map(([name, stored]): [string, StoredFacet] => {
    try {
      new Encoder().encode(stored);
      return [name, stored];
    } catch (error) {
      return [name, { crashed: toFault(error) }];
    }
  });
  return { ...line, facets: Object.fromEntries(facets) };
}
