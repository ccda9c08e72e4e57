import type { KeyProperties } from '../../inventory/kms/key.ts';

export const EXAMPLE_KEY: KeyProperties = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  usage: 'ENCRYPT_DECRYPT',
  origin: 'AWS_KMS',
  multiRegion: undefined,
  deletedAt: undefined,
};
