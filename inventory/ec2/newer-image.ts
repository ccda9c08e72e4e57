import type { Image } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type Listed, Unread } from '../facet.ts';
import { toListed } from '../partial.ts';
import { inBatches } from './batches.ts';
import { describeImages } from './calls.ts';
import type { NewerImage } from './image.ts';
import { isLowerVersion, toImageFamily } from './image-family.ts';
import { toInstant } from './instant.ts';
import { groupedBy } from './listing.ts';
import { oncePer } from './once-per.ts';
import type { FoundImage } from './used-image.ts';
import { FILTER_VALUES } from './wanted.ts';

const SOURCE = 'ec2:DescribeImages';
const imagesByFamily = groupedBy(({ Name = '' }: Image) => [toImageFamily(Name)]);

/**
 * The newest available image of the same owner and family, `undefined` if `used` is that. `inUse` are the images of all that will be asked about in this
 * region, always the same array: each owner is asked once for all of their families.
 */
export async function readNewerImage(place: Place, used: FoundImage, inUse: readonly FoundImage[]): Promise<NewerImage | undefined> {
  const { imageId, name, ownerId, createdAt } = used.image;
  const family = familyOf(used);
  if (name === undefined || ownerId === undefined || createdAt === undefined || family === undefined) {
    throw noFamily('no newer image can be looked for: the name, owner or date is unknown, or the name has no version in it');
  }
  const batch = patternsInUse(inUse).get(ownerId)?.get(family) ?? [family];
  const available = await describeImages(place, {
    Owners: [ownerId],
    Filters: [
      { Name: 'name', Values: [...batch] },
      { Name: 'state', Values: ['available'] },
    ],
    // To tell how many releases lie between: AWS deprecates most of its images after three months.
    IncludeDeprecated: true,
  });
  return newestOf(imagesByFamily(available, family), { imageId, name, createdAt }, used.architecture);
}

type Candidate = Pick<NewerImage, 'imageId' | 'name' | 'createdAt'> & { readonly deprecated: boolean };
type Used = Pick<NewerImage, 'imageId' | 'name' | 'createdAt'>;

/** Deprecated images count as releases, but nobody is told to use one: whoever deprecated it does not want that. */
function newestOf(family: Listed<Image>, used: Used, architecture: string | undefined): NewerImage | undefined {
  const others = family.filter(
    (image) => image.ImageId !== used.imageId && mayBe(architecture, image.Architecture) && !isLowerVersion(image.Name ?? '', used.name),
  );
  const candidates = toListed(others, toCandidate);
  const newer = candidates.known.filter(({ createdAt }) => createdAt > used.createdAt);
  const [newest] = newer.filter(({ deprecated }) => !deprecated).sort((one, other) => (isNewer(one, other) ? -1 : 1));
  if (newest !== undefined) {
    const { imageId, name, createdAt } = newest;
    return { imageId, name, createdAt, daysBehind: daysBetween(used.createdAt, createdAt), releasesBehind: newer.length };
  }
  if (candidates.unread) throw new Unread(candidates.unread);
  return undefined;
}

const DAY = 86_400_000;

function daysBetween(earlier: string, later: string): number {
  return Math.floor((Date.parse(later) - Date.parse(earlier)) / DAY);
}

function toCandidate(image: Image): Candidate {
  const { ImageId, Name, CreationDate } = image;
  const createdAt = toInstant(SOURCE, CreationDate);
  if (ImageId === undefined || Name === undefined || createdAt === undefined) throw malformed(SOURCE, 'an image is incomplete');
  return { imageId: ImageId, name: Name, createdAt, deprecated: isDeprecated(image) };
}

/** Of two that were made at the same time always the same one, in whatever order they are listed. */
function isNewer(one: Used, other: Used): boolean {
  return one.createdAt === other.createdAt ? one.imageId > other.imageId : one.createdAt > other.createdAt;
}

function mayBe(architecture: string | undefined, other: string | undefined): boolean {
  return architecture === undefined || other === undefined || architecture === other;
}

function isDeprecated({ DeprecationTime }: Image): boolean {
  const time = toInstant(SOURCE, DeprecationTime);
  return time !== undefined && Date.parse(time) <= Date.now();
}

/** By owner, the name patterns of their images, each with the batch in which it is asked for. */
const patternsInUse = oncePer((inUse: readonly FoundImage[]): ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> => {
  const byOwner = Map.groupBy(inUse, ({ image }) => image.ownerId ?? '');
  return new Map(
    [...byOwner].map(([ownerId, images]) => [
      ownerId,
      inBatches(
        images.flatMap((image) => familyOf(image) ?? []),
        FILTER_VALUES,
      ),
    ]),
  );
});

function familyOf({ image }: FoundImage): string | undefined {
  return image.name === undefined ? undefined : toImageFamily(image.name);
}

function noFamily(message: string): Unread {
  return new Unread({ cause: 'no-data', operation: SOURCE, permissions: [], message });
}
