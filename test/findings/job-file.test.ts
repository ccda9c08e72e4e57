import { createServer } from 'node:http';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { Job } from '../../findings/job.ts';
import { DELETE_JOB_FILES, deleteJobFiles, toJobFile, WRITE_JOBS, writeJobs } from '../../findings/job-file.ts';

const BUCKET = 'jobs';
const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
afterAll(() => aws.stop());

const s3 = new S3Client(aws.client());
await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
beforeEach(() => {
  aws.calls.reset();
  aws.faults.clear();
});

const REGIONS = Array.from({ length: 17 }, (_, index) => `eu-west-${index}`);
const job = (index: number): Job => ({
  accountId: String(111111111111 + index),
  region: 'eu-west-1',
  runId: 'run-1',
  startedAt: '2026-11-21T08:49:27.000Z',
  regions: REGIONS,
  round: 0,
});

/** Some jobs; breaks off after them if told so. Keeps count of how far it was read. */
function jobs(count: number, error?: Error) {
  const seen = { taken: 0 };
  async function* all() {
    for (; seen.taken < count; seen.taken += 1) yield job(seen.taken);
    if (error) throw error;
  }
  return { seen, all: all() };
}

async function read(key: string): Promise<Job[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

async function keys(prefix = ''): Promise<(string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: prefix }));
  return Contents.map(({ Key }) => Key);
}

async function leftovers(): Promise<number> {
  return (await s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads?.length ?? 0;
}

/** More than two parts of 5 MB. */
const MANY = 40_000;

describe('a job file', () => {
  test('is where its run and round say', () => {
    expect(toJobFile(BUCKET, '20261121T084927Z-3f2a', 2)).toEqual({ bucket: BUCKET, key: 'runs/20261121T084927Z-3f2a/jobs-2.json' });
  });

  test('is a JSON array of the jobs', async () => {
    const file = toJobFile(BUCKET, 'run-1', 0);
    expect(await writeJobs(file, jobs(3).all)).toBe(3);
    expect(await read(file.key)).toEqual([job(0), job(1), job(2)]);
    expect(aws.calls.count({ operation: 'PutObject' })).toEqual({ 's3:PutObject': 1 });
  });

  test('of no jobs is an empty one', async () => {
    const file = toJobFile(BUCKET, 'run-2', 0);
    expect(await writeJobs(file, jobs(0).all)).toBe(0);
    expect(await read(file.key)).toEqual([]);
  });

  test('of very many is written in parts while they come', async () => {
    const file = toJobFile(BUCKET, 'run-3', 0);
    expect(await writeJobs(file, jobs(MANY).all)).toBe(MANY);
    expect(await read(file.key)).toHaveLength(MANY);
    expect(aws.calls.count()).toMatchObject({ 's3:CreateMultipartUpload': 1, 's3:UploadPart': 3, 's3:CompleteMultipartUpload': 1 });
  });

  test.each([
    ['a few', 3],
    ['very many', MANY],
  ])('does not come to be when its jobs break off after %s', async (_case, count) => {
    const broken = Object.assign(new Error('the organization is gone'), { name: 'ConfigError' });
    await expect(writeJobs(toJobFile(BUCKET, 'run-4', 0), jobs(count, broken).all)).rejects.toBe(broken);
    expect(await keys('runs/run-4/')).toEqual([]);
    expect(await leftovers()).toBe(0);
  });

  test('does not come to be when S3 refuses a part, and the jobs are not read to their end', async () => {
    aws.faults.add({ operation: 'UploadPart', nth: 2, kind: 'access-denied' });
    const { seen, all } = jobs(10 * MANY);
    await expect(writeJobs(toJobFile(BUCKET, 'run-5', 0), all)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(seen.taken).toBeLessThan(MANY);
    expect(await keys('runs/run-5/')).toEqual([]);
    expect(await leftovers()).toBe(0);
  });

  test('is written all the same when S3 had trouble once', async () => {
    aws.faults.add({ operation: 'PutObject', nth: 1, kind: 'internal-error' });
    const file = toJobFile(BUCKET, 'run-6', 0);
    expect(await writeJobs(file, jobs(2).all)).toBe(2);
    expect(await read(file.key)).toHaveLength(2);
  });

  test('may be written twice', async () => {
    const file = toJobFile(BUCKET, 'run-7', 0);
    await writeJobs(file, jobs(5).all);
    await writeJobs(file, jobs(2).all);
    expect(await read(file.key)).toHaveLength(2);
  });

  test('asks nothing that is not declared', async () => {
    await writeJobs(toJobFile(BUCKET, 'run-8', 0), jobs(1).all);
    await writeJobs(toJobFile(BUCKET, 'run-8', 1), jobs(MANY).all);
    await writeJobs(toJobFile(BUCKET, 'run-8', 2), jobs(MANY, new Error('broken')).all).catch(() => undefined);
    await deleteJobFiles(BUCKET, 'run-8');
    const declared = [...WRITE_JOBS, ...DELETE_JOB_FILES].map(({ service, operation }) => `${service}:${operation}`);
    expect(Object.keys(aws.calls.count()).toSorted()).toEqual(declared.toSorted());
  });
});

describe('the files of a run', () => {
  const put = (Key: string) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: '[]' }));

  test('are deleted together, and those of other runs stay', async () => {
    for (const key of ['runs/run-9/jobs-0.json', 'runs/run-9/jobs-1.json', 'runs/run-9/results/a/manifest.json', 'runs/run-99/jobs-0.json'])
      await put(key);
    await deleteJobFiles(BUCKET, 'run-9');
    expect(await keys('runs/run-9')).toEqual(['runs/run-99/jobs-0.json']);
  });

  test('are perhaps not there', async () => {
    await deleteJobFiles(BUCKET, 'run-10');
    expect(aws.calls.count()).toEqual({ 's3:ListObjectsV2': 1 });
  });

  test('are not passed over when S3 refuses', async () => {
    await put('runs/run-11/jobs-0.json');
    aws.faults.add({ operation: 'DeleteObjects', kind: 'access-denied' });
    await expect(deleteJobFiles(BUCKET, 'run-11')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('that S3 keeps are named, although it answers that all is well', async () => {
    const server = createServer((request, response) => {
      const listing = '<ListBucketResult><Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents></ListBucketResult>';
      const kept = ['a', 'b'].map((key) => `<Error><Key>${key}</Key><Code>AccessDenied</Code></Error>`).join('');
      const body = request.method === 'GET' ? listing : `<DeleteResult>${kept}</DeleteResult>`;
      request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/xml' }).end(body));
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const address = server.address();
    vi.stubEnv('AWS_ENDPOINT_URL', `http://localhost:${typeof address === 'object' ? address?.port : ''}`);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      server.close();
    });
    await expect(deleteJobFiles(BUCKET, 'run-12')).rejects.toThrow('s3:DeleteObjects kept a in jobs (and 1 more): AccessDenied');
  });
});
