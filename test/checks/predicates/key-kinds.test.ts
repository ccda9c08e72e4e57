import { expect, test } from 'vitest';
import { EXAMPLE_KEY } from '../../../checks/predicates/example-keys.ts';
import { isToBeDeleted, whyNotRotated } from '../../../checks/predicates/key-kinds.ts';
import type { KeyProperties } from '../../../inventory/kms/key.ts';

test.each<[Partial<KeyProperties>, string | undefined]>([
  [{}, undefined],
  [{ multiRegion: 'PRIMARY' }, undefined],
  [{ state: 'PendingImport' }, undefined],
  [{ manager: 'AWS' }, 'AWS manages and rotates it'],
  [{ spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' }, 'HMAC keys are not rotated automatically'],
  [{ spec: 'RSA_2048' }, 'asymmetric keys are not rotated automatically'],
  [{ spec: 'ECC_NIST_P256' }, 'asymmetric keys are not rotated automatically'],
  [{ origin: 'EXTERNAL' }, 'imported key material is not rotated automatically'],
  [{ origin: 'AWS_CLOUDHSM' }, 'keys in custom key stores are not rotated automatically'],
  [{ origin: 'EXTERNAL_KEY_STORE' }, 'keys in custom key stores are not rotated automatically'],
  [{ multiRegion: 'REPLICA' }, 'a replica rotates as its primary key does'],
  [{ state: 'Disabled' }, 'the key is disabled'],
  [{ state: 'PendingDeletion' }, 'the key is scheduled for deletion'],
  [{ state: 'PendingReplicaDeletion' }, 'the key is scheduled for deletion'],
])('a key with %j: %s', (part, why) => {
  expect(whyNotRotated({ ...EXAMPLE_KEY, ...part })).toBe(why);
});

test.each([
  ['PendingDeletion', true],
  ['PendingReplicaDeletion', true],
  ['Disabled', false],
  ['Enabled', false],
])('%s: to be deleted %s', (state, expected) => {
  expect(isToBeDeleted({ state })).toBe(expected);
});
