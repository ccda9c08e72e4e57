import { CreateSecretCommand, PutResourcePolicyCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Description } from './description.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';

/** When they were made, read and rotated the proxy says from their description. */
export async function seedSecrets(aws: SeedClients, { secrets, region: home }: Description): Promise<void> {
  for (const [name, { region = home, policy }] of secrets) {
    const client = aws.client(SecretsManagerClient, region);
    await client.send(new CreateSecretCommand({ Name: name, SecretString: 'not-a-secret' }));
    if (policy === undefined) continue;
    await client.send(new PutResourcePolicyCommand({ SecretId: name, ResourcePolicy: toDocument(policy) }));
  }
}
