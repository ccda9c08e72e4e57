import type { Operation, Place } from './call.ts';
import type { ChangeEvents } from './events/changes.ts';
import { type Facet, type Listed, Unread } from './facet.ts';
import type { Facets } from './facets.ts';
import type { ResourceIdentity, ResourceType, Scope } from './resource.ts';
import type { Session } from './session.ts';

/** How one facet is read from a listed resource: the operations it may ask, and what the answers mean. */
export interface FacetReader<Raw, Value> {
  readonly calls: readonly Operation[];
  /** Throws `Unread` for what was refused. A reader without calls answers at once. */
  readonly read: (raw: Raw, place: Place) => Value | Promise<Value>;
  /** When AWS wrote down what it answers with, if that was earlier than it was asked: a report may be four hours old. ISO 8601 UTC. */
  asOf?(value: Value): string;
}

/** Everything we know about reading one type of resource. */
export interface Reader<T extends ResourceType, Raw> {
  readonly type: T;
  /** `global`: listed once per account. `regional`: once per region. */
  readonly scope: 'global' | 'regional';
  readonly list: { readonly calls: readonly Operation[]; readonly read: (place: Place) => Promise<Listed<Raw>> };
  /**
   * Reads only those with these ids (or ARNs). What it does not give is not there, if its answer is whole. Absent: everything is listed, and the others are
   * passed over.
   */
  readonly only?: {
    readonly calls: readonly Operation[];
    readonly read: (place: Place, ids: readonly string[]) => Promise<Listed<Raw>>;
    /** Facets that are read otherwise than in a listing: live, where that has a report. */
    readonly facets?: { readonly [F in keyof Facets[T] & string]?: FacetReader<Raw, Facets[T][F]> };
  };
  /** The events that change resources of the type. */
  readonly changes: readonly ChangeEvents<keyof Facets[T] & string>[];
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
  /** Operations that reading single resources needs. */
  readonly onlyCalls: readonly Operation[];
  readonly changes: readonly ChangeEvents[];
  /** Operations that each facet needs. */
  readonly facetCalls: Readonly<Record<string, readonly Operation[]>>;
  /** Operations that facets of single resources need, where those are others than `facetCalls`. */
  readonly onlyFacetCalls?: Readonly<Record<string, readonly Operation[]>>;
  /** Lists the resources of a scope. Throws `Unread` when not even the first page came. */
  readonly list: (session: Session, scope: Scope) => Promise<Listed<Resource>>;
  /** Those of a scope that have one of these ids or ARNs; of a whole answer, what is missing is not there. Throws `Unread` as `list` does. */
  readonly only: (session: Session, scope: Scope, ids: readonly string[]) => Promise<Listed<Resource>>;
}

/** Declares how a resource type is read. */
export function defineReader<T extends ResourceType, Raw>(reader: Reader<T, Raw>): ResourceSource {
  const facetReaders: FacetReaders<Raw> = reader.facets;
  const liveReaders = present<Raw>(reader.only?.facets ?? {});
  const toResource = (raw: Raw, session: Session, scope: Scope, readers: FacetReaders<Raw>): Resource => {
    const identity = { type: reader.type, ...reader.identify(raw, scope, session.partition) };
    return lazyResource(identity, (name) => readFacet(readers, name, raw, { session, scope }));
  };
  return {
    type: reader.type,
    scope: reader.scope,
    listCalls: reader.list.calls,
    onlyCalls: (reader.only ?? reader.list).calls,
    changes: reader.changes,
    facetCalls: callsOf(facetReaders),
    onlyFacetCalls: callsOf(liveReaders),
    async list(session, scope) {
      const listed = await reader.list.read({ session, scope, declared: reader.list.calls });
      return listed.map((raw) => toResource(raw, session, scope, facetReaders));
    },
    async only(session, scope, ids) {
      const { only, list } = reader;
      const listed = await (only
        ? only.read({ session, scope, declared: only.calls }, ids)
        : list.read({ session, scope, declared: list.calls }));
      const toName = namesOf(reader.type);
      const wanted = new Set(ids.map(toName));
      return listed
        .map((raw) => toResource(raw, session, scope, { ...facetReaders, ...liveReaders }))
        .filter(({ identity }) => wanted.has(toName(identity.id)) || wanted.has(toName(identity.arn)));
    },
  };
}

/** IAM does not distinguish names by case, and events have them as they were asked for: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
function namesOf(type: ResourceType): (idOrArn: string) => string {
  return type.startsWith('AWS::IAM::') ? (name) => name.toLowerCase() : (name) => name;
}

type FacetReaders<Raw> = Readonly<Record<string, FacetReader<Raw, unknown>>>;

function present<Raw>(readers: Readonly<Record<string, FacetReader<Raw, unknown> | undefined>>): FacetReaders<Raw> {
  return Object.fromEntries(Object.entries(readers).flatMap(([name, reader]) => (reader ? [[name, reader]] : [])));
}

function callsOf<Raw>(readers: FacetReaders<Raw>): Readonly<Record<string, readonly Operation[]>> {
  return Object.fromEntries(Object.entries(readers).map(([name, { calls }]) => [name, calls]));
}

type AnyFacet = Facet<unknown> | Promise<Facet<unknown>>;

function lazyResource(identity: ResourceIdentity, read: (name: string) => AnyFacet): Resource {
  const facets = new Map<string, AnyFacet>();
  return { identity, facet: (name) => facets.get(name) ?? ask(name) };

  function ask(name: string): AnyFacet {
    const facet = read(name);
    facets.set(name, facet);
    if (facet instanceof Promise)
      facet.then(
        (settled) => facets.set(name, settled),
        () => undefined,
      );
    return facet;
  }
}

function readFacet<Raw>(readers: FacetReaders<Raw>, name: string, raw: Raw, at: { session: Session; scope: Scope }): AnyFacet {
  const reader = readers[name];
  if (!reader) throw new Error(`there is no facet "${name}"`);
  try {
    const value = reader.read(raw, { ...at, declared: reader.calls });
    const toFacet = (settled: unknown): Facet<unknown> => toRead(settled, reader.asOf?.(settled));
    return value instanceof Promise ? value.then(toFacet, toUnread) : toFacet(value);
  } catch (error) {
    return toUnread(error);
  }
}

function toRead(value: unknown, asOf: string | undefined): Facet<unknown> {
  return asOf === undefined ? { read: true, value } : { read: true, value, asOf };
}

/** @throws the error itself when it is no refusal: a bug in a reader must not look like a denied call */
function toUnread(error: unknown): Facet<unknown> {
  if (error instanceof Unread) return { read: false, reason: error.reason };
  throw error;
}
