import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketPolicyCommand,
  ListObjectsV2Command,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import type { AccountTemplates } from '../../cdk/account-templates.ts';
import { HUB_STACK, MEMBER_STACK, REGION_STACK } from '../../cdk/names.ts';
import { addPostureStacks } from '../../cdk/posture-stacks.ts';
import { activityChecks } from '../../checks/activity-registry.ts';
import { checks } from '../../checks/registry.ts';
import { toConfig } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import type { Account } from '../../emulator/account.ts';
import { createStack, type Deployment, deployAssembly, readDeployment, resourcesOf, type Target } from '../../emulator/deployment.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { RunningDeployment } from '../../emulator/running-deployment.ts';
import { auditOf } from '../../findings/audit-items.ts';
import type { AuditRecord } from '../../findings/audit-record.ts';
import { findingOf, type Item, runOf, scopeOf } from '../../findings/dynamodb-items.ts';
import type { Finding } from '../../findings/finding.ts';
import type { RunRecord, ScopeRecord } from '../../findings/run.ts';
import { copyBundle } from '../bundled-functions.ts';
import { UNPACED } from './child-environment.ts';

export const HUB = '111122223333';
export const HUB_REGION = 'eu-west-1';
const EXTERNAL_ID = `cloud-posture-${HUB}`;

export interface WorldOptions {
  /** Text of posture.yaml. */
  readonly config: string;
  /** Regions that all accounts may use. */
  readonly regions: readonly string[];
  /** What there is; the hub must be among them. */
  readonly accounts: readonly [Account, ...Account[]];
  /** Accounts besides the hub that have the audit role, and the rules that tell the hub of events. */
  readonly members: readonly string[];
  /** What happens before Lambda hands a batch of the stream over again. */
  readonly beforeRetry?: () => Promise<unknown>;
  /** Without CloudFormation's own validation of the templates, which takes seconds: where another world has the same resources. */
  readonly unvalidated?: true;
  /** Options of the Node that functions run on, besides that their pacing takes no time. */
  readonly nodeOptions?: string;
}

/** The product as it was deployed into the local AWS, over seeded accounts. */
export interface World {
  readonly aws: LocalAws;
  readonly running: RunningDeployment;
  /** Deploys the member template into an account, and that of the regions into each of them. */
  readonly addMember: (accountId: string) => Promise<void>;
  /** Puts the policy on the job bucket that moto forgets, while something is done: conditions of a policy mean nothing to moto, and it would keep everybody out. */
  readonly withBucketPolicy: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** All that is in the table. */
  readonly items: () => Promise<readonly Item[]>;
  /** Makes the table what it was when {@link items} gave these. */
  readonly restore: (items: readonly Item[]) => Promise<void>;
  /** Keys of all that is in the job bucket. */
  readonly objects: () => Promise<readonly string[]>;
  readonly stop: () => Promise<void>;
}

