import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { FUNCTIONS } from '../../cdk/bundle.ts';
import { type LocalLambda, startLambda } from '../../emulator/local-lambda.ts';
import { copyBundle } from '../bundled-functions.ts';
import { finding } from '../findings/samples.ts';
import { queueEvent, streamEvent, topicEvent } from './events.ts';
import type { FunctionName } from './local-hub.ts';

const folder = mkdtempSync(join(tmpdir(), 'functions-'));
const asset = join(folder, 'asset');
await copyBundle({ outdir: asset, config: {} });

/** Nobody listens there: what gets that far fails otherwise. */
const ENVIRONMENT = {
  ...{ POSTURE_TABLE: 'posture', POSTURE_TOPIC: 'arn:aws:sns:eu-west-1:111122223333:posture', POSTURE_BUCKET: 'posture-jobs' },
  ...{ POSTURE_EVENTS: 'http://localhost:1/111122223333/events' },
  ...{ POSTURE_ROLE: 'cloud-posture-audit', POSTURE_EXTERNAL_ID: 'between us', POSTURE_PARTITION: 'aws', POSTURE_SECURITY_HUB: 'on' },
  ...{ POWERTOOLS_SERVICE_NAME: 'cloud-posture', POWERTOOLS_METRICS_NAMESPACE: 'CloudPosture' },
  ...{ AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://localhost:1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' },
};

const execution = { id: 'arn:aws:states:eu-west-1:111122223333:execution:audit:one', startTime: '2026-11-21T08:49:27.123Z' };
const scope = { accountId: '111122223333', region: 'eu-west-1' };
const message = { MessageId: '1', TopicArn: ENVIRONMENT.POSTURE_TOPIC, Message: '{}', Timestamp: '', MessageAttributes: {} };
const EVENTS: Readonly<Record<FunctionName, unknown>> = {
  plan: { execution, round: 0 },
  scan: { ...scope, runId: 'run-1', startedAt: execution.startTime, regions: ['eu-west-1'], round: 0 },
  summarize: { execution },
  react: queueEvent({}),
  notify: streamEvent(finding('sg-1', { unannounced: true })),
  confirm: topicEvent({ ...message, MessageAttributes: { deduplicationId: { Type: 'String', Value: 'id-1' } } }),
};

const started: LocalLambda[] = [];
afterAll(async () => {
  await Promise.all(started.map((lambda) => lambda.stop()));
  rmSync(folder, { recursive: true });
});

function start(name: FunctionName, environment: Readonly<Record<string, string>> = ENVIRONMENT, from = asset): LocalLambda {
  const lambda = startLambda({ asset: from, handler: `${name}.handler`, environment });
  started.push(lambda);
  return lambda;
}

function without(name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(ENVIRONMENT).filter(([key]) => key !== name));
}

describe('a variable that is not set is named, and not tried again', () => {
  test.each<[FunctionName, string]>([
    ['plan', 'POSTURE_TABLE'],
    ['plan', 'POSTURE_BUCKET'],
    ['scan', 'POSTURE_TABLE'],
    ['summarize', 'POSTURE_TABLE'],
    ['summarize', 'POSTURE_TOPIC'],
    ['react', 'POSTURE_TABLE'],
    ['react', 'POSTURE_EVENTS'],
    ['react', 'POSTURE_ROLE'],
    ['notify', 'POSTURE_TABLE'],
    ['notify', 'POSTURE_TOPIC'],
    ['notify', 'POSTURE_SECURITY_HUB'],
    ['notify', 'POSTURE_PARTITION'],
    ['confirm', 'POSTURE_TABLE'],
  ])('by %s: %s', async (name, variable) => {
    await expect(start(name, without(variable)).invoke(EVENTS[name])).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining(`environment variable ${variable} is not set`),
    });
  });
});

describe('a configuration that cannot be read is named', () => {
  test.each<[FunctionName, string | undefined]>([
    ['plan', undefined],
    ['scan', '{ this is no JSON'],
  ])('by %s', async (name, text) => {
    const broken = join(folder, `broken-${name}`);
    cpSync(asset, broken, { recursive: true });
    rmSync(join(broken, 'posture.json'));
    if (text !== undefined) writeFileSync(join(broken, 'posture.json'), text);
    await expect(start(name, ENVIRONMENT, broken).invoke(EVENTS[name])).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('posture.json'),
    });
  });
});

describe('an event of another kind is refused', () => {
  test.each(FUNCTIONS)('by %s', async (name) => {
    const lambda = start(name);
    for (const wrong of [{}, null, 'plan', { Records: 'none' }, { execution: { id: '' }, round: -1, Records: [{}] }]) {
      await expect(lambda.invoke(wrong)).rejects.toMatchObject({
        name: 'ConfigError',
        message: expect.stringMatching(/^the event is not /),
      });
    }
  });
});
