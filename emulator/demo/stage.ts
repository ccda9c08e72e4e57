import { devNull } from 'node:os';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { HOME_REGION, SHOP } from '../demo-account.ts';
import type { LocalAws } from '../local-aws.ts';
import { Mailbox } from './mailbox.ts';

/** What the product needs in the account: where findings are kept, and where they are announced. */
export interface Stage {
  readonly store: string;
  readonly topicArn: string;
  readonly mailbox: Mailbox;
}

const TABLE = 'posture';

/** Makes the table, the topic, and a queue that is subscribed to it. */
export async function setStage(aws: LocalAws): Promise<Stage> {
  const settings = aws.client(SHOP, HOME_REGION);
  await new DynamoDBClient(settings).send(new CreateTableCommand(tableDefinition(TABLE)));
  const sns = new SNSClient(settings);
  const sqs = new SQSClient(settings);
  const { TopicArn: topicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'security-alerts' }));
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'security-alerts-inbox' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
  return { store: `dynamodb://${TABLE}`, topicArn, mailbox: new Mailbox(sqs, QueueUrl) };
}

/**
 * Points the SDK's default chain at the local AWS and away from everything that this machine knows of the real one.
 * Gives a function that puts the environment back.
 */
export function enterLocalAws(aws: LocalAws): () => void {
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  const local = { ...aws.environment(SHOP, HOME_REGION), AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  clearAws();
  Object.assign(process.env, local, { AWS_EC2_METADATA_DISABLED: 'true' });
  return () => {
    clearAws();
    Object.assign(process.env, Object.fromEntries(before));
  };
}

function clearAws(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
}
