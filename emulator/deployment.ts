import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeStateMachineCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { credentialsOf } from './callers.ts';
import type { LocalAws } from './local-aws.ts';
import { QueueMapping } from './queue-pump.ts';
import { EventSourceMapping } from './stream-pump.ts';

const run = promisify(execFile);
const CDK = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin/cdk');

export interface Target {
  readonly aws: LocalAws;
  readonly accountId: string;
  readonly region: string;
  /** An empty folder of this deployment's own. */
  readonly folder: string;
}

/** A function as it was deployed. */
export interface DeployedFunction {
  readonly functionName: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** The folder that its code was unpacked into. */
  readonly asset: string;
}

/** The hub's stack, read back from the services that it was deployed to. */
export interface Deployment {
  /** By the name of the handler's module. */
  readonly functions: Readonly<Record<string, DeployedFunction>>;
  readonly stateMachine: { readonly arn: string; readonly definition: string; readonly roleArn: string };
  readonly tableName: string;
  readonly streamArn: string;
  readonly topicArn: string;
  readonly bucketName: string;
  /** From the stream to `notify`. */
  readonly mapping: EventSourceMapping;
  /** From the queue of events to `react`. */
  readonly eventMapping: QueueMapping;
  /** URL of the queue of events. */
  readonly eventsUrl: string;
  /** From the topic to `confirm`. */
  readonly filterPolicy: string | undefined;
  /** The templates of all stacks by name, as they were deployed. */
  readonly templates: Readonly<Record<string, Template>>;
}

/**
 * Bootstraps the target's region, and deploys all stacks of a cloud assembly (cdk.out) with the CDK's own command line. Gives the templates.
 * @throws Error with what the CDK said
 */
export async function deployAssembly(
  { aws, accountId, region, folder }: Target,
  assembly: string,
): Promise<Readonly<Record<string, Template>>> {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const own = { PATH: process.env.PATH, HOME: home, CI: 'true', AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const env = { ...own, ...aws.environment(accountId, region) };
  const cdk = (...args: readonly string[]) =>
    run(process.execPath, [CDK, ...args, '--no-notices', '--no-color'], { cwd: home, env, maxBuffer: MOST_OUTPUT });
  await cdk('bootstrap', `aws://${accountId}/${region}`);
  await cdk('deploy', '--app', assembly, '--all', '--require-approval', 'never', '--progress', 'events');
  return readTemplates(assembly);
}

const MOST_OUTPUT = 64 * 1024 * 1024;

/** Creates a stack from a template alone, as in an account that is deployed by other means. @throws Error with what CloudFormation said */
export async function createStack(
  { aws, accountId, region }: Pick<Target, 'aws' | 'accountId' | 'region'>,
  name: string,
  template: object,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const form = new URLSearchParams({
    Action: 'CreateStack',
    Version: '2010-05-15',
    StackName: name,
    TemplateBody: JSON.stringify(template),
  });
  for (const [index, [key, value]] of Object.entries(parameters).entries()) {
    form.set(`Parameters.member.${index + 1}.ParameterKey`, key);
    form.set(`Parameters.member.${index + 1}.ParameterValue`, value);
  }
  const response = await fetch(aws.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `AWS4-HMAC-SHA256 Credential=${credentialsOf(accountId).accessKeyId}/20260101/${region}/cloudformation/aws4_request`,
    },
    body: form,
  });
  if (!response.ok) throw new Error(`CreateStack ${name}: ${response.status} ${await response.text()}`);
}

const Resource = z.looseObject({ Type: z.string(), Properties: z.looseObject({}).default({}) });
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) });
export type Template = z.infer<typeof Template>;
const Manifest = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      properties: z.looseObject({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

function readTemplates(output: string): Readonly<Record<string, Template>> {
  const { artifacts } = Manifest.parse(JSON.parse(readFileSync(join(output, 'manifest.json'), 'utf8')));
  return Object.fromEntries(
    Object.entries(artifacts).flatMap(([id, { type, properties }]) => {
      if (type !== 'aws:cloudformation:stack' || properties?.templateFile === undefined) return [];
      return [
        [properties.stackName ?? id, Template.parse(JSON.parse(readFileSync(join(output, properties.templateFile), 'utf8')))] as const,
      ];
    }),
  );
}

/** Reads back what a stack with the hub's resources has become. `stack` is its name. */
export async function readDeployment(target: Target, templates: Readonly<Record<string, Template>>, stack: string): Promise<Deployment> {
  const { aws, accountId, region } = target;
  const template = templates[stack];
  if (!template) throw new Error(`there is no stack ${stack}`);
  const functions: Record<string, DeployedFunction> = {};
  for (const [id, { Properties }] of resourcesOf(template, 'AWS::Lambda::Function')) {
    const named = await readFunction(target, Lambda.parse(Properties), id);
    functions[moduleOf(named.handler)] = named;
  }
  const environment = Object.assign({}, ...Object.values(functions).map((each) => each.environment));
  const tableName = String(environment.POSTURE_TABLE);
  const { Table } = await new DynamoDBClient(aws.client(accountId, region)).send(new DescribeTableCommand({ TableName: tableName }));
  return {
    functions,
    stateMachine: await readStateMachine(target),
    tableName,
    streamArn: Table?.LatestStreamArn ?? '',
    topicArn: String(environment.POSTURE_TOPIC),
    bucketName: String(environment.POSTURE_BUCKET),
    mapping: EventSourceMapping.parse(mappingOf(template, 'stream')),
    eventMapping: QueueMapping.parse(mappingOf(template, 'queue')),
    eventsUrl: String(environment.POSTURE_EVENTS),
    filterPolicy: readFilterPolicy(template),
    templates,
  };
}

/** The resources of a type, by logical id. */
export function resourcesOf({ Resources }: Template, type: string): readonly (readonly [string, z.infer<typeof Resource>])[] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type);
}

