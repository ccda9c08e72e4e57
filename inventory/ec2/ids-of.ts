import { malformed } from '../broken-answer.ts';
import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import type { CloudTrailEvent } from '../events/event.ts';

export const EC2 = 'ec2.amazonaws.com';

/** Paths to ids that begin as those of one type do: `idsOf('sg')('request.groupId')`. What begins otherwise makes no sense there. */
export function idsOf(prefix: string): (...paths: readonly Path[]) => readonly IdPath[] {
  const as = (found: string, { name }: CloudTrailEvent): string => {
    if (found.startsWith(`${prefix}-`)) return found;
    throw malformed(`cloudtrail:${name}`, `what should be an id does not begin with ${prefix}-`);
  };
  return (...paths) => paths.map((at) => ({ at, as }));
}

/** Events whose resources may be of many types, of which those count whose id begins as those of one type do. */
function idsAmong(prefix: string): (at: Path) => readonly IdPath[] {
  return (at) => [{ at, as: (found) => (found.startsWith(`${prefix}-`) ? found : undefined) }];
}

/** Tags are given to resources of whatever type. No facet rests on them. */
export function tagChanges(prefix: string): ChangeEvents<never> {
  return { source: EC2, names: ['CreateTags', 'DeleteTags'], ids: idsAmong(prefix)('request.resourcesSet.resourceId'), facets: [] };
}
