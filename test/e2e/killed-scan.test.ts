import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AuthorizeSecurityGroupIngressCommand, DeleteSecurityGroupCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, DeleteLoginProfileCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeletePublicAccessBlockCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { account, allow } from '../../emulator/account.ts';
import type { Fault } from '../../emulator/faults.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { openSqliteStore } from '../../findings/sqlite-store.ts';
import { UNPACED } from './child-environment.ts';
import { startPosture } from './posture-child.ts';
import { scanInProcess, useLocalAws } from './scan-in-process.ts';
import { type SubscribedQueue, stepsTold, subscribedQueue } from './subscribed-queue.ts';
import { keptIn } from './sweep.ts';

vi.mock(import('../../inventory/limits.ts'), () => import('../unlimited.ts'));

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-west-1'];
const folder = mkdtempSync(join(tmpdir(), 'posture-killed-'));
const base = join(folder, 'base.db');

let aws: LocalAws;
let queue: SubscribedQueue;
/** What a scan that nobody disturbs makes of the account after it was changed, and of how many changes it tells one by one. */
let undisturbed: { readonly kept: Awaited<ReturnType<typeof keptIn>>; readonly told: readonly string[]; readonly urgent: number };

beforeAll(async () => {
  aws = await startLocalAws({ regions: REGIONS });
  await aws.seed(shop());
  useLocalAws(aws.environment(ACCOUNT));
  queue = await subscribedQueue(aws, ACCOUNT, 'alerts');
  await scan(base);
  await queue.receive();
  await change();
  const store = copyOf(base, 'undisturbed.db');
  await scan(store);
  const messages = await queue.receive();
  undisturbed = { kept: await keptIn(store), told: stepsTold(messages), urgent: messages.length - 1 };
}, 120_000);

afterAll(async () => {
  await aws?.stop();
  rmSync(folder, { recursive: true });
});

afterEach(() => aws.faults.clear());

function shop() {
  const described = account(ACCOUNT)
    .root({ mfa: 'hardware' })
    .user('alice', { password: true, keys: [{ age: 5 }] })
    .user('bob', { password: true })
    .bucket('photos')
    .bucket('invoices', { policy: allow('s3:*', '*', { principal: { AWS: ACCOUNT } }) });
  for (const region of REGIONS) {
    described
      .securityGroup(`web-${region}`, { region, ingress: ['tcp 443 0.0.0.0/0'] })
      .securityGroup(`old-${region}`, { region, ingress: ['tcp 22 0.0.0.0/0'] })
      .instance(`web-${region}`, { region, groups: [`web-${region}`], public: true });
  }
  return described;
}

/** Things get worse and better: urgent and not, in every scope, and something goes away. */
async function change(): Promise<void> {
  const iam = new IAMClient(aws.client(ACCOUNT));
  await iam.send(new DeleteLoginProfileCommand({ UserName: 'bob' }));
  await iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }));
  const s3 = new S3Client(aws.client(ACCOUNT));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket: 'photos' }));
  const statement = allow('s3:GetObject', 'arn:aws:s3:::photos/*', { principal: '*' });
  await s3.send(
    new PutBucketPolicyCommand({ Bucket: 'photos', Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }),
  );
  for (const region of REGIONS) {
    const ec2 = new EC2Client(aws.client(ACCOUNT, region));
    const GroupId = aws.idOf(ACCOUNT, 'security-group', `web-${region}`);
    const everybody = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everybody] }));
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId: aws.idOf(ACCOUNT, 'security-group', `old-${region}`) }));
  }
}

async function scan(store: string): Promise<void> {
  const { code, stderr } = await scanInProcess(['--store', store, '--topic', queue.topicArn]);
  if (code !== EXIT.findings) throw new Error(`the scan ended with ${code}: ${stderr}`);
}

function copyOf(original: string, name: string): string {
  const copy = join(folder, name);
  copyFileSync(original, copy);
  return copy;
}

/** Starts a scan that is bound to hang, kills it when it does, and gives what the store's file then says of itself. */
async function killedScan(store: string, hanging: Fault, hangs: () => Promise<void> | void): Promise<unknown> {
  aws.faults.add(hanging);
  aws.calls.reset();
  const argv = ['scan', '--store', store, '--topic', queue.topicArn];
  const env = { ...aws.environment(ACCOUNT), NODE_OPTIONS: UNPACED };
  const { child, ended } = startPosture(argv, { cwd: folder, env });
  try {
    await vi.waitFor(hangs, { timeout: 60_000, interval: 100 });
  } finally {
    child.kill('SIGKILL');
  }
  expect(await ended).toMatchObject({ code: null });
  aws.faults.clear();
  return existsSync(store) ? integrityOf(store) : 'ok';
}

