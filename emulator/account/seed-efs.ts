import { CreateFileSystemCommand, EFSClient, PutFileSystemPolicyCommand } from '@aws-sdk/client-efs';
import type { AccountState } from '../state.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';

export async function seedFileSystems(aws: SeedClients, state: AccountState): Promise<void> {
  const { fileSystems, region: home } = state.description;
  for (const [name, { region = home, encrypted = true, policy, tags = {} }] of fileSystems) {
    const efs = aws.client(EFSClient, region);
    const Tags = Object.entries({ Name: name, ...tags }).map(([Key, Value]) => ({ Key, Value }));
    const { FileSystemId = '' } = await efs.send(new CreateFileSystemCommand({ CreationToken: name, Encrypted: encrypted, Tags }));
    state.bind('file-system', name, FileSystemId);
    if (policy === undefined) continue;
    await efs.send(new PutFileSystemPolicyCommand({ FileSystemId, Policy: toDocument(policy) }));
  }
}
