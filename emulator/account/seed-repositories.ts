import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import type { Description } from './description.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';
import type { Repository } from './service-description.ts';

export async function seedRepositories(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, repository] of description.repositories)
    await seedRepository(aws.client(ECRClient, repository.region ?? description.region), name, repository);
}

async function seedRepository(ecr: ECRClient, name: string, { policy, tags = 'MUTABLE', scanOnPush = false }: Repository): Promise<void> {
  await ecr.send(
    new CreateRepositoryCommand({ repositoryName: name, imageTagMutability: tags, imageScanningConfiguration: { scanOnPush } }),
  );
  if (policy !== undefined) await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: name, policyText: toDocument(policy) }));
}
