import type { Behavior, DistributionProperties, Origin } from '../../inventory/cloudfront/distribution.ts';

/** For examples: what a well kept distribution does for all paths. */
export const DEFAULT_BEHAVIOR: Behavior = { path: '*', viewerProtocol: 'redirect-to-https', hasRealTimeLog: false };

/** For examples: a well kept distribution with a certificate of its own. */
export const DISTRIBUTION: DistributionProperties = {
  enabled: true,
  minimumProtocol: 'TLSv1.2_2021',
  defaultCertificate: false,
  hasWebAcl: true,
  behaviors: [DEFAULT_BEHAVIOR],
};

/** For examples: a bucket that answers CloudFront alone. */
export const BUCKET_ORIGIN: Origin = {
  id: 'photos',
  domain: 'example-photos.s3.eu-west-1.amazonaws.com',
  isBucket: true,
  access: 'control',
};

/** For examples: a server that is not a bucket. */
export const SERVER_ORIGIN: Origin = { id: 'shop', domain: 'shop.example.com', isBucket: false, access: 'none' };
