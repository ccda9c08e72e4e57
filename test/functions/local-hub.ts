import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type AttributeValue,
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, DeleteObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import type { WrittenConfig } from '../../config/written-config.ts';
import { type Account, account, trust } from '../../emulator/account.ts';
import type { LocalAws } from '../../emulator/local-aws.ts';
import { type LocalLambda, startLambda } from '../../emulator/local-lambda.ts';
import { TopicQueue } from '../../emulator/topic-queue.ts';
import type { AuditStore, Ledger } from '../../findings/audit-store.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { openReactionStore } from '../../findings/dynamodb-reaction-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import type { ReactionStore } from '../../findings/reaction-store.ts';
import type { FindingStore } from '../../findings/store.ts';
import { copyBundle } from '../bundled-functions.ts';

export const HUB = '111122223333';
export const REGION = 'eu-west-1';
export const TABLE = 'posture';
export const BUCKET = 'posture-jobs';
const EXTERNAL_ID = 'between us';
const MEMBER_ROLE = 'cloud-posture-audit';
/** That all functions have. In a deployment each has its own. */
const FUNCTION_ROLE = 'function';
const AS_IF = pathToFileURL(join(import.meta.dirname, 'as-if.ts')).href;

export type FunctionName = (typeof FUNCTIONS)[number];
export type Item = Record<string, AttributeValue>;

/** An account that lets the hub in. */
export function audited(described: Account): Account {
  const condition = { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } };
  return described.role(MEMBER_ROLE, { trust: trust({ AWS: `arn:aws:iam::${HUB}:root` }, condition) });
}

/** The hub's own account, audited too. To be seeded. */
export function hubAccount(): Account {
  return audited(account(HUB, { region: REGION })).role(FUNCTION_ROLE, { trust: trust({ Service: 'lambda.amazonaws.com' }) });
}

/** What is in the hub's services at a time. */
export interface Kept {
  readonly items: readonly Item[];
  readonly files: readonly string[];
}

/** The bundled functions, and the services that they work with, made by hand. */
export interface LocalHub {
  readonly topic: string;
  /** URL of the queue of events. */
  readonly queue: string;
  readonly asset: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly functions: Readonly<Record<FunctionName, LocalLambda>>;
  /** As the local AWS's log of calls has it. */
  readonly callerOf: (name: FunctionName) => string;
  /** A process of its own for a function, at another time or with another environment. */
  readonly start: (name: FunctionName, environment: Readonly<Record<string, string | undefined>>) => Promise<LocalLambda>;
  readonly store: FindingStore;
  readonly audits: AuditStore & Ledger;
  readonly reactions: ReactionStore;
  /** What a subscriber gets of the topic. */
  readonly subscriber: TopicQueue;
  readonly s3: S3Client;
  /** Everything in the table and the bucket. */
  readonly kept: () => Promise<Kept>;
  /** Puts the table back as it was, and empties the bucket. */
  readonly restore: (items: readonly Item[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The hub's account has to be seeded before. */
export async function openLocalHub(aws: LocalAws, config: WrittenConfig): Promise<LocalHub> {
  const asset = mkdtempSync(join(tmpdir(), 'functions-'));
  await copyBundle({ outdir: asset, config });
  const settings = aws.client(HUB, REGION);
  const dynamodb = new DynamoDBClient(settings);
  const s3 = new S3Client(settings);
  await dynamodb.send(new CreateTableCommand(tableDefinition(TABLE)));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }));
  const { TopicArn: topic = '' } = await new SNSClient(settings).send(new CreateTopicCommand({ Name: 'posture' }));
  const { QueueUrl: queue = '' } = await new SQSClient(settings).send(new CreateQueueCommand({ QueueName: 'events' }));
  const subscriber = await TopicQueue.open({ settings, topicArn: topic, name: 'subscriber' });

  const environment = {
    ...{ POSTURE_TABLE: TABLE, POSTURE_TOPIC: topic, POSTURE_BUCKET: BUCKET, POSTURE_EVENTS: queue },
    ...{ POSTURE_ROLE: MEMBER_ROLE },
    ...{ POSTURE_EXTERNAL_ID: EXTERNAL_ID, POSTURE_PARTITION: 'aws', POSTURE_SECURITY_HUB: 'on' },
    ...{ POWERTOOLS_SERVICE_NAME: 'cloud-posture', POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture' },
    ...{ AWS_REGION: REGION, AWS_ENDPOINT_URL: aws.endpoint, NODE_OPTIONS: `--import=${AS_IF}` },
  };
  const started: LocalLambda[] = [];
  const sts = new STSClient(settings);
  const start: LocalHub['start'] = async (name, changed) => {
    const RoleArn = `arn:aws:iam::${HUB}:role/${FUNCTION_ROLE}`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: name }));
    const credentials = {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    };
    const lambda = startLambda({
      asset,
      handler: `${name}.handler`,
      environment: given({ ...environment, ...credentials, ...changed }),
      accountId: HUB,
    });
    started.push(lambda);
    return lambda;
  };
  const [plan, scan, summarize, react, notify, confirm] = await Promise.all(FUNCTIONS.map((name) => start(name, {})));
  if (!plan || !scan || !summarize || !react || !notify || !confirm) throw new Error('a function is missing');

  Object.assign(process.env, aws.environment(HUB, REGION));
  const listFiles = async () => ((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).Contents ?? []).map(({ Key = '' }) => Key);
  return {
    ...{ topic, queue, asset, environment, start, subscriber, s3 },
    functions: { plan, scan, summarize, react, notify, confirm },
    callerOf: (name) => `arn:aws:sts::${HUB}:assumed-role/${FUNCTION_ROLE}/${name}`,
    store: await openDynamoDbStore({ table: TABLE }),
    audits: await openAuditStore({ table: TABLE }),
    reactions: await openReactionStore({ table: TABLE }),
    async kept() {
      const items: Item[] = [];
      for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: TABLE })) items.push(...Items);
      return { items, files: await listFiles() };
    },
    async restore(items) {
      await dynamodb.send(new DeleteTableCommand({ TableName: TABLE }));
      await dynamodb.send(new CreateTableCommand(tableDefinition(TABLE)));
      for (const Item of items) await dynamodb.send(new PutItemCommand({ TableName: TABLE, Item }));
      for (const Key of await listFiles()) await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
      await subscriber.empty();
    },
    async stop() {
      await Promise.all(started.map((lambda) => lambda.stop()));
      rmSync(asset, { recursive: true });
    },
  };
}

/** Without what is not set. */
function given(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
