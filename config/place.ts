import type { WrittenTailoring, WrittenWhere } from './written-config.ts';

/** Where something is, as far as posture.yaml can tell places apart. */
export interface Place {
  readonly accountId: string;
  /** Of the resource itself; `global` for what is in none. */
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Ids of the root and the organizational units that an account is in, from the root down; `undefined`: not known. */
export type Units = readonly string[] | undefined;

/** An entry of `tailoring`, and where it stands in it. */
export interface Entry {
  readonly index: number;
  readonly written: WrittenTailoring;
}

/** Which entries hold somewhere. */
export interface Standing {
  /** The most specific first. */
  readonly held: readonly Entry[];
  /** Of which nobody knows, because the account's units are not known: all else that they name is so. */
  readonly unsure: readonly Entry[];
}

/** Nothing but the top level. */
export const NOWHERE_ELSE: Standing = { held: [], unsure: [] };

/**
 * Asks which entries hold at a place. The same standing is given for the same entries, so that what follows from it may be remembered. A resource is
 * asked about by many checks one after the other: the place asked about last is answered at once.
 */
export function toStandings(entries: readonly Entry[], applicationTag: string): (place: Place, units: Units) => Standing {
  const known = new Map<string, Standing>();
  let last: { readonly place: Place; readonly units: Units; readonly standing: Standing } | undefined;
  return (place, units) => {
    if (last?.place === place && last.units === units) return last.standing;
    const found = standingAt(entries, place, units, applicationTag);
    const key = `${found.held.map(toIndex).join()}|${found.unsure.map(toIndex).join()}`;
    const standing = found === NOWHERE_ELSE ? found : (known.get(key) ?? found);
    known.set(key, standing);
    last = { place, units, standing };
    return standing;
  };
}

/** The same, of one place. */
export function standingAt(entries: readonly Entry[], place: Place, units: Units, applicationTag: string): Standing {
  const held: Ranked[] = [];
  const unsure: Entry[] = [];
  for (const entry of entries) {
    const { where } = entry.written;
    if (!holds(where, place, applicationTag)) continue;
    if (where.units === undefined) held.push({ entry, rank: toRank(where, 0) });
    else if (units === undefined) unsure.push(entry);
    else {
      const depth = deepest(where.units, units);
      if (depth > 0) held.push({ entry, rank: toRank(where, depth) });
    }
  }
  if (held.length + unsure.length === 0) return NOWHERE_ELSE;
  return { held: held.sort(bySpecificity).map(({ entry }) => entry), unsure };
}

/** What an entry names besides units. */
function holds({ accounts, regions, application, tags }: WrittenWhere, place: Place, applicationTag: string): boolean {
  if (accounts !== undefined && !accounts.includes(place.accountId)) return false;
  if (regions !== undefined && !regions.includes(place.region)) return false;
  if (application !== undefined && tagOf(place, applicationTag) !== application) return false;
  if (tags === undefined) return true;
  for (const key in tags) if (tagOf(place, key) !== tags[key]) return false;
  return true;
}

/** A tag may have any key, `constructor` too. */
function tagOf({ tags }: Place, key: string): string | undefined {
  return Object.hasOwn(tags, key) ? tags[key] : undefined;
}

/** How deep in the organization the deepest of the named units is that the account is in: 1 for the root, 0 if it is in none. */
function deepest(named: readonly string[], units: readonly string[]): number {
  return units.findLastIndex((unit) => named.includes(unit)) + 1;
}

interface Ranked {
  readonly entry: Entry;
  readonly rank: readonly number[];
}

/** What counts first comes first. More tags are more specific than fewer. */
function toRank({ tags = {}, application, regions, accounts }: WrittenWhere, depth: number): readonly number[] {
  return [
    Object.keys(tags).length,
    Number(application !== undefined),
    Number(regions !== undefined),
    Number(accounts !== undefined),
    depth,
  ];
}

/** Of equally specific ones the later in the file comes first. */
function bySpecificity(one: Ranked, other: Ranked): number {
  for (const [index, rank] of one.rank.entries()) {
    const difference = (other.rank[index] ?? 0) - rank;
    if (difference !== 0) return difference;
  }
  return other.entry.index - one.entry.index;
}

function toIndex({ index }: Entry): number {
  return index;
}
