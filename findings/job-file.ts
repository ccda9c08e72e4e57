import { Readable } from 'node:stream';
import type { ObjectIdentifier } from '@aws-sdk/client-s3';
import type { Operation } from '../inventory/call.ts';
import type { Job } from './job.ts';

/** Where the input of one round of a run's map lies. */
export interface JobFile {
  readonly bucket: string;
  readonly key: string;
}

/** What {@link writeJobs} asks; to be allowed on the objects of that bucket. */
export const WRITE_JOBS: readonly Operation[] = [
  { service: 's3', operation: 'PutObject', permissions: ['s3:PutObject'] },
  { service: 's3', operation: 'CreateMultipartUpload', permissions: ['s3:PutObject'] },
  { service: 's3', operation: 'UploadPart', permissions: ['s3:PutObject'] },
  { service: 's3', operation: 'CompleteMultipartUpload', permissions: ['s3:PutObject'] },
  { service: 's3', operation: 'AbortMultipartUpload', permissions: ['s3:AbortMultipartUpload'] },
];

/** What {@link deleteJobFiles} asks: the first is allowed on the bucket, the second on its objects. */
export const DELETE_JOB_FILES: readonly Operation[] = [
  { service: 's3', operation: 'ListObjectsV2', permissions: ['s3:ListBucket'] },
  { service: 's3', operation: 'DeleteObjects', permissions: ['s3:DeleteObject'] },
];

/** Input of a run's round. All files of a run stand together under one prefix. */
export function toJobFile(bucket: string, runId: string, round: number): JobFile {
  return { bucket, key: `${prefixOf(runId)}jobs-${round}.json` };
}

/**
 * Writes jobs as a JSON array while they come: no more than two parts of 5 MB are held. Gives how many there were.
 * If the jobs break off, or S3 refuses a part, there is no file, and what was uploaded of it is removed.
 */
export async function writeJobs({ bucket, key }: JobFile, jobs: AsyncIterable<Job>): Promise<number> {
  let count = 0;
  async function* toText(): AsyncGenerator<string> {
    for await (const job of jobs) {
      yield `${count === 0 ? '[' : ',\n'}${JSON.stringify(job)}`;
      count += 1;
    }
    yield count === 0 ? '[]' : ']';
  }
  const { sdk, client } = await connect();
  try {
    const params = { Bucket: bucket, Key: key, Body: Readable.from(toText()), ContentType: 'application/json' };
    await new sdk.Upload({ client, params, partSize: PART_BYTES, queueSize: 1 }).done();
    return count;
  } finally {
    client.destroy();
  }
}

/** The smallest part that S3 takes. */
const PART_BYTES = 5 * 1024 * 1024;

/**
 * Deletes the job files of a run, and whatever else lies beside them.
 * @throws Error when S3 keeps one of them
 */
export async function deleteJobFiles(bucket: string, runId: string): Promise<void> {
  const { sdk, client } = await connect();
  try {
    for await (const { Contents = [] } of sdk.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefixOf(runId) })) {
      const Objects = Contents.flatMap(({ Key }): ObjectIdentifier[] => (Key === undefined ? [] : [{ Key }]));
      if (Objects.length === 0) continue;
      const { Errors = [] } = await client.send(new sdk.DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
      const [kept] = Errors;
      if (kept) throw new Error(`s3:DeleteObjects kept ${kept.Key} in ${bucket} (and ${Errors.length - 1} more): ${kept.Code}`);
    }
  } finally {
    client.destroy();
  }
}

function prefixOf(runId: string): string {
  return `runs/${runId}/`;
}

async function connect() {
  const sdk = await import('./sdk/s3.ts');
  const client = new sdk.S3Client({
    maxAttempts: 6,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
    // A local AWS has no host name for each bucket.
    forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined,
  });
  return { sdk, client };
}
