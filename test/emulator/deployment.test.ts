import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployAssembly, readDeployment, type Target } from '../../emulator/deployment.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { RunningDeployment } from '../../emulator/running-deployment.ts';
import { synthesizeSmallApp } from './small-app.ts';

const HUB = '111122223333';
const REGION = 'eu-west-1';

/** Fails for items named `bad…` as often as their number says, and tells what it was given. */
const NOTIFY = `
const failures = new Map();
export const handler = async ({ Records }) => {
  const keys = Records.map(({ dynamodb }) => dynamodb.Keys.pk.S);
  console.log('notify ' + keys.join(' '));
  if (keys.some((key) => key === 'broken')) throw new Error('broken');
  const failed = Records.filter(({ dynamodb: { Keys } }) => {
    const [, times] = /^bad(\\d+)$/.exec(Keys.pk.S) ?? [];
    const before = failures.get(Keys.pk.S) ?? 0;
    failures.set(Keys.pk.S, before + 1);
    return before < Number(times ?? 0);
  });
  return { batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
};`;

const CONFIRM = `
let calls = 0;
export const handler = async ({ Records: [{ Sns }] }) => {
  console.log('confirm ' + Sns.MessageAttributes.deduplicationId.Value + ' ' + Sns.Message);
  if ((calls += 1) === 1) throw new Error('the first time');
};`;

const REACT = `
export const handler = async ({ Records }) => {
  console.log('react ' + Records.map(({ body }) => body).join(' '));
  return { batchItemFailures: [] };
};`;

/** Says who it is, and what it was told at its deployment. */
const PLAN = `
export const handler = async () => {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_REGION, POSTURE_TABLE, AWS_LAMBDA_FUNCTION_NAME } = process.env;
  const authorization = 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20260101/' + AWS_REGION + '/sts/aws4_request';
  const body = new URLSearchParams({ Action: 'GetCallerIdentity', Version: '2011-06-15' });
  const answer = await (await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers: { authorization }, body })).text();
  return { arn: /<Arn>(.*)<.Arn>/.exec(answer)[1], table: POSTURE_TABLE, name: AWS_LAMBDA_FUNCTION_NAME };
};`;

let aws: LocalAws;
let folder: string;
let running: RunningDeployment;

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1', REGION] });
  folder = mkdtempSync(join(tmpdir(), 'deployment-'));
  const code = join(folder, 'code');
  mkdirSync(code);
  for (const [name, text] of Object.entries({ notify: NOTIFY, confirm: CONFIRM, plan: PLAN, react: REACT }))
    writeFileSync(join(code, `${name}.mjs`), text);
  const outdir = join(folder, 'cdk.out');
  synthesizeSmallApp({ outdir, code, account: HUB, region: REGION });
  const target: Target = { aws, accountId: HUB, region: REGION, folder };
  const templates = await deployAssembly(target, outdir);
  running = await RunningDeployment.start(target, await readDeployment(target, templates, 'small'));
});

afterAll(async () => {
  await running?.stop();
  await aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function put(...keys: readonly string[]): Promise<void> {
  const dynamodb = new DynamoDBClient(aws.client(HUB, REGION));
  for (const pk of keys) {
    const Item = { pk: { S: pk }, told: { BOOL: pk.startsWith('quiet') } };
    await dynamodb.send(new PutItemCommand({ TableName: running.deployment.tableName, Item }));
  }
}

function logOf(name: string): readonly string[] {
  return running.function(name).lambda.log();
}

/** What a function wrote while something was done. */
async function written(name: string, work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = logOf(name).length;
  await work();
  return logOf(name).slice(before);
}

test('a state machine runs its function with the deployed environment and the credentials of the deployed role', async () => {
  const { functions, tableName } = running.deployment;
  const { outcome } = await running.audit({ name: 'one' });
  const role = functions.plan?.roleArn.split('/').at(-1);
  expect(outcome).toEqual({
    status: 'SUCCEEDED',
    output: { arn: `arn:aws:sts::${HUB}:assumed-role/${role}/small-plan`, table: tableName, name: 'small-plan' },
  });
  expect(aws.calls.list({ callerArn: running.function('plan').callerArn }).map(({ name }) => name)).toEqual(['sts:GetCallerIdentity']);
});

test('what is written to the table reaches the function that its stream leads to: filtered, in batches', async () => {
  const lines = await written('notify', async () => {
    await put('a', 'quiet', 'b', 'c');
    await running.deliver();
  });
  expect(lines).toEqual(['notify a b', 'notify c']);
});

test('what it says has failed is handed over again, and all behind it', async () => {
  const lines = await written('notify', async () => {
    await put('d', 'bad1');
    await running.deliver();
  });
  expect(lines).toEqual(['notify d bad1', 'notify bad1']);
});

test('a batch that fails is halved, and what always fails is given up in the end', async () => {
  const lines = await written('notify', async () => {
    await put('broken', 'e');
    await running.deliver();
  });
  expect(lines).toEqual(['notify broken e', 'notify broken', 'notify broken', 'notify broken', 'notify e']);
  expect(running.stream.discarded.map(({ dynamodb }) => dynamodb.Keys)).toEqual([{ pk: { S: 'broken' } }]);
});

test('what is published reaches subscribers once, and the function that is subscribed until it takes it', async () => {
  const MessageAttributes = { deduplicationId: { DataType: 'String', StringValue: 'news-1' } };
  const lines = await written('confirm', async () => {
    await new SNSClient(aws.client(HUB, REGION)).send(
      new PublishCommand({ TopicArn: running.deployment.topicArn, Message: 'news', MessageAttributes }),
    );
    await running.deliver();
  });
  expect(lines).toEqual(['confirm news-1 news', 'confirm news-1 news']);
  expect(await running.messages()).toMatchObject([{ Message: 'news' }]);
  expect(running.confirmations.discarded).toEqual([]);
});

test('what is put in the queue of events reaches the function that receives from it, with the credentials of its role', async () => {
  const { eventsUrl: QueueUrl, functions } = running.deployment;
  const lines = await written('react', async () => {
    for (const MessageBody of ['one', 'two', 'three'])
      await new SQSClient(aws.client(HUB, REGION)).send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await running.events.drain();
  });
  expect(lines).toEqual(['react one two', 'react three']);
  const role = functions.react?.roleArn.split('/').at(-1);
  const receipts = aws.calls.list({ service: 'sqs', callerArn: `arn:aws:sts::${HUB}:assumed-role/${role}/*` });
  expect(new Set(receipts.map(({ operation }) => operation))).toEqual(new Set(['ReceiveMessage', 'DeleteMessageBatch']));
});
