import type { Thing } from './coalesce.ts';
import { isApart } from './facets-apart.ts';

/** The keys under which a look at this thing is noted. One that saw only some facets is noted for each of them: it has not seen the others. */
export function marksOf(thing: Thing): readonly string[] {
  const whole = keyOf(thing);
  const { facets } = thing;
  return facets === 'all' ? [whole] : facets.map((facet) => `${whole}#${facet}`);
}

/** The keys under which looks may be noted that have seen this thing, too. */
export function marksThatTell(thing: Thing): readonly string[] {
  return [...new Set(seenBy(thing).flat())];
}

/** When the newest look began that has seen all of this thing (ISO 8601 UTC): of facets seen one by one, the oldest of their newest. */
export function lastLookedAt(thing: Thing, looks: ReadonlyMap<string, string>): string | undefined {
  const newest = seenBy(thing).map((keys) => keys.flatMap((key) => looks.get(key) ?? []).reduce((a, b) => (a > b ? a : b), ''));
  return newest.reduce((a, b) => (a < b ? a : b)) || undefined;
}

/** For each part of the thing, the keys of which one must do. A look at all of a type does not count for one of them: some readers read that more closely. */
function seenBy(thing: Thing): readonly (readonly string[])[] {
  const whole = keyOf(thing);
  if (thing.facets === 'all') return [[whole]];
  return thing.facets.map((facet) => [`${whole}#${facet}`, ...(isApart(facet) ? [] : [whole])]);
}

function keyOf({ scope: { accountId, region }, type, resourceId }: Pick<Thing, 'scope' | 'type' | 'resourceId'>): string {
  return `${accountId}/${region}/${type}/${resourceId}`;
}
