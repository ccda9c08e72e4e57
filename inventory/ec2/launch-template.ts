import type { LaunchTemplateVersion as ApiVersion } from '@aws-sdk/client-ec2';
import { describeAutoScalingGroups } from '../autoscaling/calls.ts';
import { malformed } from '../broken-answer.ts';
import type { Place } from '../call.ts';
import { Listed } from '../facet.ts';
import { attempt, joined, opened, toListed } from '../partial.ts';
import { defineReader } from '../reader.ts';
import { describeImages, describeLaunchTemplateVersions } from './calls.ts';
import { type Described, identifyAs } from './described.ts';
import { toIds } from './described-only.ts';
import { type LaunchImage, readLaunchImage } from './launch-image.ts';
import { launchTemplateChanges } from './launch-template-changes.ts';
import { toListing } from './listing.ts';
import { getInstanceMetadataDefaults } from './machine-calls.ts';
import { type MetadataDefaults, type MetadataSettings, toMetadataDefaults, toMetadataSettings } from './metadata-defaults.ts';
import { oncePer } from './once-per.ts';
import { pinsOf, type TemplatePin } from './template-pins.ts';
import { imageIdsIn, latestOf } from './template-versions.ts';
import { type FoundSecret, secretsInUserData } from './user-data-secrets.ts';

export interface LaunchTemplateFacets {
  /** The default and the latest version and those that Auto Scaling groups pin, each once. */
  readonly versions: Iterable<LaunchTemplateVersion>;
  /** What the account prescribes in the region where a version says nothing. */
  readonly metadataDefaults: MetadataDefaults;
}

/** A version of a launch template. A part that was not read throws `Unread` when it is touched. */
export interface LaunchTemplateVersion extends LaunchImage {
  readonly number: number;
  readonly isDefault: boolean;
  readonly isLatest: boolean;
  /** Names of the Auto Scaling groups that start instances from it. */
  readonly groups: Iterable<string>;
  readonly metadata: MetadataSettings;
  /** A network interface of it gets a public address, whatever its subnet says. */
  readonly assignsPublicAddress: boolean;
  readonly userDataSecrets: readonly FoundSecret[];
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
      calls: [describeLaunchTemplateVersions, describeAutoScalingGroups, describeImages],
      read: (template, place) => readVersions(place, template),
    },
    metadataDefaults: {
      calls: [getInstanceMetadataDefaults],
      read: async (_template, place) => toMetadataDefaults(await getInstanceMetadataDefaults(place)),
    },
  },
});

/** Versions come one by one. Templates always are the account's own; their tags are not in this listing. */
const toTemplates = oncePer((versions: Listed<ApiVersion>, accountId: string): Listed<ListedTemplate> => {
  const byTemplate = Map.groupBy(versions.known, ({ LaunchTemplateId }) => LaunchTemplateId);
  const templates = toListed(byTemplate, ([id, known]) => {
    if (id === undefined) throw malformed(SOURCE, 'a version has no template');
    const distinct = new Map(known.map((version) => [version.VersionNumber, version]));
    return { id, ownerId: accountId, tags: {}, detail: new Listed([...distinct.values()], versions.unread), all: versions };
  });
  return new Listed(templates.known, templates.unread ?? versions.unread);
});

async function readVersions(place: Place, { id, detail, all }: ListedTemplate): Promise<Listed<LaunchTemplateVersion>> {
  const pins = await pinsOf(place, id);
  const pinned = joined(await Promise.all(pinnedBeside(detail, pins).map((version) => readPinned(place, id, version))));
  const latest = latestOf(detail.known);
  // Those that groups pin come last: the others are told alike whether the groups can be read or not.
  const versions = [detail, pinned].flatMap(({ known }) => known.toSorted(byNumber));
  const read = await Promise.all(
    versions.map((version) => attempt(() => readVersion(place, version, { isLatest: version === latest, pins, all }))),
  );
  return joined([toListed(read, opened)], detail.unread ?? pins.unread ?? pinned.unread);
}

/** Numbers that groups pin and that are not among the versions already. */
function pinnedBeside(detail: Listed<ApiVersion>, pins: Listed<TemplatePin>): readonly string[] {
  const known = new Set(['$Default', '$Latest', ...detail.known.map(({ VersionNumber }) => String(VersionNumber))]);
  return [...new Set(pins.known.map(({ version }) => version))].filter((version) => !known.has(version));
}

/** Partial instead of refused: what is known of the other versions still counts. */
function readPinned(place: Place, templateId: string, version: string): Promise<Listed<ApiVersion>> {
  return toListing(describeLaunchTemplateVersions(place, { templateId, version }));
}

interface Beside {
  readonly isLatest: boolean;
  readonly pins: Listed<TemplatePin>;
  readonly all: Listed<ApiVersion>;
}

async function readVersion(place: Place, version: ApiVersion, { isLatest, pins, all }: Beside): Promise<LaunchTemplateVersion> {
  const { VersionNumber: number, DefaultVersion: isDefault, LaunchTemplateData: data } = version;
  if (number === undefined || isDefault === undefined || data === undefined) throw malformed(SOURCE, 'a version is incomplete');
  const launch = await readLaunchImage(place, data.ImageId, imageIdsIn(all));
  const names = new Set([String(number), ...(isDefault ? ['$Default'] : []), ...(isLatest ? ['$Latest'] : [])]);
  return {
    number,
    isDefault,
    isLatest,
    groups: pins.filter((pin) => names.has(pin.version)).map(({ group }) => group),
    get image() {
      return launch.image;
    },
    imageParameter: launch.imageParameter,
    get newerImage() {
      return launch.newerImage;
    },
    get imageRequiresTokens() {
      return launch.imageRequiresTokens;
    },
    metadata: toMetadataSettings(data.MetadataOptions),
    assignsPublicAddress: (data.NetworkInterfaces ?? []).some(({ AssociatePublicIpAddress }) => AssociatePublicIpAddress === true),
    get userDataSecrets() {
      return secretsInUserData(SOURCE, data.UserData);
    },
  };
}

function byNumber(one: ApiVersion, other: ApiVersion): number {
  return (one.VersionNumber ?? 0) - (other.VersionNumber ?? 0);
}