/** Synthesizes, bootstraps, deploys, and starts the deployed functions. */
export async function deployWorld({
  config,
  regions,
  accounts,
  members,
  beforeRetry,
  unvalidated,
  nodeOptions = '',
}: WorldOptions): Promise<World> {
  const aws = await startLocalAws({ regions });
  const folder = mkdtempSync(join(tmpdir(), 'cloud-posture-'));
  const target: Target = { aws, accountId: HUB, region: HUB_REGION, folder };
  try {
    await aws.seed(...accounts);
    const assembly = join(folder, 'cdk.out');
    const { member, region } = await synthesize(folder, assembly, config, unvalidated ?? false);
    const templates = await deployAssembly(target, assembly);
    const deployment = await readDeployment(target, templates, HUB_STACK);
    await closeBucket(target, deployment);
    const addMember = async (accountId: string) => {
      await createStack({ aws, accountId, region: HUB_REGION }, MEMBER_STACK, member, { HubAccount: HUB, ExternalId: EXTERNAL_ID });
      for (const each of regions)
        await createStack({ aws, accountId, region: each }, REGION_STACK, region, { HubAccount: HUB, HubRegion: HUB_REGION });
    };
    for (const accountId of members) await addMember(accountId);
    const environment = { NODE_OPTIONS: `${UNPACED} ${nodeOptions}`, NODE_COMPILE_CACHE: join(folder, 'compiled') };
    const running = await RunningDeployment.start(target, deployment, { beforeRetry, environment });
    return {
      ...{ aws, running, addMember },
      withBucketPolicy: (work) => withBucketPolicy(target, deployment, work),
      items: () => scan(target, deployment.tableName),
      restore: (before) => restore(target, deployment.tableName, before),
      objects: () => listObjects(target, deployment.bucketName),
      stop: async () => {
        await running.stop();
        await aws.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What `cdk synth` does, in a folder of its own: several deployments may be tested at a time. */
async function synthesize(folder: string, outdir: string, text: string, isUnvalidated: boolean): Promise<AccountTemplates> {
  const written = parseConfig(text, 'posture.yaml', [...checks, ...activityChecks]);
  const asset = join(folder, 'functions');
  await copyBundle({ outdir: asset, config: written });
  const { context } = CdkJson.parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8')));
  const flags = isUnvalidated ? { ...context, '@aws-cdk/core:validateAgainstDefaultRules': false } : context;
  const app = new App({ outdir, context: flags, builtinCloudFormationValidation: !isUnvalidated });
  const templates = addPostureStacks(app, { config: toConfig(written), asset, account: HUB, region: HUB_REGION, callAs: 'SELF' });
  app.synth();
  return templates;
}

const CdkJson = z.object({ context: z.record(z.string(), z.unknown()) });

/** Moto's CloudFormation forgets it. */
async function closeBucket({ aws, accountId, region }: Target, { bucketName: Bucket, templates }: Deployment): Promise<void> {
  const { PublicAccessBlockConfiguration, OwnershipControls } = ClosedBucket.parse(only(templates, 'AWS::S3::Bucket'));
  const s3 = new S3Client(aws.client(accountId, region));
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
}

const Flags = z.object({
  BlockPublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});
const Ownership = z.object({ Rules: z.array(z.object({ ObjectOwnership: z.literal('BucketOwnerEnforced') })) });
const ClosedBucket = z.looseObject({ PublicAccessBlockConfiguration: Flags, OwnershipControls: Ownership });

/** The properties of the hub's only resource of a type. */
function only(templates: Deployment['templates'], type: string): Readonly<Record<string, unknown>> {
  const template = templates[HUB_STACK];
  const [first, ...others] = template ? resourcesOf(template, type) : [];
  if (!first || others.length > 0) throw new Error(`the hub should have one ${type}`);
  return first[1].Properties;
}

async function withBucketPolicy<Result>(
  { aws, accountId, region }: Target,
  { bucketName: Bucket, templates }: Deployment,
  work: () => Promise<Result>,
): Promise<Result> {
  const { PolicyDocument } = only(templates, 'AWS::S3::BucketPolicy');
  const s3 = new S3Client(aws.client(accountId, region));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(resolved(PolicyDocument, Bucket)) }));
  try {
    return await work();
  } finally {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  }
}

const Attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const Joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/** A template's value with the bucket for whatever it refers to. */
function resolved(value: unknown, bucket: string): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, bucket));
  if (typeof value !== 'object' || value === null) return value;
  if (Attribute.safeParse(value).success) return `arn:aws:s3:::${bucket}`;
  const joined = Joined.safeParse(value);
  if (joined.success) {
    const [separator, parts] = joined.data['Fn::Join'];
    return parts.map((part) => resolved(part, bucket)).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, resolved(part, bucket)]));
}

async function scan(target: Target, TableName: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client: documents(target) }, { TableName, ConsistentRead: true })) items.push(...Items);
  return items;
}

function documents({ aws, accountId, region }: Target): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(aws.client(accountId, region)), {
    marshallOptions: { removeUndefinedValues: true },
  });
}

async function restore(target: Target, TableName: string, before: readonly Item[]): Promise<void> {
  const client = documents(target);
  const now = new Map((await scan(target, TableName)).map((item) => [keyOf(item), item]));
  const others = before.filter((item) => !isDeepStrictEqual(now.get(keyOf(item)), item));
  for (const item of before) now.delete(keyOf(item));
  const requests = [
    ...others.map((Item) => ({ PutRequest: { Item } })),
    ...[...now.values()].map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
  ];
  for (let from = 0; from < requests.length; from += MOST_WRITES) {
    const RequestItems = { [TableName]: requests.slice(from, from + MOST_WRITES) };
    const { UnprocessedItems = {} } = await client.send(new BatchWriteCommand({ RequestItems }));
    if (Object.keys(UnprocessedItems).length > 0) throw new Error('some items were not written');
  }
}

/** DynamoDB takes this many at once. */
const MOST_WRITES = 25;

function keyOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

async function listObjects({ aws, accountId, region }: Target, Bucket: string): Promise<readonly string[]> {
  const { Contents = [] } = await new S3Client(aws.client(accountId, region)).send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

export function findingsIn(items: readonly Item[]): readonly Finding[] {
  return items.filter(({ sk }) => sk === 'FINDING').map(findingOf);
}

export function scopesIn(items: readonly Item[]): readonly ScopeRecord[] {
  return items.filter(({ pk }) => pk === 'SCOPE').map(scopeOf);
}

/** Newest first. */
export function runsIn(items: readonly Item[], accountId: string): readonly RunRecord[] {
  return newestFirst(items.filter(({ pk }) => pk === `RUN#${accountId}`)).map(runOf);
}

/** Newest first. */
export function auditsIn(items: readonly Item[]): readonly AuditRecord[] {
  return newestFirst(items.filter(({ pk }) => pk === 'AUDIT')).map(auditOf);
}

function newestFirst(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) => (String(one.sk) < String(other.sk) ? 1 : -1));
}
