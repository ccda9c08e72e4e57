import { devNull } from 'node:os';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import type { ClientSettings } from '../client-settings.ts';
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

/** Settings for clients in the shop's account. A kept connection may have been closed while an audit ran: then a second attempt is made. */
export function shopClient(aws: LocalAws): ClientSettings {
  return { ...aws.client(SHOP, HOME_REGION), maxAttempts: 3 };
}

/** Makes the table, the topic, and a queue that is subscribed to it. */
export async function setStage(aws: LocalAws): Promise<Stage> {
  const settings = shopClient(aws);
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
 * Takes away all that this machine's environment says of AWS, so that neither the demo nor the local AWS can mistake it for theirs.
 * Gives a function that puts it back.
 */
export function leaveRealAws(): () => void {
  const before = Object.entries(process.env).filter(([name]) => name.startsWith('AWS_'));
  forgetAws();
  Object.assign(process.env, { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull, AWS_EC2_METADATA_DISABLED: 'true' });
  return () => {
    forgetAws();
    Object.assign(process.env, Object.fromEntries(before));
  };
}

function forgetAws(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
}
