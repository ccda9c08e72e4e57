import type { Place } from './call.ts';
import { toListing } from './ec2/listing.ts';
import type { Listed } from './facet.ts';
import { joined } from './partial.ts';

/**
 * What is listed in all enabled regions, of an account as a whole; in the global one where nobody could tell which are enabled. A region that refuses, or that
 * nobody could tell of, makes the list partial.
 */
export async function listEveryRegion<Element>(
  { session }: Place,
  list: (region: string) => Promise<Listed<Element>>,
): Promise<Listed<Element>> {
  const { regions, regionsUnread, globalRegion } = session;
  const asked = regions.length > 0 ? regions : [globalRegion];
  return joined(await Promise.all(asked.map((region) => toListing(list(region)))), regionsUnread);
}
