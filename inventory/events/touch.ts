import type { ResourceType } from '../resource.ts';

/** A resource that an event has changed, or may have. */
export interface Touch {
  readonly resourceType: ResourceType;
  /** As readers identify it (`ResourceIdentity.id`), or its ARN; `*` when the event does not tell which: any of the type in the account and region. */
  readonly resourceId: string;
  /** `recipientAccountId`. */
  readonly accountId: string;
  /** The region of the event, for global resources too. */
  readonly region: string;
  /** Facets that may be different now. */
  readonly facets: readonly string[] | 'all';
  /** The resource itself was deleted. */
  readonly gone: boolean;
  /** The event changed something else, on which facets of this rest: an instance's exposure on a route. */
  readonly indirect: boolean;
}
