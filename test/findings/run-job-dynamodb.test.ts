import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLocalAws } from '../../emulator/local-aws.ts';
import type { AuditStore } from '../../findings/audit-store.ts';
import { openAuditStore } from '../../findings/dynamodb-audit-store.ts';
import { openDynamoDbStore } from '../../findings/dynamodb-store.ts';
import { tableDefinition } from '../../findings/dynamodb-table.ts';
import type { Job } from '../../findings/job.ts';
import { sightIn } from '../../findings/run.ts';
import { type JobResult, runJob } from '../../findings/run-job.ts';
import type { FindingStore } from '../../findings/store.ts';
import { testSession } from '../inventory/session.ts';
import { fakeChecks, fakeSources, type Thing, TYPES, timeFor } from './fake-scope.ts';
import { collect, SCOPE } from './samples.ts';

const aws = await startLocalAws();
Object.assign(process.env, aws.environment());
const location = { table: 'posture', region: 'eu-west-1' };
let store: FindingStore;
let audits: AuditStore & { readonly close: () => Promise<void> };

beforeAll(async () => {
  const client = new DynamoDBClient({ region: location.region });
  await client.send(new CreateTableCommand(tableDefinition(location.table)));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 0.05, maxDelay: 0.2 }, { TableName: location.table });
  client.destroy();
  store = await openDynamoDbStore(location);
  audits = await openAuditStore(location);
}, 60_000);

afterAll(async () => {
  await store?.close();
  await audits?.close();
  await aws.stop();
});

const [type] = TYPES;
const things = Array.from({ length: 40 }, (_, n): Thing => ({ type, id: `sg-${n}`, status: n % 2 === 0 ? 'FAIL' : 'PASS' }));

function call(job: Job, all: readonly Thing[], steps = Number.POSITIVE_INFINITY): Promise<JobResult> {
  aws.calls.reset();
  const sources = fakeSources(() => ({ things: all, broken: [] }));
  const enter = async () => testSession();
  return runJob({ job, enter, sources, checks: fakeChecks(), store, audits, now: () => new Date(), outOfTime: timeFor(steps) });
}

function writes(): Readonly<Record<string, number>> {
  const counts = Object.entries(aws.calls.count({ service: 'dynamodb' }));
  return Object.fromEntries(counts.filter(([name]) => !/Get|Query|Scan/.test(name)));
}

const jobOf = (runId: string): Job => ({ ...SCOPE, runId, startedAt: new Date().toISOString(), regions: ['eu-west-1'], round: 0 });

test('a second audit of what did not change writes one record per scope, and no finding', async () => {
  await call(jobOf('run-1'), things);
  expect(writes()).toEqual({ 'dynamodb:PutItem': 20 + 1 });
  const before = await collect(store.findings(SCOPE));
  expect((await call(jobOf('run-2'), things)).transitions).toMatchObject({ opened: 0, resolved: 0, changed: 0 });
  expect(writes()).toEqual({ 'dynamodb:PutItem': 1 });
  expect(await collect(store.findings(SCOPE))).toEqual(before);
  expect((await store.scopeRecord(SCOPE))?.runId).toBe('run-2');
});

test('what was resolved is not read, but goes on when it fails again', async () => {
  const [one, other, ...rest] = things;
  if (!one || !other) throw new Error('there are no things');
  const mended = [{ ...one, status: 'PASS' as const }, other, ...rest];
  await call(jobOf('run-5'), mended);
  expect((await call(jobOf('run-6'), mended)).transitions).toMatchObject({ reopened: 0, opened: 0 });
  expect(aws.calls.count({ service: 'dynamodb' })).toMatchObject({ 'dynamodb:Query': 1 });
  expect((await call(jobOf('run-7'), things)).transitions).toMatchObject({ reopened: 1, opened: 0 });
  const [again] = (await collect(store.findings(SCOPE))).filter(({ reopened }) => reopened > 0);
  expect(again).toMatchObject({
    state: 'open',
    reopened: 1,
    version: 3,
    history: [{ kind: 'opened' }, { kind: 'resolved' }, { kind: 'reopened' }],
  });
});

test('a job that was done writes nothing when it is called again', async () => {
  const job = jobOf('run-3');
  await call(job, things);
  await call(job, things);
  expect(writes()).toEqual({});
});

test('a scan in rounds goes on where it stopped', async () => {
  const job = jobOf('run-4');
  expect(await call(job, things, 2 + 15)).toMatchObject({ status: 'unfinished', resources: 15 });
  expect(writes()).toEqual({ 'dynamodb:PutItem': 1 });
  const [next] = await collect(audits.unfinishedJobs('run-4'));
  if (!next) throw new Error('nothing is left');
  expect(next).toEqual({ ...job, round: 1 });
  expect(await call(next, things.slice(0, -2))).toMatchObject({ status: 'done', resources: 23, transitions: { resolved: 1 } });
  expect(writes()).toEqual({ 'dynamodb:PutItem': 1 + 1, 'dynamodb:DeleteItem': 1 });
  expect(sightIn(await store.scopeRecord(SCOPE), 'run-4')).toMatchObject({ resources: 38, evaluations: 38, unknown: 0 });
  expect(await collect(audits.unfinishedJobs('run-4'))).toEqual([]);
});