function integrityOf(path: string): unknown {
  const database = new DatabaseSync(path);
  const { integrity_check: integrity } = database.prepare('PRAGMA integrity_check').get() ?? {};
  database.close();
  return integrity;
}

/** The regions whose scan is kept in the store as done, later than the first scan of all. */
async function expectKept(path: string, regions: readonly string[]): Promise<void> {
  const store = await openSqliteStore(path);
  const records = await all(store.scopeRecords(ACCOUNT));
  const [newest] = await all(store.runs(ACCOUNT));
  await store.close();
  const kept = records.filter(({ runId }) => runId === newest?.id && newest.finishedAt === undefined).map(({ region }) => region);
  expect(kept.sort()).toEqual([...regions].sort());
}

async function expectUntold(path: string, untold: number): Promise<void> {
  const store = await openSqliteStore(path);
  const waiting = await all(store.unannounced(ACCOUNT));
  await store.close();
  expect(waiting).toHaveLength(untold);
}

async function all<Element>(elements: AsyncIterable<Element>): Promise<Element[]> {
  const collected: Element[] = [];
  for await (const element of elements) collected.push(element);
  return collected;
}

function expectAsked(operation: string, times: number): void {
  expect(aws.calls.list({ operation })).toHaveLength(times);
}

interface Moment {
  readonly hanging: Fault;
  readonly hangs: (store: string) => Promise<void> | void;
}

const MOMENTS: Readonly<Record<string, Moment>> = {
  'before anything is read': {
    hanging: { operation: 'DescribeRegions', kind: 'timeout' },
    hangs: () => expectAsked('DescribeRegions', 1),
  },
  'when some scopes are kept and one is not': {
    hanging: { operation: 'DescribeSecurityGroups', region: 'eu-west-1', kind: 'timeout' },
    hangs: (store) => expectKept(store, ['global', 'us-east-1']),
  },
  'when everything is kept and nothing is told': {
    hanging: { operation: 'Publish', kind: 'timeout' },
    hangs: () => expect(aws.calls.list({ operation: 'Publish' }).length).toBeGreaterThan(0),
  },
  'when some changes are told': {
    hanging: { operation: 'Publish', kind: 'timeout', nth: { from: 3 } },
    hangs: (store) => expectUntold(store, undisturbed.urgent - 2),
  },
  'when only the digest is not told': {
    get hanging(): Fault {
      return { operation: 'Publish', kind: 'timeout', nth: undisturbed.urgent + 1 };
    },
    hangs: () => expectAsked('Publish', undisturbed.urgent + 1),
  },
};

describe('an undisturbed scan', () => {
  test('tells urgent changes one by one and the others in a digest', () => {
    expect(undisturbed.urgent).toBeGreaterThanOrEqual(5);
    expect(undisturbed.told.length).toBeGreaterThan(undisturbed.urgent);
    expect(new Set(undisturbed.told.map((step) => step.split(' ')[0]))).toEqual(new Set(['opened', 'resolved']));
  });
});

describe.each(Object.entries(MOMENTS))('a scan that is killed %s', (name, moment) => {
  test('leaves a sound store; the next one finishes the work, and each change is told once', { timeout: 120_000 }, async () => {
    const store = copyOf(base, `${name}.db`);
    expect(await killedScan(store, moment.hanging, () => moment.hangs(store))).toBe('ok');
    const toldBefore = stepsTold(await queue.receive());
    await scan(store);
    expect(await keptIn(store)).toEqual(undisturbed.kept);
    expect([...toldBefore, ...stepsTold(await queue.receive())].sort()).toEqual(undisturbed.told);
  });
});

test('a first scan that is killed is still the first: the next one tells all that is open in one digest', {
  timeout: 120_000,
}, async () => {
  const store = join(folder, 'first.db');
  const { hanging, hangs } = MOMENTS['when some scopes are kept and one is not'] ?? {};
  if (!hanging || !hangs) throw new Error('no such moment');
  expect(await killedScan(store, hanging, () => hangs(store))).toBe('ok');
  expect(await queue.receive()).toEqual([]);
  await scan(store);
  const open = [...undisturbed.kept].filter(([, { state }]) => state === 'open');
  expect(await keptIn(store)).toEqual(new Map(open));
  const messages = await queue.receive();
  expect(messages).toHaveLength(1);
  expect(stepsTold(messages)).toEqual(open.map(([id]) => `opened ${id.split(' ')[1]}`).sort());
});
