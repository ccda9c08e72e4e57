import type { NewerImage, UsedImage } from '../../inventory/ec2/image.ts';
import type { LaunchImage } from '../../inventory/ec2/launch-image.ts';
import type { Rebuild, RebuildSource } from '../../inventory/ec2/rebuild.ts';
import type { Evidence } from '../check.ts';
import { publicParameterOf } from './image-parameters.ts';
import { endOfImage } from './images.ts';
import { answerOf } from './unread.ts';

/** An instance whose image is stale. Each facet is touched only to explain: that one was not read takes nothing from the failure. */
interface Host {
  readonly image: UsedImage;
  readonly newerImage: NewerImage | undefined;
  readonly rebuild: Rebuild;
}

/** What to replace the image by, how far behind it is, and what a replacement of the instance would start. */
export function staleImageEvidence(host: Host, now: Date): Evidence {
  const image = answerOf(() => host.image).value;
  return { ...imageEvidence(image, answerOf(() => host.newerImage).value), rebuild: rebuildEvidence(host, image?.imageId, now) };
}

/** What an image is and by which newer one it can be replaced. */
export function imageEvidence(image: UsedImage | undefined, newer: NewerImage | undefined): Evidence {
  const follow = image && publicParameterOf(image);
  return {
    ...(image ? { imageId: image.imageId } : {}),
    ...(image?.name === undefined ? {} : { imageName: image.name }),
    ...(newer ? { newerImage: { ...newer } } : {}),
    ...(follow === undefined ? {} : { follow: `resolve:ssm:${follow}` }),
  };
}

/** What a replacement of an instance would start. `imageId` is the stale image, if it is known. */
export function rebuildEvidence(host: Pick<Host, 'rebuild'>, imageId: string | undefined, now: Date): Evidence {
  const { value: rebuild, unread } = answerOf(() => host.rebuild);
  if (unread) return { outcome: 'not known', because: unread.message };
  const { group, source } = rebuild;
  const of: Evidence = group === undefined ? {} : { group };
  if (!source) return { outcome: 'nothing says how to make it anew', ...of };
  const launch = answerOf(() => outcomeOf(source.launch, imageId, now));
  return { ...(launch.value ?? { outcome: 'not known', because: launch.unread?.message ?? '' }), ...of, from: toWords(source) };
}

function toWords({ kind, id, version }: RebuildSource): string {
  return version === undefined ? `${kind} ${id}` : `version ${version} of ${kind} ${id}`;
}

/** Whether a launch gives something better than the stale image. */
function outcomeOf(launch: LaunchImage, staleId: string | undefined, now: Date): Evidence {
  const { image, imageParameter } = launch;
  if (imageParameter !== undefined) return { outcome: 'starts the image that a parameter names then', parameter: imageParameter };
  if (!image) return { outcome: 'names no image' };
  const starts = { image: image.imageId };
  if (image.imageId === staleId) return { outcome: 'brings this image back', ...starts };
  if (endOfImage(image, now) !== undefined) return { outcome: 'starts another image that is at its end', ...starts };
  const newer = answerOf(() => launch.newerImage);
  if (newer.unread) return { outcome: 'starts another image', ...starts };
  return { outcome: newer.value ? 'starts another image that is not the newest' : 'starts the newest image', ...starts };
}
