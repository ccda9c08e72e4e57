import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { StateMachine } from 'aws-local-stepfunctions';
import pLimit from 'p-limit';
import * as z from 'zod';
import { AnyJson, type Child, contextOf, type Json, type Outcome, type Running, stateError, within, withStartTime } from './execution.ts';

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html; strict: what is not emulated is not passed over. */
const DistributedMap = z.strictObject({
  Type: z.literal('Map'),
  Comment: z.string().optional(),
  Label: z.string().optional(),
  QueryLanguage: z.literal('JSONPath').optional(),
  ItemReader: z
    .strictObject({
      Resource: z.string().regex(/^arn:[\w-]+:states:::s3:getObject$/),
      ReaderConfig: z.strictObject({ InputType: z.literal('JSON') }),
      Parameters: AnyJson,
    })
    .optional(),
  ItemSelector: AnyJson.optional(),
  ItemProcessor: z.looseObject({
    ProcessorConfig: z.strictObject({ Mode: z.literal('DISTRIBUTED'), ExecutionType: z.enum(['STANDARD', 'EXPRESS']) }),
    States: z.record(z.string(), z.looseObject({ TimeoutSeconds: z.number().optional() })),
  }),
  MaxConcurrency: z.int().nonnegative().optional(),
  ToleratedFailurePercentage: z.number().min(0).max(100).optional(),
  ResultWriter: z
    .strictObject({
      Resource: z.string().regex(/^arn:[\w-]+:states:::s3:putObject$/),
      Parameters: AnyJson,
      WriterConfig: z.strictObject({ OutputType: z.literal('JSON'), Transformation: z.literal('NONE') }).optional(),
    })
    .optional(),
  ...Object.fromEntries(
    ['Next', 'End', 'Retry', 'Catch', 'InputPath', 'ResultSelector', 'ResultPath', 'OutputPath'].map((field) => [
      field,
      z.unknown().optional(),
    ]),
  ),
});
type DistributedMap = z.infer<typeof DistributedMap>;

/** What the service starts at a time when a map does not say. */
const MAX_CONCURRENCY = 10_000;
/** https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html */
const EXPRESS_SECONDS = 300;

export interface MapRun {
  readonly name: string;
  readonly state: unknown;
  readonly input: Json;
  readonly running: Running;
  readonly runStates: (processor: unknown, input: Json, running: Running) => Promise<Outcome>;
}

/** Runs a distributed map, and gives what its state would give: where the results are, or the results. @throws Error named as the service names it */
export async function runDistributedMap(run: MapRun): Promise<Json> {
  const { name, running } = run;
  const map = DistributedMap.parse(run.state);
  warn(name, map, running);
  const items = await readItems(map, run);
  const children = await runChildren(map, items, run);
  running.children.push(...children);
  if (map.ResultWriter) return writeResults(map.ResultWriter.Parameters, children, run);
  const results = children.map(({ outcome }) => AnyJson.parse(outcome.status === 'SUCCEEDED' ? outcome.output : outcome));
  return within(results, `the result of the map ${name}`);
}

function warn(name: string, { ItemProcessor }: DistributedMap, { warnings }: Running): void {
  if (ItemProcessor.ProcessorConfig.ExecutionType !== 'EXPRESS') return;
  for (const [task, { TimeoutSeconds }] of Object.entries(ItemProcessor.States)) {
    if (TimeoutSeconds !== undefined && TimeoutSeconds > EXPRESS_SECONDS)
      warnings.push(`${name}: ${task} may take ${TimeoutSeconds} s, but an Express execution lasts ${EXPRESS_SECONDS} s at most`);
  }
}

const Place = z.object({ Bucket: z.string(), Key: z.string() });

