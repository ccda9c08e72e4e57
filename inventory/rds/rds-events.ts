import type { ChangeEvents, IdPath, Path } from '../events/changes.ts';
import { toIdentifier } from './listed.ts';

/** DocumentDB and Neptune write their events under this name too. */
export const RDS = 'rds.amazonaws.com';

/** Identifiers as RDS keeps them, however a call has written them, or ARNs. */
export function identifiersAt(...paths: readonly Path[]): readonly IdPath[] {
  return paths.map((at) => ({ at, as: toIdentifier }));
}

/** ARNs of things of many kinds, of which those of one kind count: `db`, `cluster`, `snapshot`, `cluster-snapshot`. */
export function identifiersOfKind(kind: string, at: Path): readonly IdPath[] {
  return [{ at, as: (arn) => (arn.split(':')[5] === kind ? toIdentifier(arn) : undefined) }];
}

/** Tags are given to things of whatever kind. No facet rests on them. */
export function tagChanges(kind: string): ChangeEvents<never> {
  return {
    source: RDS,
    names: ['AddTagsToResource', 'RemoveTagsFromResource'],
    ids: identifiersOfKind(kind, 'request.resourceName'),
    facets: [],
  };
}
