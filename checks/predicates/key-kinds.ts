import type { KeyProperties } from '../../inventory/kms/key.ts';

/**
 * Why AWS KMS cannot rotate a key by itself, or it is not for this key to say: "Rotate AWS KMS keys",
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html. `undefined` of a key that it can rotate.
 */
export function whyNotRotated({ manager, state, spec, origin, multiRegion }: KeyProperties): string | undefined {
  if (manager === 'AWS') return 'AWS manages and rotates it';
  if (spec.startsWith('HMAC_')) return 'HMAC keys are not rotated automatically';
  if (spec !== 'SYMMETRIC_DEFAULT') return 'asymmetric keys are not rotated automatically';
  if (origin === 'EXTERNAL') return 'imported key material is not rotated automatically';
  if (origin !== 'AWS_KMS') return 'keys in custom key stores are not rotated automatically';
  if (multiRegion === 'REPLICA') return 'a replica rotates as its primary key does';
  if (state === 'Disabled') return 'the key is disabled';
  return isToBeDeleted({ state }) ? 'the key is scheduled for deletion' : undefined;
}

export function isToBeDeleted({ state }: Pick<KeyProperties, 'state'>): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}
