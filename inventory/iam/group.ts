import type { AttachedPolicy } from './attached-policy.ts';

export interface GroupFacets {
  readonly policies: Iterable<AttachedPolicy>;
  /** Names of the users in the group. */
  readonly members: Iterable<string>;
}
