import type { Operation, Place } from './call.ts';
import { type Facet, type Listed, Unread } from './facet.ts';
import type { Facets } from './facets.ts';
import type { ResourceIdentity, ResourceType, Scope } from './resource.ts';
import type { Session } from './session.ts';

/** How one facet is read from a listed resource: the operations it may ask, and what the answers mean. */
export interface FacetReader<Raw, Value> {
  readonly calls: readonly Operation[];
  /** Throws `Unread` for what was refused. A reader without calls answers at once. */
  readonly read: (raw: Raw, place: Place) => Value | Promise<Value>;
}

/** Everything we know about reading one type of resource. */
export interface Reader<T extends ResourceType, Raw> {
  readonly type: T;
  /** `global`: listed once per account. `regional`: once per region. */
  readonly scope: 'global' | 'regional';
  readonly list: { readonly calls: readonly Operation[]; readonly read: (place: Place) => Promise<Listed<Raw>> };
  readonly identify: (raw: Raw, scope: Scope, partition: string) => Omit<ResourceIdentity, 'type'>;
  readonly facets: { readonly [F in keyof Facets[T] & string]: FacetReader<Raw, Facets[T][F]> };
}

/** A resource that was listed. Its facets are read when first asked for, and then remembered. */
export interface Resource {
  readonly identity: ResourceIdentity;
  /** The facet if it is here already, a promise if AWS must be asked first. */
  readonly facet: (name: string) => Facet<unknown> | Promise<Facet<unknown>>;
}

/** A reader whose raw items are nobody else's business: what the registry holds. */
export interface ResourceSource {
  readonly type: ResourceType;
  readonly scope: 'global' | 'regional';
  /** Operations that listing needs. */
  readonly listCalls: readonly Operation[];
  /** Operations that each facet needs. */
  readonly facetCalls: Readonly<Record<string, readonly Operation[]>>;
  /** Lists the resources of a scope. Throws `Unread` when not even the first page came. */
  readonly list: (session: Session, scope: Scope) => Promise<Listed<Resource>>;
}

/** Declares how a resource type is read. */
export function defineReader<T extends ResourceType, Raw>(reader: Reader<T, Raw>): ResourceSource {
  const facetReaders: Readonly<Record<string, FacetReader<Raw, unknown>>> = reader.facets;
  return {
    type: reader.type,
    scope: reader.scope,
    listCalls: reader.list.calls,
    facetCalls: Object.fromEntries(Object.entries(facetReaders).map(([name, facet]) => [name, facet.calls])),
    async list(session, scope) {
      const listed = await reader.list.read({ session, scope, declared: reader.list.calls });
      return listed.map((raw) => {
        const identity = { type: reader.type, ...reader.identify(raw, scope, session.partition) };
        return lazyResource(identity, (name) => readFacet(facetReaders, name, raw, { session, scope }));
      });
    },
  };
}

type AnyFacet = Facet<unknown> | Promise<Facet<unknown>>;

function lazyResource(identity: ResourceIdentity, read: (name: string) => AnyFacet): Resource {
  const facets = new Map<string, AnyFacet>();
  return {
    identity,
    facet(name) {
      const known = facets.get(name);
      if (known) return known;
      const facet = read(name);
      facets.set(name, facet);
      if (facet instanceof Promise)
        facet.then(
          (settled) => facets.set(name, settled),
          () => undefined,
        );
      return facet;
    },
  };
}

function readFacet<Raw>(
  readers: Readonly<Record<string, FacetReader<Raw, unknown>>>,
  name: string,
  raw: Raw,
  at: { session: Session; scope: Scope },
): AnyFacet {
  const reader = readers[name];
  if (!reader) throw new Error(`there is no facet "${name}"`);
  try {
    const value = reader.read(raw, { ...at, declared: reader.calls });
    return value instanceof Promise ? value.then(toRead, toUnread) : toRead(value);
  } catch (error) {
    return toUnread(error);
  }
}

function toRead(value: unknown): Facet<unknown> {
  return { read: true, value };
}

/** @throws the error itself when it is no refusal: a bug in a reader must not look like a denied call */
function toUnread(error: unknown): Facet<unknown> {
  if (error instanceof Unread) return { read: false, reason: error.reason };
  throw error;
}
