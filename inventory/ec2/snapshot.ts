export interface SnapshotFacets {
  readonly snapshot: { readonly createdAt: string; readonly encrypted: boolean; readonly volumeId: string };
  /** Anyone may make a volume of it. */
  readonly public: boolean;
  /** The region's block public access for snapshots: `block-all-sharing` also neutralises those shared before. */
  readonly blockPublicAccess: string;
}
