import type { Image, ImageMetadata, ImageState } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { UsedImage } from './image.ts';
import { toInstant } from './instant.ts';

/** An image in use, and what is needed to compare it with others. */
export interface FoundImage {
  readonly image: UsedImage;
  readonly architecture: string | undefined;
  /** Where the launch and the account leave it open, its instances require tokens for their metadata (`ImdsSupport`). Not remembered for instances. */
  readonly requiresTokens?: boolean;
}

/** From DescribeInstanceImageMetadata; the architecture is the instance's. Throws `Unread` for what it does not understand. */
export function fromMetadata(metadata: ImageMetadata, architecture: string | undefined, accountId: string): FoundImage {
  return { image: toUsedImage('ec2:DescribeInstanceImageMetadata', metadata, metadata.IsPublic, accountId), architecture };
}

/** From DescribeImages. Throws `Unread` for what it does not understand. */
export function fromDescription(image: Image, accountId: string): FoundImage {
  return {
    image: toUsedImage('ec2:DescribeImages', image, image.Public, accountId),
    architecture: image.Architecture,
    requiresTokens: image.ImdsSupport === 'v2.0',
  };
}

/** An image of which only the id is left. */
export function goneImage(imageId: string): FoundImage {
  const unknown = { name: undefined, createdAt: undefined, deprecatedAt: undefined, ownerId: undefined, ownerAlias: undefined };
  return { image: { imageId, state: 'gone', ...unknown, public: undefined }, architecture: undefined };
}

function toUsedImage(source: string, image: Omit<ImageMetadata, 'IsPublic'>, isPublic: boolean | undefined, accountId: string): UsedImage {
  const { ImageId, Name, State, CreationDate, DeprecationTime, OwnerId, ImageOwnerAlias } = image;
  if (ImageId === undefined) throw malformed(source, 'an image has no id');
  return {
    imageId: ImageId,
    name: Name,
    state: toState(source, State),
    createdAt: toInstant(source, CreationDate),
    deprecatedAt: toInstant(source, DeprecationTime),
    ownerId: OwnerId,
    ownerAlias: ImageOwnerAlias ?? (OwnerId === accountId ? 'self' : undefined),
    public: isPublic,
  };
}

function toState(source: string, state: ImageState | undefined): UsedImage['state'] {
  switch (state) {
    case 'available':
    case 'disabled':
    case 'deregistered':
    case 'pending':
    case 'failed':
      return state;
    case 'transient':
      return 'pending';
    case 'error':
    case 'invalid':
      return 'failed';
    case undefined:
      throw malformed(source, 'an image has no state');
    default:
      state satisfies never;
      throw malformed(source, 'an image is in an unknown state');
  }
}
