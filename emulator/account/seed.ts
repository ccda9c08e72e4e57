import { AccountClient, PutAlternateContactCommand } from '@aws-sdk/client-account';
import { PutPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import type { Callers } from '../callers.ts';
import type { AccountState } from '../state.ts';
import type { PublicAccessFlags } from './description.ts';
import { seedMetricFilters } from './seed-alarms.ts';
import { type SeedClients, seedClients } from './seed-clients.ts';
import { seedDocuments } from './seed-documents.ts';
import { seedEc2 } from './seed-ec2.ts';
import { seedFileSystems } from './seed-efs.ts';
import { seedFunctions } from './seed-functions.ts';
import { seedGroups } from './seed-groups.ts';
import { seedIam } from './seed-iam.ts';
import { seedKeys } from './seed-kms.ts';
import { seedQueues } from './seed-queues.ts';
import { seedDatabases } from './seed-rds.ts';
import { seedRepositories } from './seed-repositories.ts';
import { seedBuckets } from './seed-s3.ts';
import { seedSecrets } from './seed-secrets.ts';
import { seedTopics } from './seed-topics.ts';
import { seedTrails } from './seed-trails.ts';

export interface Seeding {
  readonly state: AccountState;
  readonly motoPort: number;
  readonly callers: Callers;
}

/** Makes a described account in moto: one call after the other, because moto's threads race. */
export async function seedAccount({ state, motoPort, callers }: Seeding): Promise<void> {
  const { description } = state;
  const aws = seedClients(motoPort, description.id);
  await seedIam(aws, state, callers);
  await seedBuckets(aws, description);
  await seedAccountSettings(aws, state);
  await seedEc2(aws, state);
  await seedGroups(aws, state);
  await seedDocuments(aws, description);
  await seedTrails(aws, description);
  await seedQueues(aws, description);
  await seedTopics(aws, description);
  await seedMetricFilters(aws, description);
  await seedFunctions(aws, description);
  await seedRepositories(aws, description);
  await seedDatabases(aws, state);
  await seedFileSystems(aws, state);
  await seedKeys(aws, state);
  await seedSecrets(aws, description);
  aws.close();
}

async function seedAccountSettings(aws: SeedClients, { description: { id, accountBlock, contacts } }: AccountState): Promise<void> {
  if (accountBlock) {
    const control = aws.client(S3ControlClient, 'us-east-1');
    await control.send(new PutPublicAccessBlockCommand({ AccountId: id, PublicAccessBlockConfiguration: toConfiguration(accountBlock) }));
  }
  if (contacts.security) {
    const contact = { Name: 'Security', Title: 'Team', EmailAddress: 'security@example.com', PhoneNumber: '+15550100' };
    await aws.client(AccountClient, 'us-east-1').send(new PutAlternateContactCommand({ AlternateContactType: 'SECURITY', ...contact }));
  }
}

export function toConfiguration(flags: 'all' | PublicAccessFlags = 'all') {
  const isOn = (flag: keyof PublicAccessFlags): boolean => flags === 'all' || (flags[flag] ?? false);
  return {
    BlockPublicAcls: isOn('blockPublicAcls'),
    IgnorePublicAcls: isOn('ignorePublicAcls'),
    BlockPublicPolicy: isOn('blockPublicPolicy'),
    RestrictPublicBuckets: isOn('restrictPublicBuckets'),
  };
}
