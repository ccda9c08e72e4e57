import type { Instance, InstanceImageMetadata } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type Listed, Unread, type UnreadReason } from '../facet.ts';
import { attempt } from '../partial.ts';
import { describeImages, describeInstanceImageMetadata, describeInstances } from './calls.ts';
import type { Described } from './described.ts';
import { readImageById } from './images-by-id.ts';
import { listInstances } from './instance-listing.ts';
import { groupedBy, toListing } from './listing.ts';
import { oncePer } from './once-per.ts';
import { type FoundImage, fromMetadata } from './used-image.ts';
import type { Wanted } from './wanted.ts';

export const instanceImageCalls = [describeInstances, describeInstanceImageMetadata, describeImages];

const metadataByInstance = groupedBy(({ InstanceId }: InstanceImageMetadata) => [InstanceId]);

/**
 * The image of an instance, which is one of those that are `wanted`: as EC2 remembers it for the instance, or where that cannot be had, as the image itself is described today.
 * @throws Unread naming both permissions when both were refused
 */
export async function readInstanceImage(place: Place, instance: Described<Instance>, wanted: Wanted): Promise<FoundImage> {
  const metadata = await toListing(describeInstanceImageMetadata(place, wanted));
  const remembered = imageMetadataOf(metadata, instance.id);
  if (remembered) return fromMetadata(remembered, instance.detail.Architecture, place.session.accountId);
  const { ImageId } = instance.detail;
  if (ImageId === undefined) throw malformed('ec2:DescribeInstances', 'an instance has no image id');
  const ids = idsWithoutMetadata(await listInstances(place, wanted), metadata);
  const described = await attempt(() => readImageById(place, ImageId, ids));
  if (!described.read) throw new Unread(metadata.unread ? eitherOf(metadata.unread, described.reason) : described.reason);
  return { ...described.value, architecture: instance.detail.Architecture ?? described.value.architecture };
}

/** The images of all instances in a list that are not on their way out, as far as they can be read. */
export const imagesInUse = oncePer(async (instances: Listed<Described<Instance>>, place: Place, wanted: Wanted) => {
  const lasting = instances.known.filter(({ detail }) => detail.State?.Name !== 'terminated' && detail.State?.Name !== 'shutting-down');
  const images = await Promise.all(lasting.map((instance) => attempt(() => readInstanceImage(place, instance, wanted))));
  return images.flatMap((image) => (image.read ? [image.value] : []));
});

const idsWithoutMetadata = oncePer(
  (instances: Listed<Described<Instance>>, metadata: Listed<InstanceImageMetadata>): ReadonlySet<string> => {
    const without = instances.known.filter(({ id }) => !imageMetadataOf(metadata, id));
    return new Set(without.flatMap(({ detail }) => detail.ImageId ?? []));
  },
);

function imageMetadataOf(metadata: Listed<InstanceImageMetadata>, instanceId: string) {
  return metadataByInstance(metadata, instanceId).known[0]?.ImageMetadata;
}

/** Either permission would have done; the second is the lesser, and is named as well. */
function eitherOf(first: UnreadReason, second: UnreadReason): UnreadReason {
  return {
    ...(first.cause === 'unsupported' ? second : first),
    permissions: [...new Set([...first.permissions, ...second.permissions])],
    message: `${first.message}; ${second.message}`,
  };
}
