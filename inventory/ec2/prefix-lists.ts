import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { getManagedPrefixListEntries } from './calls.ts';
import { toListing } from './listing.ts';

/** The CIDRs of a prefix list: partial or empty, and unread, where they were refused. */
export type CidrsOf = (prefixListId: string) => Listed<string>;

/** Asks for the entries of the named lists, once per list. At once, and without a call, if none is named. */
export function readPrefixLists(place: Place, ids: Iterable<string>): CidrsOf | Promise<CidrsOf> {
  const named = [...new Set(ids)];
  return named.length === 0 ? cidrsOf(new Map()) : readAll(place, named);
}

async function readAll(place: Place, ids: readonly string[]): Promise<CidrsOf> {
  const lists = ids.map(async (id) => [id, await toListing(getManagedPrefixListEntries(place, { prefixListId: id }))] as const);
  return cidrsOf(new Map(await Promise.all(lists)));
}

function cidrsOf(lists: ReadonlyMap<string, Listed<string>>): CidrsOf {
  return (id) => {
    const list = lists.get(id);
    if (!list) throw new Error(`the entries of ${id} were not asked for`);
    return list;
  };
}
