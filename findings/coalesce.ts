import type { ResourceSource } from '../inventory/reader.ts';
import type { ResourceIdentity, ResourceType, Scope } from '../inventory/resource.ts';
import type { CausedTouch } from './arrival.ts';
import { isApart, type LookedAt } from './facets-apart.ts';

/** Something to be looked at once, however many messages ask for it: a resource, or all of a type in a scope. Times are ISO 8601 UTC. */
export interface Thing {
  readonly scope: Scope;
  readonly type: ResourceType;
  /** An id or an ARN; `*`: any of the type. */
  readonly resourceId: string;
  readonly facets: LookedAt;
  /** False when only something else was touched, on which these facets rest. */
  readonly isDirect: boolean;
  readonly touches: readonly CausedTouch[];
  readonly messageIds: ReadonlySet<string>;
  /** A look that began then or later has seen what happened. */
  readonly seenFrom: string;
  /** A look that began then or later has seen it to its end, whichever server answered; `undefined` when this is to be that look. */
  readonly settledFrom: string | undefined;
}

/** A message that asks for a look. */
export interface Asking {
  readonly messageId: string;
  readonly caused: CausedTouch;
  readonly isAgain: boolean;
}

/** CloudTrail tells whole seconds: what happened at 12:00:00.9 is told as 12:00:00. */
const WHOLE_SECOND = 1;
/** Seconds after which AWS's eventually consistent services answer with the new state. */
const SETTLED_AFTER = 45;

/** What is to be looked at: each thing once, with all that was done to it. Types that no source reads are passed over. */
export function coalesce(askings: Iterable<Asking>, sources: readonly ResourceSource[], now: Date): readonly Thing[] {
  const kinds = new Map(sources.map(({ type, scope }) => [type, scope]));
  const things = new Map<string, Thing>();
  for (const asking of askings) {
    const kind = kinds.get(asking.caused.touch.resourceType);
    if (!kind) continue;
    for (const facets of facetsOf(asking.caused)) {
      const thing = toThing(asking, kind, facets, now);
      const isOfThoseApart = facets !== 'all' && facets.some(isApart);
      const key = JSON.stringify([thing.scope, thing.type, thing.resourceId, isOfThoseApart]);
      const known = things.get(key);
      things.set(key, known ? merge(known, thing) : thing);
    }
  }
  return [...things.values()];
}

/** What is gone has no facets left. Those apart are looked at by themselves: nothing else of the resource need be read for them. */
function facetsOf({ touch: { facets, gone } }: CausedTouch): readonly LookedAt[] {
  if (facets === 'all' || gone) return ['all'];
  const { apart = [], other = [] } = Object.groupBy(facets, (facet) => (isApart(facet) ? 'apart' : 'other'));
  return [other, apart].filter((some) => some.length > 0);
}

function toThing({ messageId, caused, isAgain }: Asking, kind: ResourceSource['scope'], facets: LookedAt, now: Date): Thing {
  const { accountId, region, resourceType, resourceId, indirect } = caused.touch;
  const settledFrom = after(caused.cause.at, SETTLED_AFTER, now);
  return {
    scope: { accountId, region: kind === 'global' ? kind : region },
    type: resourceType,
    resourceId,
    facets,
    isDirect: !indirect,
    touches: [caused],
    messageIds: new Set([messageId]),
    seenFrom: isAgain ? settledFrom : after(caused.cause.at, WHOLE_SECOND, now),
    settledFrom: isAgain ? undefined : settledFrom,
  };
}

/** An event without a time, or from the future, counts as one of now. */
function after(time: string, seconds: number, now: Date): string {
  const parsed = Date.parse(time);
  const happened = Number.isNaN(parsed) ? now.getTime() : Math.min(parsed, now.getTime());
  return new Date(happened + seconds * 1_000).toISOString();
}

function merge(a: Thing, b: Thing): Thing {
  const settles = [a.settledFrom, b.settledFrom].flatMap((time) => time ?? []).sort();
  return {
    ...a,
    facets: a.facets === 'all' || b.facets === 'all' ? 'all' : [...new Set([...a.facets, ...b.facets])].sort(),
    isDirect: a.isDirect || b.isDirect,
    touches: [...a.touches, ...b.touches],
    messageIds: new Set([...a.messageIds, ...b.messageIds]),
    seenFrom: a.seenFrom > b.seenFrom ? a.seenFrom : b.seenFrom,
    settledFrom: settles.at(-1),
  };
}

/** Whether a look that began then has seen the state that was to come of it all. */
export function isSettled({ settledFrom }: Thing, lookedAt: string | undefined): boolean {
  return settledFrom === undefined || (lookedAt !== undefined && lookedAt >= settledFrom);
}

/** Whether this may be a resource that somebody means by an id or an ARN. IAM does not distinguish names by case (API reference, CreateUser). */
export function isMeant(meant: string, { type, id, arn }: Pick<ResourceIdentity, 'type' | 'id' | 'arn'>): boolean {
  if (meant === '*' || meant === id || meant === arn) return true;
  return type.startsWith('AWS::IAM::') && [id, arn].some((name) => name.toLowerCase() === meant.toLowerCase());
}
