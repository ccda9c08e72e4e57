import { SHOP } from '../../emulator/demo-account.ts';

/** What is wrong with the buckets of the shop and the ways to them, by check. */
export const WRONG_BUCKETS: Readonly<Record<string, readonly string[]>> = {
  's3-access-point-policy-closed': ['press'],
  's3-access-point-public-access-blocked': ['press'],
  's3-account-public-access-blocked': [SHOP],
  's3-bucket-access-logged': [
    'brightcart-invoices',
    'brightcart-photos',
    'brightcart-price-feed',
    'brightcart-reports',
    'brightcart-scratch',
    'brightcart-uploads',
  ],
  's3-bucket-acls-disabled': ['brightcart-old-logs'],
  's3-bucket-mfa-delete-enabled': [
    'brightcart-invoices',
    'brightcart-old-logs',
    'brightcart-photos',
    'brightcart-price-feed',
    'brightcart-reports',
    'brightcart-scratch',
    'brightcart-trail-logs',
    'brightcart-uploads',
  ],
  's3-bucket-public-access-blocked': [
    'brightcart-old-logs',
    'brightcart-photos',
    'brightcart-price-feed',
    'brightcart-reports',
    'brightcart-uploads',
  ],
  's3-bucket-public-read-absent': ['brightcart-old-logs', 'brightcart-photos'],
  's3-bucket-public-write-absent': ['brightcart-uploads'],
  's3-bucket-shared-with-trusted': ['brightcart-price-feed'],
  's3-bucket-tls-only': ['brightcart-old-logs', 'brightcart-scratch'],
  's3-bucket-versioning-enabled': [
    'brightcart-old-logs',
    'brightcart-photos',
    'brightcart-price-feed',
    'brightcart-reports',
    'brightcart-scratch',
    'brightcart-trail-logs',
    'brightcart-uploads',
  ],
  's3-multi-region-access-point-public-access-blocked': ['everywhere'],
};
