import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  KMSClient,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import type { AccountState } from '../state.ts';
import type { Key } from './data-stores.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';

const USAGES = { SYMMETRIC_DEFAULT: 'ENCRYPT_DECRYPT', RSA_2048: 'SIGN_VERIFY', HMAC_256: 'GENERATE_VERIFY_MAC' } as const;

export async function seedKeys(aws: SeedClients, state: AccountState): Promise<void> {
  const { keys, region: home } = state.description;
  for (const [name, key] of keys) await seedKey(aws.client(KMSClient, key.region ?? home), name, key, state);
}

async function seedKey(kms: KMSClient, name: string, key: Key, state: AccountState): Promise<void> {
  const { spec = 'SYMMETRIC_DEFAULT', rotation = spec === 'SYMMETRIC_DEFAULT', policy } = key;
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: spec, KeyUsage: USAGES[spec] }));
  const KeyId = KeyMetadata?.KeyId ?? '';
  state.bind('kms-key', name, KeyId);
  await kms.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId: KeyId }));
  if (rotation) await kms.send(new EnableKeyRotationCommand({ KeyId }));
  if (policy !== undefined) await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: toDocument(policy) }));
  if (key.state === 'Disabled') await kms.send(new DisableKeyCommand({ KeyId }));
  if (key.state === 'PendingDeletion') await kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 30 }));
}
