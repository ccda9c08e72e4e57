export interface ImageFacets {
  readonly image: OwnImage;
  /** The region's block public access for images: `block-new-sharing` or `unblocked`. */
  readonly blockPublicAccess: string;
}

/** An image that this account owns. */
export interface OwnImage {
  readonly name: string;
  readonly createdAt: string;
  readonly public: boolean;
}

/** What is known of an image that something runs on or would start from. */
export interface UsedImage {
  readonly imageId: string;
  readonly name: string | undefined;
  /** `gone`: deregistered, or no longer shared with this account. */
  readonly state: 'available' | 'disabled' | 'deregistered' | 'gone' | 'pending' | 'failed';
  readonly createdAt: string | undefined;
  /** In the past when the image is deprecated. */
  readonly deprecatedAt: string | undefined;
  readonly ownerId: string | undefined;
  /** `amazon`, `aws-marketplace`, `aws-backup-vault`, `self`, or absent for other accounts. */
  readonly ownerAlias: string | undefined;
  readonly public: boolean | undefined;
}

/** The newest available image of the same owner whose name differs only in its version and date. */
export interface NewerImage {
  readonly imageId: string;
  readonly name: string;
  readonly createdAt: string;
}
