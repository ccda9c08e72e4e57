import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { bundleFunctions, type FUNCTIONS } from '../cdk/bundle.ts';
import { type Account, trust } from '../emulator/account.ts';
import type { Credentials } from '../emulator/callers.ts';
import type { LocalAws } from '../emulator/local-aws.ts';
import { type LocalLambda, startLambda } from '../emulator/local-lambda.ts';
import { EventSourceMapping, StreamPump } from '../emulator/stream-pump.ts';
import { TopicQueue } from '../emulator/topic-queue.ts';
import { openDynamoDbStore } from '../findings/dynamodb-store.ts';
import { tableDefinition } from '../findings/dynamodb-table.ts';

export const HUB = '111122223333';
export const REGION = 'eu-west-1';
const TABLE = 'cloud-posture';
const AUDIT_ROLE = 'cloud-posture-audit';
const FUNCTION_ROLE = 'function';
const EXTERNAL_ID = 'bench';
const METER = pathToFileURL(join(import.meta.dirname, 'aws-meter.ts')).href;

/** A stretch of time, in milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A change of a finding that was told. */
export interface Alert {
  readonly event: string;
  readonly finding: { readonly checkId: string; readonly resource: { readonly id: string } };
}

/** The functions that tell of an event, as they are bundled for a deployment, and what they work with. */
export interface Hub {
  readonly react: LocalLambda;
  /** Hands what the table's stream holds to notify. Gives when notify worked. */
  readonly tell: () => Promise<readonly Span[]>;
  /** What subscribers got since they were last asked, as programs read it. */
  readonly alerts: () => Promise<readonly Alert[]>;
  /** The requests that the functions have made so far. */
  readonly requests: () => readonly Span[];
  readonly stop: () => Promise<void>;
}

/** Has the account let the hub's functions in. */
export function withRoles(hub: Account): Account {
  const condition = { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } };
  return hub
    .role(AUDIT_ROLE, { trust: trust({ AWS: `arn:aws:iam::${HUB}:root` }, condition) })
    .role(FUNCTION_ROLE, { trust: trust({ Service: 'lambda.amazonaws.com' }) });
}

/** The hub's account has to be seeded. It is as if an audit had found it in order. */
export async function openHub(aws: LocalAws): Promise<Hub> {
  const settings = aws.client(HUB, REGION);
  const dynamodb = new DynamoDBClient(settings);
  await dynamodb.send(new CreateTableCommand(tableDefinition(TABLE)));
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: TABLE }));
  const { TopicArn = '' } = await new SNSClient(settings).send(new CreateTopicCommand({ Name: 'cloud-posture' }));
  const { QueueUrl = '' } = await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: 'cloud-posture-events' }));
  const subscriber = await TopicQueue.open({ settings, topicArn: TopicArn, name: 'subscriber' });
  const credentials = await functionCredentials(aws);
  await auditedNow(aws);
  const asset = mkdtempSync(join(tmpdir(), 'posture-bench-'));
  await bundleFunctions({ outdir: asset, config: {} });

  const environment = {
    ...{ POSTURE_TABLE: TABLE, POSTURE_TOPIC: TopicArn, POSTURE_EVENTS: QueueUrl, POSTURE_BUCKET: 'cloud-posture-jobs' },
    ...{ POSTURE_ROLE: AUDIT_ROLE, POSTURE_EXTERNAL_ID: EXTERNAL_ID, POSTURE_PARTITION: 'aws', POSTURE_SECURITY_HUB: 'off' },
    ...{ POWERTOOLS_SERVICE_NAME: 'cloud-posture', POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture' },
    ...{ AWS_REGION: REGION, AWS_ENDPOINT_URL: aws.endpoint, NODE_OPTIONS: `--import=${METER}` },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    AWS_SESSION_TOKEN: credentials.sessionToken ?? '',
  };
  const start = (name: (typeof FUNCTIONS)[number]) => startLambda({ asset, handler: `${name}.handler`, environment, accountId: HUB });
  const react = start('react');
  const notify = start('notify');

  let told: Span[] = [];
  const stream = new StreamPump({
    ...{ endpoint: aws.endpoint, region: REGION, credentials, streamArn: Table?.LatestStreamArn ?? '', mapping: UNTOLD },
    async invoke(event) {
      const { result, span } = await timed(() => notify.invoke(event));
      told.push(span);
      return result;
    },
    beforeRetry: () => Promise.reject(new Error('what was found could not be told')),
  });
  return {
    react,
    async tell() {
      told = [];
      await stream.drain();
      return told;
    },
    alerts: async () => (await subscriber.empty()).map(({ Message }) => JSON.parse(Message)),
    requests: () => [react, notify].flatMap((lambda) => lambda.log().flatMap(toRequest)),
    async stop() {
      await Promise.all([react.stop(), notify.stop()]);
      rmSync(asset, { recursive: true });
    },
  };
}

/** What notify is handed, as a deployment has it. */
const UNTOLD = EventSourceMapping.parse({
  FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"NewImage":{"unannounced":{"BOOL":[true]}}}}' }] },
  FunctionResponseTypes: ['ReportBatchItemFailures'],
});

export async function timed<Result>(work: () => Promise<Result>): Promise<{ readonly result: Result; readonly span: Span }> {
  const from = now();
  const result = await work();
  return { result, span: { from, to: now() } };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function toRequest(line: string): readonly Span[] {
  if (!line.startsWith('{"asked":')) return [];
  const { asked, answered } = JSON.parse(line);
  return [{ from: asked, to: answered }];
}

/** Until an audit has seen a scope, events there are no reason to look at all that is in it. */
async function auditedNow(aws: LocalAws): Promise<void> {
  Object.assign(process.env, aws.environment(HUB, REGION));
  const store = await openDynamoDbStore({ table: TABLE });
  await store.saveScopeRecord({ accountId: HUB, region: REGION, runId: 'bench', seenAt: new Date().toISOString(), blindSince: {} });
  await store.close();
}

async function functionCredentials(aws: LocalAws): Promise<Credentials> {
  const sts = new STSClient(aws.client(HUB, REGION));
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${HUB}:role/${FUNCTION_ROLE}`, RoleSessionName: 'bench' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
