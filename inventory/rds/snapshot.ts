import { malformed } from '../broken-answer.ts';

/** What a snapshot of an instance and one of a cluster have in common. */
export interface DatabaseSnapshot {
  readonly engine: string;
  /** The instance or the cluster that it was taken of. */
  readonly database: string;
  readonly encrypted: boolean;
  /** ISO 8601 UTC; `undefined` while it is made. */
  readonly createdAt: string | undefined;
}

export interface DatabaseSnapshotFacets {
  readonly snapshot: DatabaseSnapshot;
  /** The accounts that may restore it; `all` among them if everyone may. */
  readonly sharedWith: readonly string[];
}

/** What AWS backs up by itself ages with its database, is as encrypted as that is, and cannot be shared: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html */
export function isKept({ SnapshotType }: { readonly SnapshotType?: string | undefined }): boolean {
  return SnapshotType !== 'automated';
}

/** @throws Unread when a part is missing */
export function toSnapshot(
  operation: string,
  parts: { readonly Engine?: string | undefined; readonly SnapshotCreateTime?: Date | undefined },
  database: string | undefined,
  encrypted: boolean | undefined,
): DatabaseSnapshot {
  const { Engine, SnapshotCreateTime } = parts;
  if (Engine === undefined || database === undefined || encrypted === undefined) throw malformed(operation, 'a snapshot is incomplete');
  return { engine: Engine, database, encrypted, createdAt: SnapshotCreateTime?.toISOString() };
}

/** @throws Unread when the answer does not tell who may restore it */
export function toSharedWith(
  operation: string,
  attributes: readonly { readonly AttributeName?: string | undefined; readonly AttributeValues?: readonly string[] | undefined }[],
): readonly string[] {
  const restore = attributes.find(({ AttributeName }) => AttributeName === 'restore');
  if (restore === undefined) throw malformed(operation, 'the answer has no attribute restore');
  return restore.AttributeValues ?? [];
}
