import type { Place } from '../call.ts';
import { type Facet, Unread } from '../facet.ts';
import { attempt, opened } from '../partial.ts';
import type { NewerImage, UsedImage } from './image.ts';
import { readImageById } from './images-by-id.ts';
import { readNewerImage } from './newer-image.ts';
import { oncePer } from './once-per.ts';
import type { FoundImage } from './used-image.ts';

/** The image that something would start an instance from. A part that was not read throws `Unread` when it is touched. */
export interface LaunchImage {
  /** `undefined` when no image is named, or a parameter names it at launch. */
  readonly image: UsedImage | undefined;
  /** The SSM parameter that names the image at launch, with its version or label if one is pinned. */
  readonly imageParameter: string | undefined;
  readonly newerImage: NewerImage | undefined;
  /** Instances of the image require tokens where neither the launch nor the account says otherwise (`ImdsSupport`). `undefined` without an image. */
  readonly imageRequiresTokens: boolean | undefined;
}

const SSM = 'resolve:ssm:';

/** `ids` are all images that will be looked for in this region together with it, always the same set. */
export async function readLaunchImage(place: Place, named: string | undefined, ids: ReadonlySet<string>): Promise<LaunchImage> {
  const id = imageIdOf(named);
  const image = await attempt(async () => (id === undefined ? undefined : await readImageById(place, id, ids)));
  const newer = await attempt(() => newerThan(place, image, ids));
  return {
    get image() {
      return opened(image)?.image;
    },
    imageParameter: named?.startsWith(SSM) ? named.slice(SSM.length) : undefined,
    get newerImage() {
      return opened(newer);
    },
    get imageRequiresTokens() {
      return opened(image)?.requiresTokens;
    },
  };
}

/** `resolve:ssm:…` stands for an image that is chosen anew at each launch. Anything else is an id, and one that is none is found to be gone. */
export function imageIdOf(named: string | undefined): string | undefined {
  return named === undefined || named === '' || named.startsWith(SSM) ? undefined : named;
}

async function newerThan(place: Place, image: Facet<FoundImage | undefined>, ids: ReadonlySet<string>): Promise<NewerImage | undefined> {
  const used = opened(image);
  return used && readNewerImage(place, used, await imagesInUse(ids, place));
}

const imagesInUse = oncePer(async (ids: ReadonlySet<string>, place: Place): Promise<readonly FoundImage[]> => {
  const read = await Promise.all([...ids].map((id) => attempt(() => readImageById(place, id, ids))));
  return read.flatMap((image) => (image.read ? [image.value] : []));
});

/** What is said of something that would be started from nothing that is there any more. */
export function nothingToLaunch(operation: string, message: string): Unread {
  return new Unread({ cause: 'no-data', operation, permissions: [], message });
}
