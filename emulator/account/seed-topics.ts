import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Description } from './description.ts';
import { toDocument } from './policies.ts';
import type { SeedClients } from './seed-clients.ts';
import type { Topic } from './service-description.ts';

export async function seedTopics(aws: SeedClients, description: Description): Promise<void> {
  for (const [name, topic] of description.topics) await seedTopic(aws.client(SNSClient, topic.region ?? description.region), name, topic);
}

async function seedTopic(sns: SNSClient, name: string, { policy, kmsKey, subscriptions = [] }: Topic): Promise<void> {
  const attributes = {
    ...(policy === undefined ? {} : { Policy: toDocument(policy) }),
    ...(kmsKey === undefined ? {} : { KmsMasterKeyId: kmsKey }),
  };
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: name, Attributes: attributes }));
  for (const endpoint of subscriptions) {
    const protocol = endpoint.includes('@') ? 'email' : endpoint.replace(/:.*$/s, '');
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: protocol, Endpoint: endpoint }));
  }
}
