import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { joined } from '../partial.ts';
import { inBatches } from './batches.ts';
import type { Described } from './described.ts';
import { FILTER_VALUES, type Wanted } from './wanted.ts';

/**
 * Those of a region that have one of these ids or ARNs, by the filter for ids, as many at once as a filter takes. What is not there is not in the list.
 * @throws Unread when any part was refused altogether: the rest would look like all there is
 */
export async function describedOnly<Raw extends Described<unknown>>(
  place: Place,
  ids: readonly string[],
  filter: string,
  describe: (place: Place, wanted: Wanted) => Promise<Listed<Raw>>,
): Promise<Listed<Raw>> {
  const batches = new Set(inBatches(toIds(ids), FILTER_VALUES).values());
  const listings = [...batches].map(async (values) => {
    const wanted = { filter, values };
    return (await describe(place, wanted)).map((raw) => ({ ...raw, wanted }));
  });
  return joined(await Promise.all(listings));
}

/** The ids in ARNs: `arn:aws:ec2:eu-west-1:111122223333:security-group/sg-1`. */
export function toIds(idsOrArns: readonly string[]): readonly string[] {
  return idsOrArns.map((id) => (id.startsWith('arn:') ? (id.split('/').at(-1) ?? '') : id)).filter((id) => id !== '');
}
