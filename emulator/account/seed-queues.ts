import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Description } from './description.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';
import type { Queue } from './service-description.ts';

export async function seedQueues(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, queue] of description.queues) {
    const sqs = aws.client(SQSClient, queue.region ?? description.region);
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: toAttributes(queue) }));
  }
}

function toAttributes({ policy, encryption = 'sqs' }: Queue): Record<string, string> {
  return {
    ...(policy === undefined ? {} : { Policy: toDocument(policy) }),
    ...(encryption === 'kms' ? { KmsMasterKeyId: 'alias/aws/sqs' } : {}),
    SqsManagedSseEnabled: String(encryption === 'sqs'),
  };
}