/** Only a stream has a position to start at. */
function mappingOf(template: Template, kind: 'stream' | 'queue'): object {
  const mappings = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').filter(
    ([, { Properties }]) => (Properties.StartingPosition !== undefined) === (kind === 'stream'),
  );
  const [first, ...others] = mappings;
  if (!first || others.length > 0) throw new Error(`there should be one mapping of a ${kind}, and there are ${mappings.length}`);
  return first[1].Properties;
}

const Lambda = z.looseObject({
  FunctionName: z.string().optional(),
  Handler: z.string(),
  Code: z.object({ S3Bucket: z.union([z.string(), z.object({ 'Fn::Sub': z.string() })]), S3Key: z.string() }),
});

async function readFunction(
  target: Target,
  { FunctionName, Code, Handler }: z.infer<typeof Lambda>,
  id: string,
): Promise<DeployedFunction> {
  const { aws, accountId, region } = target;
  if (FunctionName === undefined) throw new Error(`the function ${id} has no name of its own`);
  const lambda = new LambdaClient(aws.client(accountId, region));
  const deployed = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const bucket = typeof Code.S3Bucket === 'string' ? Code.S3Bucket : Code.S3Bucket['Fn::Sub'];
  return {
    functionName: deployed.FunctionName ?? '',
    handler: deployed.Handler ?? Handler,
    roleArn: deployed.Role ?? '',
    environment: Object.fromEntries(
      Object.entries(deployed.Environment?.Variables ?? {}).map(([key, value]) => [key, value.replace(QUEUES, `${aws.endpoint}/`)]),
    ),
    timeoutSeconds: deployed.Timeout ?? 0,
    asset: await unpack(target, bucket.replace(/\$\{AWS::AccountId\}/g, accountId).replace(/\$\{AWS::Region\}/g, region), Code.S3Key),
  };
}

/** Moto's CloudFormation tells where a queue would be in AWS, and the SDK would go there. */
const QUEUES = /^https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com\//;

/** The code as it was uploaded, unpacked once for all functions that share it. */
async function unpack({ aws, accountId, region, folder }: Target, Bucket: string, Key: string): Promise<string> {
  const directory = join(folder, Key.replace(/\.zip$/, ''));
  if (mkdirSync(directory, { recursive: true }) === undefined) return directory;
  const { Body } = await new S3Client(aws.client(accountId, region)).send(new GetObjectCommand({ Bucket, Key }));
  const archive = join(folder, Key);
  writeFileSync(archive, (await Body?.transformToByteArray()) ?? '');
  // Python is there, because moto is.
  await run('python3', ['-m', 'zipfile', '-e', archive, directory]);
  return directory;
}

function moduleOf(handler: string): string {
  return handler.split('.')[0] ?? handler;
}

async function readStateMachine({ aws, accountId, region }: Target): Promise<Deployment['stateMachine']> {
  const sfn = new SFNClient(aws.client(accountId, region));
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const [machine, ...others] = stateMachines;
  if (!machine || others.length > 0) throw new Error(`there should be one state machine, and there are ${stateMachines.length}`);
  const { definition = '', roleArn = '' } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn: machine.stateMachineArn }));
  return { arn: machine.stateMachineArn ?? '', definition, roleArn };
}

function readFilterPolicy(template: Template): string | undefined {
  const lambdas = resourcesOf(template, 'AWS::SNS::Subscription').filter(([, { Properties }]) => Properties.Protocol === 'lambda');
  const policy = lambdas[0]?.[1].Properties.FilterPolicy;
  return policy === undefined ? undefined : JSON.stringify(policy);
}
