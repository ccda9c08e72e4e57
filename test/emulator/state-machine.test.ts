import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { runStateMachine } from '../../emulator/state-machine.ts';

const BUCKET = 'jobs-of-111122223333';
const LAMBDA = 'arn:aws:states:::lambda:invoke';
const EXECUTION = {
  id: 'arn:aws:states:us-east-1:111122223333:execution:audit:one',
  name: 'one',
  startTime: '2026-11-21T08:49:27.123Z',
  stateMachineArn: 'arn:aws:states:us-east-1:111122223333:stateMachine:audit',
};

let aws: LocalAws;
let s3: S3Client;

beforeAll(async () => {
  aws = await startLocalAws({ regions: ['us-east-1'] });
  s3 = new S3Client(aws.client('111122223333'));
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

afterAll(() => aws?.stop());

interface Call {
  readonly name: string;
  readonly payload: unknown;
}

/** Runs a definition whose functions give, one call after the other, these values; an Error is thrown. The last is given for ever. */
async function run(definition: object, answers: Readonly<Record<string, readonly unknown[]>> = {}, input: unknown = {}) {
  const calls: Call[] = [];
  const invoke = async (name: string, payload: unknown) => {
    const given = answers[name] ?? [];
    const answer = given[Math.min(calls.filter((call) => call.name === name).length, given.length - 1)];
    calls.push({ name, payload });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const ended = await runStateMachine({ definition, input, execution: EXECUTION, invoke, s3 });
  return { ...ended, calls };
}

function error(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}

function task(functionName: string, more: object = { End: true }): object {
  return { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: functionName, 'Payload.$': '$' }, OutputPath: '$.Payload', ...more };
}

const RETRY = [
  { ErrorEquals: ['Lambda.Unknown', 'States.TaskFailed'], IntervalSeconds: 600, MaxAttempts: 2, BackoffRate: 2, JitterStrategy: 'FULL' },
];

describe('a Lambda task', () => {
  test('gets its payload and gives what its function returned', async () => {
    const Parameters = { FunctionName: 'plan', Payload: { 'id.$': '$$.Execution.Id', 'startTime.$': '$$.Execution.StartTime', round: 0 } };
    const { outcome, calls, states } = await run(
      {
        StartAt: 'Plan',
        States: { Plan: { Type: 'Task', Resource: LAMBDA, Parameters, ResultSelector: { 'jobs.$': '$.Payload.count' }, End: true } },
      },
      { plan: [{ count: 3 }] },
    );
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { jobs: 3 } });
    expect(calls).toEqual([{ name: 'plan', payload: { id: EXECUTION.id, startTime: EXECUTION.startTime, round: 0 } }]);
    expect(states).toEqual(['Plan']);
  });

  test('is retried at once, as often as it says', async () => {
    const definition = { StartAt: 'Plan', States: { Plan: task('plan', { Retry: RETRY, End: true }) } };
    const healed = await run(definition, { plan: [error('Lambda.Unknown'), error('TimeoutError'), 'done'] });
    expect(healed.outcome).toEqual({ status: 'SUCCEEDED', output: 'done' });
    const broken = await run(definition, { plan: [error('Lambda.Unknown', 'gone')] });
    expect(broken.calls).toHaveLength(3);
    expect(broken.outcome).toEqual({
      status: 'FAILED',
      error: 'Lambda.Unknown',
      cause: '{"errorType":"Lambda.Unknown","errorMessage":"gone"}',
    });
  });

  test('may be caught by the name of its error', async () => {
    const Catch = [
      { ErrorEquals: ['ConfigError'], ResultPath: '$.failure', Next: 'Tell' },
      { ErrorEquals: ['States.ALL'], Next: 'Give up' },
    ];
    const States = {
      Plan: task('plan', { Catch, End: true }),
      Tell: task('tell'),
      'Give up': { Type: 'Fail', Error: 'GivenUp', Cause: 'why not' },
    };
    const told = await run({ StartAt: 'Plan', States }, { plan: [error('ConfigError')], tell: ['told'] }, { a: 1 });
    expect(told.outcome).toEqual({ status: 'SUCCEEDED', output: 'told' });
    expect(told.calls.at(-1)?.payload).toEqual({ a: 1, failure: { Error: 'ConfigError', Cause: expect.stringContaining('ConfigError') } });
    const given = await run({ StartAt: 'Plan', States }, { plan: [error('Other')] });
    expect(given.outcome).toEqual({ status: 'FAILED', error: 'GivenUp', cause: 'why not' });
  });

  test('may not give more than fits between states, and nothing catches that', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Plan' }];
    const { outcome } = await run(
      { StartAt: 'Plan', States: { Plan: task('plan', { Catch, End: true }) } },
      { plan: ['x'.repeat(262_144)] },
    );
    expect(outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

test('a choice may lead back, as long as there is something to do', async () => {
  const States = {
    Scan: task('scan', { Next: 'Done?' }),
    'Done?': { Type: 'Choice', Choices: [{ Variable: '$.count', NumericEquals: 0, Next: 'Summarize' }], Default: 'Scan' },
    Summarize: { Type: 'Succeed' },
  };
  const { outcome, states } = await run({ StartAt: 'Scan', States }, { scan: [{ count: 2 }, { count: 1 }, { count: 0 }] });
  expect(outcome).toEqual({ status: 'SUCCEEDED', output: { count: 0 } });
  expect(states).toEqual(['Scan', 'Done?', 'Scan', 'Done?', 'Scan', 'Done?', 'Summarize']);
});

describe('a distributed map', () => {
  const READER = {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSON' },
    Parameters: { 'Bucket.$': '$.jobs.bucket', 'Key.$': '$.jobs.key' },
  };
  const WRITER = { Resource: 'arn:aws:states:::s3:putObject', Parameters: { Bucket: BUCKET, 'Prefix.$': '$$.Execution.Name' } };
  const INPUT = { jobs: { bucket: BUCKET, key: 'jobs.json' } };

  function map(more: object, child: object = {}): { readonly StartAt: string; readonly States: object } {
    const ItemProcessor = {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      StartAt: 'Scan',
      States: { Scan: task('scan', { Retry: RETRY, End: true, ...child }) },
    };
    return {
      StartAt: 'Scopes',
      States: { Scopes: { Type: 'Map', ItemReader: READER, ItemProcessor, ...('Next' in more ? {} : { End: true }), ...more } },
    };
  }

  async function put(items: unknown): Promise<void> {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'jobs.json', Body: JSON.stringify(items) }));
  }

  async function read(key: string): Promise<unknown> {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    return JSON.parse((await Body?.transformToString()) ?? '');
  }

  test('calls its function for every element that its reader finds, each again if it fails', async () => {
    await put([{ region: 'a' }, { region: 'b' }]);
    const { outcome, calls } = await run(map({ MaxConcurrency: 1 }), { scan: [error('Lambda.Unknown'), 1, 2] }, INPUT);
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: [1, 2] });
    expect(calls.map(({ payload }) => payload)).toEqual([{ region: 'a' }, { region: 'a' }, { region: 'b' }]);
  });

  test('selects what a child gets', async () => {
    await put(['a', 'b']);
    const ItemSelector = { 'region.$': '$$.Map.Item.Value', 'index.$': '$$.Map.Item.Index', 'key.$': '$.jobs.key' };
    const { calls } = await run(map({ ItemSelector, MaxConcurrency: 1 }), { scan: [1] }, INPUT);
    expect(calls.map(({ payload }) => payload)).toEqual([
      { region: 'a', index: 0, key: 'jobs.json' },
      { region: 'b', index: 1, key: 'jobs.json' },
    ]);
  });

  test('succeeds without any element', async () => {
    await put([]);
    expect((await run(map({}), {}, INPUT)).outcome).toEqual({ status: 'SUCCEEDED', output: [] });
  });

  test('runs no more children at a time than it may', async () => {
    await put(Array.from({ length: 12 }, (_, index) => ({ index })));
    const { promise: five, resolve } = Promise.withResolvers<void>();
    let [now, most] = [0, 0];
    const invoke = async () => {
      most = Math.max(most, (now += 1));
      if (now === 5) resolve();
      await five;
      now -= 1;
    };
    await runStateMachine({ definition: map({ MaxConcurrency: 5 }), input: INPUT, execution: EXECUTION, invoke, s3 });
    expect(most).toBe(5);
  });

  test('fails when more children fail than it tolerates, and else names them', async () => {
    await put([1, 2, 3, 4]);
    const scan = { scan: [error('ConfigError'), 'fine'] };
    const strict = await run(map({ MaxConcurrency: 1 }, { Retry: [] }), scan, INPUT);
    expect(strict.outcome).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(strict.calls).toHaveLength(1);
    const tolerant = await run(map({ MaxConcurrency: 1, ToleratedFailurePercentage: 25 }, { Retry: [] }), scan, INPUT);
    expect(tolerant.outcome).toMatchObject({ status: 'SUCCEEDED', output: [{ error: 'ConfigError' }, 'fine', 'fine', 'fine'] });
    expect(tolerant.children.map(({ input, outcome }) => [input, outcome.status])).toEqual([
      [1, 'FAILED'],
      [2, 'SUCCEEDED'],
      [3, 'SUCCEEDED'],
      [4, 'SUCCEEDED'],
    ]);
  });

  test('may not inline more than fits between states, but may write it', async () => {
    await put([1, 2, 3]);
    const scan = { scan: ['x'.repeat(100_000)] };
    const inlined = await run(map({}), scan, INPUT);
    expect(inlined.outcome).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    expect((await run(map({ ResultWriter: WRITER }), scan, INPUT)).outcome.status).toBe('SUCCEEDED');
  });

  test('writes what its children gave where its writer says', async () => {
    await put([1, 2]);
    const { outcome } = await run(
      map({ ResultWriter: WRITER, ToleratedFailurePercentage: 100, MaxConcurrency: 1 }, { Retry: [] }),
      { scan: [error('ConfigError'), 'fine'] },
      INPUT,
    );
    expect(outcome).toEqual({
      status: 'SUCCEEDED',
      output: {
        MapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:111122223333:mapRun:audit\/Scopes:[\w-]+$/),
        ResultWriterDetails: { Bucket: BUCKET, Key: expect.stringMatching(/^one\/[\w-]+\/manifest\.json$/) },
      },
    });
    const folder = /one\/[\w-]+/.exec(JSON.stringify(outcome))?.[0];
    expect(await read(`${folder}/SUCCEEDED_0.json`)).toMatchObject([{ Status: 'SUCCEEDED', Input: '2', Output: '"fine"' }]);
    expect(await read(`${folder}/FAILED_0.json`)).toMatchObject([{ Status: 'FAILED', Input: '1', Error: 'ConfigError' }]);
    expect(await read(`${folder}/manifest.json`)).toMatchObject({
      DestinationBucket: BUCKET,
      ResultFiles: { FAILED: [{ Key: `${folder}/FAILED_0.json` }], SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json` }] },
    });
  });

  test.each<[string, unknown, string]>([
    ['there is no such object', { jobs: { bucket: BUCKET, key: 'none.json' } }, 'States.ItemReaderFailed'],
    ['it is no array', INPUT, 'States.ItemReaderFailed'],
  ])('fails so that it can be caught when %s', async (_case, input, name) => {
    await put({});
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Summarize' }];
    const { States } = map({ Catch, Next: 'Summarize' });
    const { outcome } = await run({ StartAt: 'Scopes', States: { ...States, Summarize: { Type: 'Succeed' } } }, {}, input);
    expect(outcome).toMatchObject({ status: 'SUCCEEDED', output: { failure: { Error: name } } });
  });

  test('warns of an Express child that takes longer than Express may', async () => {
    await put([]);
    expect((await run(map({}, { TimeoutSeconds: 301 }), {}, INPUT)).warnings).toEqual([
      'Scopes: Scan may take 301 s, but an Express execution lasts 300 s at most',
    ]);
    expect((await run(map({}, { TimeoutSeconds: 300 }), {}, INPUT)).warnings).toEqual([]);
  });

  test('refuses what is not emulated', async () => {
    await put([1]);
    const { outcome } = await run(map({ ItemBatcher: { MaxItemsPerBatch: 2 } }), { scan: [1] }, INPUT);
    expect(outcome).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('ItemBatcher') });
  });
});

test('a definition that is none is refused', async () => {
  await expect(run({ StartAt: 'Nowhere', States: {} })).rejects.toThrow('definition is invalid');
});
