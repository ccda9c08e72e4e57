import type { CloudTrailEvent } from './event.ts';

/**
 * Which CloudTrail events change resources of a type, and where in them their ids stand: a fact of the resource type, told in its file. The rules of
 * every region and what a reaction reads again are derived from it.
 */
export interface ChangeEvents {
  /** `ec2.amazonaws.com`. */
  readonly source: string;
  /** Names of events, without Lambda's dates. */
  readonly names: readonly string[];
  /** Where ids stand; all that are found count. Absent, or nothing found: the event does not tell which, and any of the type may be meant. */
  readonly ids?: readonly IdPath[];
  /** Facets that it changes; all unless told. */
  readonly facets?: readonly string[];
  /** The resource is gone afterwards. */
  readonly deletes?: true;
  /** It changes something else, on which these facets rest. */
  readonly indirect?: true;
}

/**
 * `request.groupId`, `response.instancesSet.instanceId`, `resources.arn`: names of members from one of the event's parts on; lists on the way are
 * walked through. With `as` what is found is made an id; `undefined`: it is none.
 */
export type IdPath = Path | { readonly at: Path; readonly as: (found: string, event: CloudTrailEvent) => string | undefined };
type Path = `${'request' | 'response' | 'additional' | 'serviceDetails' | 'identity' | 'resources'}.${string}`;
