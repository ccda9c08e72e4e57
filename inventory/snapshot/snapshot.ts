import * as z from 'zod';
import type { Facet, UnreadReason } from '../facet.ts';
import type { ResourceIdentity } from '../resource.ts';
import type { Fault } from './encoder.ts';

/** The number of the form of a snapshot. It grows when an older program would misread a newer file, or a newer one an older file. */
export const SNAPSHOT_SCHEMA = 1;

const texts = z.array(z.string()).readonly();

const reason = z.custom<UnreadReason>((value) => typeof value === 'object' && value !== null && 'cause' in value && 'operation' in value);

/** The first line of a snapshot: whose inventory it is, when it was collected and by what, and what was asked for. */
export const headerSchema = z.object({
  kind: z.literal('posture-snapshot'),
  schemaVersion: z.literal(SNAPSHOT_SCHEMA),
  /** Version of the program that collected. */
  product: z.string(),
  accountId: z.string(),
  partition: z.string(),
  callerArn: z.string(),
  globalRegion: z.string(),
  /** When collecting began, ISO 8601 UTC: what happened later may not be in it. */
  collectedAt: z.iso.datetime(),
  /** The scopes that were collected, `global` among them. */
  scopes: texts,
  /** All regions that the account may use. */
  regions: texts,
  regionsNotEnabled: texts,
  /** Enabled regions that were left out by choice. */
  regionsLeftOut: texts,
  /** Ids of the root and the organizational units that the account is in, or why they are not known; absent where nobody has asked. */
  units: z.union([texts, reason]).optional(),
  /** The facets that are held of each type. */
  facets: z.record(z.string(), texts),
});
export type SnapshotHeader = z.infer<typeof headerSchema>;

const fault = z.object({ name: z.string(), message: z.string() });

/** The line after the resources of one type in one scope: whether they are all. */
export const listingSchema = z.object({
  kind: z.literal('listing'),
  type: z.string(),
  scope: z.string(),
  resources: z.int(),
  /** Why there may be more. */
  unread: reason.optional(),
  /** The listing failed by a bug of ours. */
  crashed: fault.optional(),
});
export type ListingLine = z.infer<typeof listingSchema>;

/** The last line: a file without it was cut off. */
export const endSchema = z.object({
  kind: z.literal('end'),
  finishedAt: z.iso.datetime(),
  listings: z.int(),
  resources: z.int(),
  calls: z.int(),
  throttles: z.int(),
  gaps: z
    .array(
      z.object({
        operation: z.string(),
        cause: z.enum(['denied', 'throttled', 'timeout', 'failed', 'malformed', 'unsupported', 'other-account', 'no-data', 'unresolved']),
        permissions: texts,
        region: z.string(),
        message: z.string(),
        count: z.int(),
      }),
    )
    .readonly(),
});
export type EndLine = z.infer<typeof endSchema>;

/** A facet as it is stored: its value and how old that is, or why there is none. */
export type StoredFacet =
  | { readonly value: unknown; readonly asOf?: string }
  | { readonly unread: UnreadReason }
  /** Its reader failed by a bug of ours. */
  | { readonly crashed: Fault };

/** One resource of a listing, with every facet that was asked for. */
export interface ResourceLine {
  readonly kind: 'resource';
  readonly scope: string;
  readonly identity: ResourceIdentity;
  readonly facets: Readonly<Record<string, StoredFacet>>;
}

/** A resource that a snapshot holds. A facet that was not collected is not there. */
export interface StoredResource {
  readonly identity: ResourceIdentity;
  readonly facets: ReadonlyMap<string, Facet<unknown> | { readonly crashed: Fault }>;
}

/** What was listed of one type in one scope. */
export interface StoredListing extends ListingLine {
  readonly known: readonly StoredResource[];
}

/** An inventory as it was at one time. Listings are found by `listingKey`. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly listings: ReadonlyMap<string, StoredListing>;
  readonly end: EndLine;
}

export function listingKey(type: string, scope: string): string {
  return `${type} ${scope}`;
}
