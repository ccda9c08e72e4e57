import type { LaunchTemplateVersion } from '@aws-sdk/client-ec2';
import type { PinnedTemplate } from '../autoscaling/launch-sources.ts';
import type { Place } from '../call.ts';
import type { Listed } from '../facet.ts';
import { describeLaunchTemplateVersions } from './calls.ts';
import { imageIdOf } from './launch-image.ts';
import { groupedBy } from './listing.ts';
import { oncePer } from './once-per.ts';

const versionsByTemplate = groupedBy(({ LaunchTemplateId }: LaunchTemplateVersion) => [LaunchTemplateId]);

/**
 * The version of a launch template that a name stands for today; `undefined` when it is not there.
 * @throws Unread when it is not among what was read, and not all was
 */
export async function readTemplateVersion(
  place: Place,
  { templateId, version }: PinnedTemplate,
): Promise<LaunchTemplateVersion | undefined> {
  const known = versionsByTemplate(await describeLaunchTemplateVersions(place, 'all'), templateId);
  if (version === '$Latest') return latestOf([...known]);
  for (const one of known.known) if (isMeant(one, version)) return one;
  if (version === '$Default') return [...known].find(({ DefaultVersion }) => DefaultVersion);
  const [pinned] = await describeLaunchTemplateVersions(place, { templateId, version });
  return pinned;
}

function isMeant({ DefaultVersion, VersionNumber }: LaunchTemplateVersion, version: string): boolean {
  return version === '$Default' ? DefaultVersion === true : String(VersionNumber) === version;
}

/** Of versions that include the latest one. */
export function latestOf(versions: readonly LaunchTemplateVersion[]): LaunchTemplateVersion | undefined {
  return versions.reduce<LaunchTemplateVersion | undefined>(
    (latest, one) => ((one.VersionNumber ?? 0) > (latest?.VersionNumber ?? 0) ? one : latest),
    undefined,
  );
}

/** All images that the versions of a listing name: they are looked for together. */
export const imageIdsIn = oncePer(
  (versions: Listed<LaunchTemplateVersion>): ReadonlySet<string> =>
    new Set(versions.known.flatMap(({ LaunchTemplateData }) => imageIdOf(LaunchTemplateData?.ImageId) ?? [])),
);
