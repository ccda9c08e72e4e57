import type { Facet } from '../facet.ts';
import type { ResourceIdentity } from '../resource.ts';
import { BrokenSnapshot } from './broken-snapshot.ts';
import { Decoder, toReason } from './decoder.ts';
import { type Fault, toFault } from './encoder.ts';
import {
  type EndLine,
  endSchema,
  headerSchema,
  type ListingLine,
  listingKey,
  listingSchema,
  SNAPSHOT_SCHEMA,
  type Snapshot,
  type SnapshotHeader,
  type StoredListing,
  type StoredResource,
} from './snapshot.ts';

/**
 * Reads a snapshot from its lines, each of which is forgotten once it is understood.
 * @throws BrokenSnapshot for what is none, is of a newer form, or is not whole
 */
export async function readSnapshot(lines: AsyncIterable<string>): Promise<Snapshot> {
  const decoder = new Decoder();
  const parts = new Parts();
  let header: SnapshotHeader | undefined;
  for await (const line of lines) {
    if (header) parts.add(toLine(decoder.decode(parsed(line))));
    else header = toHeader(line);
  }
  if (!header) throw new BrokenSnapshot('it is empty');
  return { header, ...parts.whole() };
}

/** What was read so far. */
class Parts {
  /** Resources whose listing is not at its end. */
  readonly #known = new Map<string, StoredResource[]>();
  readonly #listings = new Map<string, StoredListing>();
  #end: EndLine | undefined;

  add(line: Line): void {
    if (this.#end) throw new BrokenSnapshot('it goes on after its end');
    if (line.kind === 'end') this.#end = line;
    else if (line.kind === 'listing') this.#addListing(line);
    else this.#addResource(line);
  }

  whole(): Pick<Snapshot, 'listings' | 'end'> {
    if (!this.#end) throw new BrokenSnapshot('it breaks off in the middle');
    if (this.#listings.size === this.#end.listings) return { listings: this.#listings, end: this.#end };
    throw new BrokenSnapshot(`it holds ${this.#listings.size} of ${this.#end.listings} listings`);
  }

  #addListing(line: ListingLine): void {
    const key = listingKey(line.type, line.scope);
    this.#listings.set(key, toListing(line, this.#known.get(key) ?? []));
  }

  #addResource({ scope, resource }: Extract<Line, { kind: 'resource' }>): void {
    const key = listingKey(resource.identity.type, scope);
    const before = this.#known.get(key);
    if (before) before.push(resource);
    else this.#known.set(key, [resource]);
  }
}

/** Only the first line. @throws BrokenSnapshot as `readSnapshot` does */
export async function readHeader(lines: AsyncIterable<string>): Promise<SnapshotHeader> {
  for await (const line of lines) return toHeader(line);
  throw new BrokenSnapshot('it is empty');
}

function toHeader(line: string): SnapshotHeader {
  const { kind, schemaVersion, product }: { kind?: unknown; schemaVersion?: unknown; product?: unknown } = Object(parsed(line));
  if (kind !== 'posture-snapshot') throw new BrokenSnapshot('it is no snapshot of "posture collect"');
  if (typeof schemaVersion === 'number' && schemaVersion > SNAPSHOT_SCHEMA)
    throw new BrokenSnapshot(
      `posture ${String(product)} wrote it in form ${schemaVersion}, and this posture reads up to ${SNAPSHOT_SCHEMA}; use that version or a newer one`,
    );
  const header = headerSchema.safeParse(parsed(line));
  if (!header.success) throw new BrokenSnapshot(`its first line is wrong (${header.error.issues[0]?.path.join('.')})`);
  return header.data;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new BrokenSnapshot('it is damaged: a line is no JSON', { cause: error });
  }
}

type Line = EndLine | ListingLine | { readonly kind: 'resource'; readonly scope: string; readonly resource: StoredResource };

function toLine(value: unknown): Line {
  const { kind, scope, identity, facets }: { kind?: unknown; scope?: unknown; identity?: unknown; facets?: unknown } = Object(value);
  if (kind === 'resource' && typeof scope === 'string' && isIdentity(identity))
    return { kind, scope, resource: { identity, facets: toFacets(facets) } };
  const other = (kind === 'listing' ? listingSchema : endSchema).safeParse(value);
  if (!other.success) throw new BrokenSnapshot('it is damaged: a line is none of a snapshot');
  return other.data;
}

function isIdentity(value: unknown): value is ResourceIdentity {
  const { type, arn, id, accountId, region, partition, tags }: Record<string, unknown> = Object(value);
  return (
    [type, arn, id, accountId, region, partition].every((member) => typeof member === 'string') && typeof tags === 'object' && tags !== null
  );
}

function toFacets(facets: unknown): StoredResource['facets'] {
  return new Map(Object.entries(Object(facets)).map(([name, stored]) => [name, toFacet(stored)]));
}

function toFacet(stored: unknown): Facet<unknown> | { readonly crashed: Fault } {
  const { value, asOf, unread, crashed }: Record<string, unknown> = Object(stored);
  if (unread !== undefined) return { read: false, reason: toReason(unread) };
  if (crashed !== undefined) return { crashed: toFault(Object.assign(new Error(), crashed)) };
  return typeof asOf === 'string' ? { read: true, value, asOf } : { read: true, value };
}

function toListing(line: ListingLine, known: readonly StoredResource[]): StoredListing {
  if (known.length === line.resources) return { ...line, known };
  throw new BrokenSnapshot(`it holds ${known.length} of ${line.resources} resources of the type ${line.type} in ${line.scope}`);
}
