import { Listed } from '../facet.ts';
import { attempt, unreadList } from '../partial.ts';
import { oncePer } from './once-per.ts';

/** A listing that may be refused altogether; it then is a list of which nothing is known. */
export async function toListing<Element>(answer: Promise<Listed<Element>>): Promise<Listed<Element>> {
  const attempted = await attempt(() => answer);
  return attempted.read ? attempted.value : unreadList(attempted.reason);
}

/** Finds the elements of a listing that have a key, with an index built once per listing. What is found is partial if the listing is. */
export function groupedBy<Element>(keysOf: (element: Element) => readonly (string | undefined)[]) {
  const indexOf = oncePer((listing: Listed<Element>) => {
    const index = new Map<string | undefined, Element[]>();
    for (const element of listing.known) {
      for (const key of keysOf(element)) {
        const group = index.get(key);
        if (group) group.push(element);
        else index.set(key, [element]);
      }
    }
    return index;
  });
  return (listing: Listed<Element>, key: string): Listed<Element> => new Listed(indexOf(listing).get(key) ?? [], listing.unread);
}