async function readItems({ ItemReader }: DistributedMap, { input, running }: MapRun): Promise<readonly Json[]> {
  if (!ItemReader) return z.array(AnyJson).parse(input);
  const { Bucket, Key } = Place.parse(await fillIn(ItemReader.Parameters, input, running));
  try {
    const { Body } = await running.s3.send(new GetObjectCommand({ Bucket, Key }));
    return z.array(AnyJson).parse(JSON.parse((await Body?.transformToString()) ?? ''));
  } catch (error) {
    throw stateError('States.ItemReaderFailed', `s3://${Bucket}/${Key}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function runChildren(map: DistributedMap, items: readonly Json[], run: MapRun): Promise<Child[]> {
  const { MaxConcurrency, ToleratedFailurePercentage = 0 } = map;
  const limit = pLimit(MaxConcurrency || MAX_CONCURRENCY);
  let failures = 0;
  const runOne = async (item: Json, index: number): Promise<Child> => {
    const child = await runChild(map, await selected(map, item, index, run), run);
    if (child.outcome.status === 'FAILED') failures += 1;
    if ((failures / items.length) * 100 <= ToleratedFailurePercentage) return child;
    limit.clearQueue();
    throw stateError('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded');
  };
  return Promise.all(items.map((item, index) => limit(runOne, item, index)));
}

async function selected({ ItemSelector }: DistributedMap, item: Json, index: number, { input, running }: MapRun): Promise<Json> {
  return ItemSelector === undefined ? item : fillIn(ItemSelector, input, running, { Map: { Item: { Index: index, Value: item } } });
}

async function runChild({ ItemProcessor, Label }: DistributedMap, input: Json, { name, running, runStates }: MapRun): Promise<Child> {
  const { stateMachineArn } = running.execution;
  const child = randomUUID();
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}/${Label ?? name.replaceAll(' ', '')}:${child}`;
  const execution = { id: executionArn, name: child, startTime: new Date().toISOString(), stateMachineArn };
  return { map: name, executionArn, input, outcome: await runStates(ItemProcessor, input, { ...running, execution }) };
}

/** A payload template with its paths replaced by what they lead to: what a Pass state does. */
async function fillIn(template: Json, input: Json, { execution }: Running, more: object = {}): Promise<Json> {
  const parameters = AnyJson.parse(withStartTime(template));
  const pass = new StateMachine(
    { StartAt: 'Pass', States: { Pass: { Type: 'Pass', Parameters: parameters, End: true } } },
    { validationOptions: { noValidate: true } },
  );
  return pass.run(input, { context: { ...contextOf(execution), ...more } }).result;
}

const Destination = z.object({ Bucket: z.string(), Prefix: z.string().optional() });

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html */
async function writeResults(parameters: Json, children: readonly Child[], { name, input, running }: MapRun): Promise<Json> {
  const { Bucket, Prefix } = Destination.parse(await fillIn(parameters, input, running));
  const run = randomUUID();
  const folder = Prefix ? `${Prefix.replace(/\/$/, '')}/${run}` : run;
  const mapRunArn = `${running.execution.stateMachineArn.replace(':stateMachine:', ':mapRun:')}/${name.replaceAll(' ', '')}:${run}`;
  const put = async (key: string, content: unknown) => {
    const Body = JSON.stringify(content);
    await running.s3.send(new PutObjectCommand({ Bucket, Key: key, Body }));
    return { Key: key, Size: Buffer.byteLength(Body) };
  };
  const putAll = async (status: Outcome['status']) => {
    const some = children.filter(({ outcome }) => outcome.status === status);
    return some.length === 0 ? [] : [await put(`${folder}/${status}_0.json`, some.map(toResult))];
  };
  try {
    const ResultFiles = { FAILED: await putAll('FAILED'), PENDING: [], SUCCEEDED: await putAll('SUCCEEDED') };
    const { Key } = await put(`${folder}/manifest.json`, { DestinationBucket: Bucket, MapRunArn: mapRunArn, ResultFiles });
    return { MapRunArn: mapRunArn, ResultWriterDetails: { Bucket, Key } };
  } catch (error) {
    throw stateError('States.ResultWriterFailed', `s3://${Bucket}/${folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toResult({ executionArn, input, outcome }: Child): object {
  const told = outcome.status === 'SUCCEEDED' ? { Output: JSON.stringify(outcome.output) } : { Error: outcome.error, Cause: outcome.cause };
  return {
    ExecutionArn: executionArn,
    Name: executionArn.split(':').at(-1),
    Status: outcome.status,
    Input: JSON.stringify(input),
    ...told,
  };
}
