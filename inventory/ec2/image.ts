import type { Image } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeImages, getImageBlockPublicAccessState } from './calls.ts';
import { type Described, identifyAs, toDescribed } from './described.ts';
import { describedOnly } from './described-only.ts';
import { imageChanges } from './image-changes.ts';
import { toInstant } from './instant.ts';
import { toFilters, type Wanted } from './wanted.ts';

export interface ImageFacets {
  readonly image: OwnImage;
  /** The region's block public access for images: `block-new-sharing` or `unblocked`. */
  readonly blockPublicAccess: string;
}

/** An image that this account owns. */
export interface OwnImage {
  readonly name: string;
  readonly createdAt: string;
  readonly public: boolean;
}

/** What is known of an image that something runs on or would start from. */
export interface UsedImage {
  readonly imageId: string;
  readonly name: string | undefined;
  /** `gone`: deregistered, or no longer shared with this account. */
  readonly state: 'available' | 'disabled' | 'deregistered' | 'gone' | 'pending' | 'failed';
  readonly createdAt: string | undefined;
  /** In the past when the image is deprecated. */
  readonly deprecatedAt: string | undefined;
  readonly ownerId: string | undefined;
  /** `amazon`, `aws-marketplace`, `aws-backup-vault`, `self`, or absent for other accounts. */
  readonly ownerAlias: string | undefined;
  readonly public: boolean | undefined;
}

/** The newest available image of the same owner whose name differs only in its version and date. */
export interface NewerImage {
  readonly imageId: string;
  readonly name: string;
  readonly createdAt: string;
  /** Whole days between the two. */
  readonly daysBehind: number;
  /** Images of the family that were made after the one in use, this one included. */
  readonly releasesBehind: number;
}

const SOURCE = 'ec2:DescribeImages';

export const images = defineReader<'AWS::EC2::Image', Described<Image>>({
  type: 'AWS::EC2::Image',
  scope: 'regional',
  changes: imageChanges,
  list: {
    calls: [describeImages],
    read: (place) => listOwn(place, 'all'),
  },
  only: { calls: [describeImages], read: (place, ids) => describedOnly(place, ids, 'image-id', listOwn) },
  identify: identifyAs('image'),
  facets: {
    image: { calls: [], read: ({ detail }) => toOwnImage(detail) },
    blockPublicAccess: { calls: [getImageBlockPublicAccessState], read: (_image, place) => getImageBlockPublicAccessState(place) },
  },
});

async function listOwn(place: Place, wanted: Wanted): Promise<Listed<Described<Image>>> {
  const own = await describeImages(place, { ...toFilters(wanted), Owners: ['self'], IncludeDeprecated: true, IncludeDisabled: true });
  return toListed(own, (image) => toDescribed(SOURCE, image.ImageId, image.OwnerId, image));
}

function toOwnImage({ Name, CreationDate, Public }: Image): OwnImage {
  const createdAt = toInstant(SOURCE, CreationDate);
  if (Name === undefined || createdAt === undefined || Public === undefined) throw malformed(SOURCE, 'an image is incomplete');
  return { name: Name, createdAt, public: Public };
}
