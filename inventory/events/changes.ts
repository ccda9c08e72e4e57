import type { CloudTrailEvent } from './event.ts';

/**
 * Which CloudTrail events change resources of a type, and where in them their ids stand: a fact of the resource type, told in its file. The rules of
 * every region and what a reaction reads again are derived from it.
 */
export interface ChangeEvents<FacetName extends string = string> {
  /** `ec2.amazonaws.com`. */
  readonly source: string;
  /** Names of events, without Lambda's dates. */
  readonly names: readonly string[];
  /**
   * Where ids stand; all that are found count. Absent, or nothing found: the event does not tell which, and any of the type may be meant.
   * `account`, `region`: the one that there is of the type in the account or the region.
   */
  readonly ids?: readonly IdPath[] | 'account' | 'region';
  /** Where nothing is found, nothing of the type is meant: some of these events touch none. */
  readonly onlyIfTold?: true;
  /** Facets that it changes; all unless told. None: something of the resource that we do not read. */
  readonly facets?: readonly FacetName[];
  /** The resource is gone afterwards. */
  readonly deletes?: true;
  /** It changes something else, on which these facets rest. */
  readonly indirect?: true;
  /** AWS did it by itself (`AwsServiceEvent`): nobody called an API. */
  readonly byService?: true;
}

/**
 * `request.groupId`, `response.instancesSet.instanceId`, `resources.arn`: names of members from one of the event's parts on; lists on the way are
 * walked through. With `as` what is found is made an id; `undefined`: it is none of this type. It throws `Unread` for what makes no sense.
 */
export type IdPath = Path | { readonly at: Path; readonly as: (found: string, event: CloudTrailEvent) => string | undefined };
export type Path = `${'request' | 'response' | 'additional' | 'serviceDetails' | 'identity' | 'resources'}.${string}`;
