import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, test } from 'vitest';
import { account, trust } from '../../emulator/account.ts';
import { startLocalAws } from '../../emulator/local-aws.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import { isRunning } from '../../findings/executions.ts';
import type { Job } from '../../findings/job.ts';
import { deleteJobFiles, writeJobs } from '../../findings/job-file.ts';
import { type Plan, planAudit, planNextRound, toRunId } from '../../findings/plan-audit.ts';
import { enterAccount } from '../../inventory/member-session.ts';
import { listAccounts } from '../../inventory/organization.ts';
import { planScopes } from '../../inventory/regions.ts';
import { EXECUTION, RUN_ID } from './audit-world.ts';
import { collect } from './samples.ts';

const [HUB, MEMBER, CLOSED, SUSPENDED, EXCLUDED] = [
  '111111111111',
  '222222222222',
  '333333333333',
  '444444444444',
  '555555555555',
] as const;
const [TABLE, BUCKET, REGION] = ['posture', 'posture-jobs', 'eu-west-1'] as const;

const aws = await startLocalAws({ regions: ['eu-west-1', 'us-east-1'] });
Object.assign(process.env, aws.environment(HUB, REGION));
const auditRole = { trust: trust({ AWS: `arn:aws:iam::${HUB}:root` }, { StringEquals: { 'sts:ExternalId': 'secret' } }) };
await aws.seed(
  account(HUB).role('cloud-posture-audit', auditRole),
  account(MEMBER).role('cloud-posture-audit', auditRole),
  account(CLOSED),
);
aws.organize({
  managementAccount: HUB,
  accounts: [{ id: HUB }, { id: MEMBER }, { id: CLOSED }, { id: SUSPENDED, state: 'SUSPENDED' }, { id: EXCLUDED }],
});
const dynamoDb = new DynamoDBClient(aws.client(HUB, REGION));
const s3 = new S3Client(aws.client(HUB, REGION));
await dynamoDb.send(new CreateTableCommand(tableDefinition(TABLE)));
await waitUntilTableExists({ client: dynamoDb, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 }, { TableName: TABLE });
await s3.send(new CreateBucketCommand({ Bucket: BUCKET, CreateBucketConfiguration: { LocationConstraint: REGION } }));
const store = await openDynamoDbStore({ table: TABLE, region: REGION });
const audits = await openAuditStore({ table: TABLE, region: REGION });
afterAll(async () => {
  await store.close();
  await audits.close();
  await aws.stop();
});

function plan(execution = EXECUTION): Promise<Plan> {
  return planAudit({
    ...{ execution, store, audits, isRunning, writeJobs, planScopes, bucket: BUCKET, concurrency: 8 },
    accounts: listAccounts(REGION),
    exclude: [EXCLUDED],
    wantedRegions: undefined,
    checkIds: ['check-1'],
    enter: (accountId, runId) =>
      enterAccount({
        ...{ accountId, partition: 'aws', roleName: 'cloud-posture-audit', externalId: 'secret', region: REGION },
        sessionName: `cloud-posture-${runId}`,
      }),
    now: () => new Date('2026-11-21T08:50:00.000Z'),
  });
}

async function jobsIn(key: string): Promise<Job[]> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
  return JSON.parse((await Body?.transformToString()) ?? '');
}

describe('an organization on AWS', () => {
  test('is planned, twice with the same outcome', async () => {
    const key = `runs/${RUN_ID}/jobs-0.json`;
    const planned = { status: 'planned', runId: RUN_ID, startedAt: EXECUTION.startTime, round: 0, jobs: { bucket: BUCKET, key, count: 6 } };
    for (const _attempt of [1, 2]) {
      expect(await plan()).toEqual(planned);
      expect((await jobsIn(key)).map(({ accountId, region }) => `${accountId} ${region}`).toSorted()).toEqual(
        [HUB, MEMBER].flatMap((accountId) => [`${accountId} eu-west-1`, `${accountId} global`, `${accountId} us-east-1`]),
      );
      expect(await audits.audit(RUN_ID)).toMatchObject({
        executionArn: EXECUTION.id,
        accounts: [HUB, MEMBER],
        refused: [{ accountId: CLOSED, gap: { operation: 'sts:AssumeRole', cause: 'denied', permissions: ['sts:AssumeRole'] } }],
        leftOut: [
          { accountId: SUSPENDED, because: 'suspended' },
          { accountId: EXCLUDED, because: 'excluded' },
        ],
      });
      const runs = await collect(store.runs());
      expect(runs.map(({ accountId, finishedAt }) => [accountId, finishedAt !== undefined]).toSorted()).toEqual([
        [HUB, false],
        [MEMBER, false],
        [CLOSED, true],
      ]);
    }
  });

  test('is asked in each account with that account’s own role', () => {
    const callers = aws.calls.list({ operation: 'DescribeRegions' }).map(({ callerArn }) => callerArn);
    expect([...new Set(callers)].toSorted()).toEqual(
      [HUB, MEMBER].map((accountId) => `arn:aws:sts::${accountId}:assumed-role/cloud-posture-audit/cloud-posture-${RUN_ID}`),
    );
  });

  test('has a next round for what is unfinished, until nothing is', async () => {
    const [job] = await jobsIn(`runs/${RUN_ID}/jobs-0.json`);
    if (!job) throw new Error('no job was planned');
    const sight = {
      ...{ resources: 0, evaluations: 0, unknown: 0, crashed: 0, incompleteTypes: [], gaps: [] },
      usage: { calls: 1, throttles: 0, milliseconds: 1 },
    };
    const next = { ...job, round: 1 };
    await audits.saveBookmark(next, { startedAt: EXECUTION.startTime, done: [], judgedUpTo: {}, blind: [], sight });
    const round = { execution: EXECUTION, round: 1, audits, bucket: BUCKET, writeJobs };
    expect(await planNextRound(round)).toMatchObject({ jobs: { count: 1 } });
    expect(await jobsIn(`runs/${RUN_ID}/jobs-1.json`)).toEqual([next]);
    await audits.removeBookmark(next);
    expect(await planNextRound({ ...round, round: 2 })).toMatchObject({ jobs: { count: 0 } });
  });

  test('waits for nobody whose execution is forgotten', async () => {
    const later = { id: `${EXECUTION.id}-later`, startTime: '2026-11-21T14:49:27.000Z' };
    expect(await plan(later)).toMatchObject({ status: 'planned', runId: toRunId(later.startTime, later.id), jobs: { count: 6 } });
  });

  test('leaves nothing behind once its files are deleted', async () => {
    await deleteJobFiles(BUCKET, RUN_ID);
    await expect(jobsIn(`runs/${RUN_ID}/jobs-0.json`)).rejects.toMatchObject({ name: 'NoSuchKey' });
  });
});
