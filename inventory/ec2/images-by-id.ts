import type { Image } from '@aws-sdk/client-ec2';
import type { Place } from '../call.ts';
import { inBatches } from './batches.ts';
import { describeImages } from './calls.ts';
import { groupedBy } from './listing.ts';
import { oncePer } from './once-per.ts';
import { type FoundImage, fromDescription, goneImage } from './used-image.ts';
import { FILTER_VALUES } from './wanted.ts';

const batchesOf = oncePer((ids: ReadonlySet<string>) => inBatches(ids, FILTER_VALUES));
const imagesById = groupedBy(({ ImageId }: Image) => [ImageId]);

/**
 * Finds an image whoever owns it. `ids` are all that will be looked for in this region, always the same set: they are asked for together.
 * An image that EC2 does not show any more is `gone`.
 */
export async function readImageById(place: Place, id: string, ids: ReadonlySet<string>): Promise<FoundImage> {
  const batch = batchesOf(ids).get(id) ?? [id];
  const Filters = [{ Name: 'image-id', Values: [...batch] }];
  const [image] = imagesById(await describeImages(place, { Filters, IncludeDeprecated: true, IncludeDisabled: true }), id);
  return image ? fromDescription(image, place.session.accountId) : goneImage(id);
}
