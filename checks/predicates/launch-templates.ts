import type { LaunchTemplateVersion } from '../../inventory/ec2/launch-template.ts';
import type { Evidence, Failure, Verdict } from '../check.ts';
import type { Launch } from './launches.ts';
import { firstFailure, firstOf } from './logic.ts';
import { knownOf } from './unread.ts';

/** Which version of a template it is, for reasons: `default version 3`, `latest version 4`, `version 2, which web uses`. */
export function versionRole({ isDefault, isLatest, number, groups }: LaunchTemplateVersion): string {
  if (isDefault) return `default version ${number}`;
  if (isLatest) return `latest version ${number}`;
  const [group] = knownOf(() => groups).known;
  return group === undefined ? `version ${number}` : `version ${number}, which ${group} uses`;
}

/** Which version, and the Auto Scaling groups that start instances from it, as far as they are known. */
export function versionEvidence({ number, groups }: LaunchTemplateVersion): Evidence {
  const users = [...new Set(knownOf(() => groups).known)].sort();
  return { version: number, ...(users.length > 0 ? { groups: users } : {}) };
}

/** The versions of a template as what starts instances; breaks off where the list does. */
export function launchesOf(versions: Iterable<LaunchTemplateVersion>): Iterable<Launch> {
  return {
    *[Symbol.iterator]() {
      for (const version of versions)
        yield { launch: version, words: () => versionRole(version), evidence: () => versionEvidence(version) };
    },
  };
}

/** Judges one version after the other; the reason and the evidence of a failure tell which one it is, and who uses it. */
export function failingVersion(
  versions: Iterable<LaunchTemplateVersion>,
  judge: (version: LaunchTemplateVersion) => Failure | undefined,
): Verdict {
  return firstFailure(() =>
    firstOf(versions, (version) => {
      const failure = judge(version);
      if (!failure) return undefined;
      const { reason, evidence } = failure;
      return { ...failure, reason: `${versionRole(version)}: ${reason}`, evidence: { ...versionEvidence(version), ...evidence } };
    }),
  );
}
