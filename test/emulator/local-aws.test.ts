import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVerifiedAccessTrustProvidersCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, ListUsersCommand } from '@aws-sdk/client-iam';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { account } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { nameOf } from './error-of.ts';

const ID = '111122223333';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const aws = await startLocalAws();

afterAll(() => aws.stop());

describe('what moto does well', () => {
  it('comes through: a queue receives what its topic was sent', async () => {
    const [sns, sqs] = [new SNSClient(aws.client(ID)), new SQSClient(aws.client(ID))];
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn }));
    await sns.send(
      new PublishCommand({ TopicArn, Message: 'hello', MessageAttributes: { severity: { DataType: 'String', StringValue: 'HIGH' } } }),
    );
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(JSON.parse(Messages?.[0]?.Body ?? '{}')).toMatchObject({ Message: 'hello', TopicArn });
    expect(QueueUrl).toContain(aws.endpoint);
  });

  it('comes through: a table holds items, in its own account', async () => {
    const table = { TableName: 'findings', BillingMode: 'PAY_PER_REQUEST' as const };
    const key = {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' as const }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' as const }],
    };
    const dynamo = new DynamoDBClient(aws.client(ID));
    await dynamo.send(new CreateTableCommand({ ...table, ...key }));
    await dynamo.send(new PutItemCommand({ TableName: 'findings', Item: { pk: { S: 'ü&<' } } }));
    expect((await dynamo.send(new ScanCommand({ TableName: 'findings' }))).Items).toEqual([{ pk: { S: 'ü&<' } }]);
    const other = new DynamoDBClient(aws.client('444455556666'));
    expect(await nameOf(other.send(new ScanCommand({ TableName: 'findings' })))).toBe('ResourceNotFoundException');
  });
});

describe('what moto does not do', () => {
  it('is refused by name', async () => {
    const call = new EC2Client(aws.client(ID)).send(new DescribeVerifiedAccessTrustProvidersCommand({}));
    expect(await nameOf(call)).toBe('NotImplemented');
  });
});

describe('the local AWS', () => {
  it('tells a child process where it is', () => {
    expect(aws.environment(ID, 'eu-west-1')).toEqual({
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: `AKIA${ID}LOCL`,
      AWS_SECRET_ACCESS_KEY: 'local',
    });
  });

  it('is empty after a reset', async () => {
    await aws.seed(account(ID).user('alice'));
    aws.faults.add({ service: 'iam', kind: 'access-denied' });
    await aws.reset();
    expect((await new IAMClient(aws.client(ID)).send(new ListUsersCommand({}))).Users).toEqual([]);
    expect(aws.calls.count()).toEqual({ 'iam:ListUsers': 1 });
  });

  it('stops, and nothing listens any more', async () => {
    const other = await startLocalAws({ regions: ['us-east-1'] });
    const { endpoint } = other;
    await other.stop();
    await expect(fetch(endpoint)).rejects.toThrow();
  });

  it('takes moto down with the process that started it', async () => {
    const module = join(import.meta.dirname, '../../emulator/moto.ts');
    const script = `const { startMoto } = await import(${JSON.stringify(module)}); console.log((await startMoto(1)).port); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(child.stdout, 'data');
    const moto = `http://127.0.0.1:${Number(String(line))}/moto-api/`;
    expect((await fetch(moto)).ok).toBe(true);
    child.kill('SIGTERM');
    await once(child, 'exit');
    await expect
      .poll(
        () =>
          fetch(moto).then(
            () => 'up',
            () => 'down',
          ),
        { timeout: 5_000 },
      )
      .toBe('down');
  });
});
