import type { LaunchTemplateVersion as ApiVersion } from '@aws-sdk/client-ec2';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { type Facet, Listed } from '../facet.ts';
import { attempt, joined, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeImages, describeLaunchTemplateVersions } from './calls.ts';
import { type Described, identifyAs } from './described.ts';
import { toIds } from './described-only.ts';
import type { NewerImage, UsedImage } from './image.ts';
import { readImageById } from './images-by-id.ts';
import { launchTemplateChanges } from './launch-template-changes.ts';
import { readNewerImage } from './newer-image.ts';
import { oncePer } from './once-per.ts';
import type { FoundImage } from './used-image.ts';

export interface LaunchTemplateFacets {
  /** The default and the latest version, once if they are the same. */
  readonly versions: Iterable<LaunchTemplateVersion>;
}

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly isDefault: boolean;
  /** `undefined` when the version names no image, or leaves it to an SSM parameter that is resolved at launch. */
  readonly image: UsedImage | undefined;
  readonly newerImage: NewerImage | undefined;
}

const SOURCE = 'ec2:DescribeLaunchTemplateVersions';

interface ListedTemplate extends Described<Listed<ApiVersion>> {
  /** With those of the templates that were asked for together. */
  readonly all: Listed<ApiVersion>;
}

export const launchTemplates = defineReader<'AWS::EC2::LaunchTemplate', ListedTemplate>({
  type: 'AWS::EC2::LaunchTemplate',
  scope: 'regional',
  changes: launchTemplateChanges,
  list: {
    calls: [describeLaunchTemplateVersions],
    read: async (place) => toTemplates(await describeLaunchTemplateVersions(place, 'all'), place.scope.accountId),
  },
  only: {
    calls: [describeLaunchTemplateVersions],
    async read(place, ids) {
      const versions = toIds(ids).map((templateId) => describeLaunchTemplateVersions(place, { templateId }));
      return toTemplates(joined(await Promise.all(versions)), place.scope.accountId);
    },
  },
  identify: identifyAs('launch-template'),
  facets: {
    versions: {
      calls: [describeImages],
      read: ({ detail, all }, place) => readVersions(place, detail, all),
    },
  },
});

/** Versions come one by one. Templates always are the account's own; their tags are not in this listing. */
const toTemplates = oncePer((versions: Listed<ApiVersion>, accountId: string): Listed<ListedTemplate> => {
  const byTemplate = Map.groupBy(versions.known, ({ LaunchTemplateId }) => LaunchTemplateId);
  const templates = toListed(byTemplate, ([id, known]) => {
    if (id === undefined) throw malformed(SOURCE, 'a version has no template');
    const distinct = new Map(known.map((version) => [version.VersionNumber, version]));
    const ordered = [...distinct.values()].sort((one, other) => (one.VersionNumber ?? 0) - (other.VersionNumber ?? 0));
    return { id, ownerId: accountId, tags: {}, detail: new Listed(ordered, versions.unread), all: versions };
  });
  return new Listed(templates.known, templates.unread ?? versions.unread);
});

async function readVersions(place: Place, versions: Listed<ApiVersion>, all: Listed<ApiVersion>): Promise<Listed<LaunchTemplateVersion>> {
  const read = await Promise.all(versions.known.map((version) => attempt(() => readVersion(place, version, all))));
  return joined([toListed(read, opened), new Listed<LaunchTemplateVersion>([], versions.unread)]);
}

async function readVersion(place: Place, version: ApiVersion, all: Listed<ApiVersion>): Promise<LaunchTemplateVersion> {
  const { VersionNumber, DefaultVersion } = version;
  if (VersionNumber === undefined || DefaultVersion === undefined) throw malformed(SOURCE, 'a version is incomplete');
  const image = await attempt(() => imageOf(place, version, all));
  const newer = await attempt(() => newerThan(place, image, all));
  return {
    number: VersionNumber,
    isDefault: DefaultVersion,
    get image() {
      return opened(image)?.image;
    },
    get newerImage() {
      return opened(newer);
    },
  };
}

async function newerThan(place: Place, image: Facet<FoundImage | undefined>, all: Listed<ApiVersion>): Promise<NewerImage | undefined> {
  const used = opened(image);
  return used && readNewerImage(place, used, await imagesInUse(all, place));
}

const imagesInUse = oncePer(async (all: Listed<ApiVersion>, place: Place): Promise<readonly FoundImage[]> => {
  const read = await Promise.all([...idsIn(all)].map((id) => attempt(() => readImageById(place, id, idsIn(all)))));
  return read.flatMap((image) => (image.read ? [image.value] : []));
});

async function imageOf(place: Place, version: ApiVersion, all: Listed<ApiVersion>): Promise<FoundImage | undefined> {
  const id = imageIdOf(version);
  return id === undefined ? undefined : readImageById(place, id, idsIn(all));
}

const idsIn = oncePer((all: Listed<ApiVersion>): ReadonlySet<string> => new Set(all.known.flatMap((version) => imageIdOf(version) ?? [])));

/** `resolve:ssm:…` stands for an image that is chosen anew at each launch. Anything else is an id, and one that is none is found to be gone. */
function imageIdOf({ LaunchTemplateData }: ApiVersion): string | undefined {
  const id = LaunchTemplateData?.ImageId;
  return id?.startsWith('resolve:ssm:') ? undefined : id;
}
