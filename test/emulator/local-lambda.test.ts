import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { type LocalLambda, startLambda } from '../../emulator/local-lambda.ts';

const aws = await startLocalAws({ regions: ['us-east-1'] });
const asset = mkdtempSync(join(tmpdir(), 'asset-'));
const started: LocalLambda[] = [];

afterAll(async () => {
  await Promise.all(started.map((lambda) => lambda.stop()));
  await aws.stop();
  rmSync(asset, { recursive: true });
});

/** A function whose handler's body is given; it sees `event`, `context` and the number of its invocation in this process. */
function lambda(body: string, environment: Readonly<Record<string, string>> = {}, before = ''): LocalLambda {
  const name = `function${started.length}`;
  const source = `${before}\nlet count = 0;\nexport async function handler(event, context) {\ncount += 1;\n${body}\n}\n`;
  writeFileSync(join(asset, `${name}.mjs`), source);
  const made = startLambda({ asset, handler: `${name}.handler`, environment, accountId: '111122223333' });
  started.push(made);
  return made;
}

/** Writes two objects, one after the other. */
const WRITES_TWICE = `
  for (const key of ['first', 'second']) {
    const url = process.env.AWS_ENDPOINT_URL + '/letters/' + key;
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA111122223333LOCL/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';
    await fetch(url, { method: 'PUT', body: key, headers: { authorization } });
  }
  return 'written';`;

describe('an invocation', () => {
  test('sees its event, its context, and no environment but the given and what Lambda sets', async () => {
    const body = `return {
      event, name: context.functionName, arn: context.invokedFunctionArn, left: context.getRemainingTimeInMillis(),
      environment: Object.keys(process.env).filter((name) => !name.startsWith('AWS_LAMBDA_') && !name.startsWith('NODE_CHANNEL')).sort(),
    };`;
    const result = await lambda(body, { POSTURE_TABLE: 'posture', AWS_REGION: 'eu-west-1' }).invoke({ a: [1] }, { remainingMs: 60_000 });
    expect(result).toEqual({
      event: { a: [1] },
      name: 'function0',
      arn: 'arn:aws:lambda:eu-west-1:111122223333:function:function0',
      left: expect.toSatisfy((left: number) => left > 0 && left <= 60_000),
      environment: ['AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_REGION', 'LAMBDA_TASK_ROOT', 'POSTURE_TABLE', 'TZ', '_HANDLER'],
    });
  });

  test('that gives nothing gives null', async () => {
    expect(await lambda('').invoke({})).toBeNull();
  });

  test('fails with the name of what the handler threw', async () => {
    const failing = lambda(`throw Object.assign(new Error('the table is missing'), { name: 'ConfigError' });`);
    await expect(failing.invoke({})).rejects.toMatchObject({ name: 'ConfigError', message: 'the table is missing' });
  });

  test('fails with the name of what the module threw when it was loaded', async () => {
    await expect(lambda('', {}, `throw new RangeError('no setting');`).invoke({})).rejects.toMatchObject({ name: 'RangeError' });
  });

  test('loads the module again after it could not be loaded', async () => {
    const marker = join(asset, 'marker');
    const before = `import { existsSync, writeFileSync } from 'node:fs';
      if (!existsSync('${marker}')) { writeFileSync('${marker}', ''); throw new Error('not this time'); }`;
    const healing = lambda('return count;', {}, before);
    await expect(healing.invoke({})).rejects.toThrow('not this time');
    expect(await healing.invoke({})).toBe(1);
  });

  test('leaves its process to the next one', async () => {
    const counting = lambda('return { count, process: process.pid };');
    const first = await counting.invoke({});
    expect(first).toMatchObject({ count: 1 });
    expect(await counting.invoke({})).toEqual({ ...Object(first), count: 2 });
  });

  test('has a process of its own while another one is under way', async () => {
    const slow = lambda('await new Promise((done) => setTimeout(done, 200)); return count;');
    expect(await Promise.all([slow.invoke({}), slow.invoke({}), slow.invoke({})])).toEqual([1, 1, 1]);
    expect(await slow.invoke({})).toBe(2);
  });

  test('that takes longer than it may is ended', async () => {
    const endless = lambda(`await new Promise((done) => setTimeout(done, event.ms)); return count;`);
    await expect(endless.invoke({ ms: 60_000 }, { remainingMs: 300 })).rejects.toMatchObject({ name: 'Sandbox.Timedout' });
    expect(await endless.invoke({ ms: 0 })).toBe(1);
  });

  test('has written all that it wrote when it has answered', async () => {
    const writing = lambda(`console.log('to one'); console.error('to the other'); return null;`);
    await writing.invoke({});
    expect(writing.log()).toEqual(['to one', 'to the other']);
  });
});

describe('a process that dies', () => {
  test('fails its invocation, and the next one starts afresh', async () => {
    const dying = lambda(`if (event.die) process.exit(3); return count;`);
    expect(await dying.invoke({})).toBe(1);
    await expect(dying.invoke({ die: true })).rejects.toMatchObject({ name: 'Lambda.Unknown', message: 'the process ended with 3' });
    expect(await dying.invoke({})).toBe(1);
  });

  test('because it is killed fails its invocation, and the next one starts afresh', async () => {
    const hanging = lambda(`if (event.hang) await new Promise((done) => setTimeout(done, 60_000)); return count;`);
    expect(await hanging.invoke({})).toBe(1);
    const killed = hanging.invoke({ hang: true });
    hanging.kill();
    await expect(killed).rejects.toMatchObject({ name: 'Lambda.Unknown' });
    expect(await hanging.invoke({})).toBe(1);
  });

  test('after a call that AWS has carried out has written, and never knew', async () => {
    const environment = aws.environment('111122223333');
    const s3 = new S3Client(aws.client('111122223333'));
    await fetch(`${aws.endpoint}/letters`, {
      method: 'PUT',
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA111122223333LOCL/20261121/us-east-1/s3/aws4_request' },
    });
    const writing = lambda(WRITES_TWICE, environment);
    aws.faults.add({ service: 's3', operation: 'PutObject', nth: 1, kind: { unheard: () => writing.kill() } });
    await expect(writing.invoke({})).rejects.toMatchObject({ name: 'Lambda.Unknown' });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'letters', Key: 'first' }));
    expect(await Body?.transformToString()).toBe('first');
    await expect(s3.send(new GetObjectCommand({ Bucket: 'letters', Key: 'second' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await writing.invoke({})).toBe('written');
    expect(aws.calls.list({ operation: 'PutObject' })).toHaveLength(3);
  });
});
