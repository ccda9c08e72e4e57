import type { PublicAccessBlock } from '../../inventory/s3/bucket.ts';

/** For examples: all four settings of S3 Block Public Access are on. */
export const ALL_ON: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** For examples: none of them is. */
export const ALL_OFF: PublicAccessBlock = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};
