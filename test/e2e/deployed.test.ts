import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateBucketCommand, PutPublicAccessBlockCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { ScanDocument } from '../../cli/scan-schema.ts';
import { type Account, account } from '../../emulator/account.ts';
import type { Ended } from '../../emulator/state-machine.ts';
import type { Finding } from '../../findings/finding.ts';
import { auditsIn, deployWorld, findingsIn, HUB, HUB_REGION, runsIn, scopesIn, type World } from './deployed-world.ts';
import { scanInProcess, useLocalAws } from './scan-in-process.ts';

vi.mock(import('../../inventory/limits.ts'), () => import('../unlimited.ts'));

const [SHOP, LAB] = ['222233334444', '333344445555'];
const REGIONS = ['eu-central-1', HUB_REGION, 'us-east-1'];
const LEFT_OUT = 'ap-south-1';
const SCOPES = ['global', ...REGIONS];
const CONFIG = `
accounts: ["${HUB}", "${SHOP}", "${LAB}"]
regions: [${REGIONS.join(', ')}]
`;

let world: World;

beforeAll(async () => {
  world = await deployWorld({
    config: CONFIG,
    regions: [...REGIONS, LEFT_OUT],
    accounts: [hubAccount(), shopAccount(), labAccount()],
    members: [SHOP],
  });
  world.aws.faults.add({ accountId: SHOP, region: 'eu-central-1', kind: 'access-denied' });
}, 300_000);

afterAll(() => world?.stop());

function hubAccount(): Account {
  return account(HUB)
    .root({ password: { lastUsed: 300 }, mfa: 'hardware' })
    .publicAccessBlock('all')
    .user('ci', { keys: [{ age: 400, lastUsed: 1 }] })
    .subnet('front', { region: 'us-east-1', public: true })
    .securityGroup('bastion', { region: 'us-east-1', ingress: ['tcp 22 198.51.100.0/24'] })
    .instance('bastion', { region: 'us-east-1', subnet: 'front', public: true, groups: ['bastion'], tokens: 'required' });
}

function shopAccount(): Account {
  const photos = { block: 'none', ownership: 'ObjectWriter', acl: 'public-read' } as const;
  return account(SHOP)
    .user('bob', { password: { lastUsed: 3 } })
    .bucket('shop-photos', { ...photos, region: HUB_REGION })
    .bucket('shop-exports', { ...photos })
    .securityGroup('database', { region: HUB_REGION, ingress: ['tcp 5432 0.0.0.0/0'] })
    .securityGroup('unseen', { region: 'eu-central-1', ingress: ['tcp 22 0.0.0.0/0'] });
}

function labAccount(): Account {
  return account(LAB).securityGroup('anything', { region: HUB_REGION, ingress: ['all 0.0.0.0/0'] });
}

/** What the command line says of an account, which knows nothing of the deployment. */
async function scanned(accountId: string): Promise<ScanDocument> {
  useLocalAws(world.aws.environment(accountId));
  const { document, stderr } = await scanInProcess(['--no-store', '--regions', REGIONS.join(',')]);
  if (!document) throw new Error(`the scan stopped: ${stderr}`);
  return document;
}

function failuresIn({ findings }: ScanDocument): readonly string[] {
  return findings.flatMap(({ status, id, severity }) => (status === 'FAIL' ? [`${id} ${severity}`] : [])).sort();
}

async function openIn(accountId: string): Promise<readonly string[]> {
  const findings = findingsIn(await world.items());
  const open = findings.filter(({ scope, state }) => scope.accountId === accountId && state === 'open');
  return open.map(({ id, severity }) => `${id} ${severity}`).sort();
}

const Subject = z.object({ type: z.literal('finding'), event: z.string(), finding: z.object({ id: z.string(), checkId: z.string() }) });
const Digest = z.object({
  type: z.literal('digest'),
  event: z.string(),
  changes: z.array(z.object({ event: z.string(), id: z.string(), checkId: z.string(), accountId: z.string() })),
  moreChanges: z.literal(0),
  newGaps: z.array(z.object({ accountId: z.string(), operation: z.string(), region: z.string() })),
  accounts: z
    .array(z.looseObject({ accountId: z.string(), event: z.string(), refused: z.object({ operation: z.string() }).nullable() }))
    .default([]),
});

interface Told {
  readonly alone: readonly z.infer<typeof Subject>[];
  readonly digests: readonly z.infer<typeof Digest>[];
}

/** What subscribers have got since they were last asked. */
async function told(): Promise<Told> {
  const messages = (await world.running.messages()).map(({ Message }) => z.union([Subject, Digest]).parse(JSON.parse(Message)));
  return {
    alone: messages.filter((message) => message.type === 'finding'),
    digests: messages.filter((message) => message.type === 'digest'),
  };
}

function byOperation(one: { readonly operation: string }, other: { readonly operation: string }): number {
  return one.operation < other.operation ? -1 : 1;
}

const NOTHING_TOLD: Told = { alone: [], digests: [] };

let audits = 0;

/** Runs the state machine, tells what it changed, and gives its run. */
async function audit(invoke?: Parameters<World['running']['audit']>[0]['invoke']): Promise<Ended & { readonly runId: string }> {
  audits += 1;
  const ended = await world.running.audit({ name: `audit-${audits}`, startTime: startOf(audits), ...(invoke ? { invoke } : {}) });
  await world.running.deliver();
  const [newest] = auditsIn(await world.items());
  return { ...ended, runId: newest?.id ?? '' };
}

/** One audit a minute, so that they have an order. */
function startOf(audit: number): string {
  return new Date(STARTED + audit * 60_000).toISOString();
}

const STARTED = Date.now() - 3_600_000;

const HEALTHY = [
  'Plan',
  'Anything to scan?',
  'Scan scopes',
  'Plan next round',
  'Anything to scan?',
  'Settle',
  'Summarize',
  'All scanned?',
  'Audited',
];

/** The steps of findings that a run has made, as `opened <id>`. */
function stepsOf(findings: readonly Finding[], runId: string): readonly string[] {
  return findings.flatMap(({ id, history }) =>
    history.flatMap((entry) => (entry.runId === runId && entry.kind !== 'changed' ? [`${entry.kind} ${id}`] : [])),
  );
}

describe('the first audit', () => {
  let first: Awaited<ReturnType<typeof audit>>;
  let toldFirst: Told;

  beforeAll(async () => {
    first = await audit();
    toldFirst = await told();
  });

  test('goes through all states, and asks nothing of the service that it would stumble over', () => {
    expect(first.outcome.status).toBe('SUCCEEDED');
    expect({ states: first.states, warnings: first.warnings }).toEqual({ states: HEALTHY, warnings: [] });
    expect(first.children.map(({ input }) => input)).toHaveLength(2 * SCOPES.length);
  });

  test.each([HUB, SHOP])('finds in %s what the command line finds there', async (accountId) => {
    const failures = failuresIn(await scanned(accountId));
    expect(failures.length).toBeGreaterThan(5);
    expect(await openIn(accountId)).toEqual(failures);
  });

  test('knows nothing of the account that has no role, and says so', async () => {
    const items = await world.items();
    expect(findingsIn(items).filter(({ scope }) => scope.accountId === LAB)).toEqual([]);
    const refusal = { operation: 'sts:AssumeRole', cause: 'denied', permissions: ['sts:AssumeRole'], region: 'global' };
    expect(auditsIn(items)).toMatchObject([{ accounts: [HUB, SHOP], refused: [{ accountId: LAB, gap: refusal }], digest: 'sent' }]);
    expect(runsIn(items, LAB)).toMatchObject([{ id: first.runId, regions: [], coverage: { gaps: [refusal], scopes: [] } }]);
  });

  test('knows that it saw nothing of the denied region, and which actions would have let it', async () => {
    const [run] = runsIn(await world.items(), SHOP);
    const { coverage } = await scanned(SHOP);
    const inRegion = ({ region }: { readonly region: string }) => region === 'eu-central-1';
    const tell = ({ operation, cause, permissions }: { operation: string; cause: string; permissions: readonly string[] }) => ({
      ...{ operation, cause },
      permissions: [...permissions].sort(),
    });
    const gaps = (run?.coverage?.gaps ?? []).filter(inRegion).map(tell);
    expect(gaps.map(({ operation }) => operation)).toContain('ec2:DescribeSecurityGroups');
    expect(gaps.find(({ operation }) => operation === 'ec2:DescribeSecurityGroups')?.permissions).toEqual(['ec2:DescribeSecurityGroups']);
    expect(gaps.toSorted(byOperation)).toEqual(coverage.gaps.filter(inRegion).map(tell).toSorted(byOperation));
    expect(run?.coverage?.scopes.find(inRegion)).toEqual(coverage.scopes.find(inRegion));
    expect(run?.coverage).toMatchObject({ unknown: coverage.unknown, evaluations: coverage.evaluations, regionsLeftOut: [LEFT_OUT] });
  });

  test('tells everything in one digest and nothing alone', async () => {
    const open = [...(await openIn(HUB)), ...(await openIn(SHOP))].map((finding) => `opened ${finding.split(' ')[0]}`);
    expect(toldFirst.alone).toEqual([]);
    expect(toldFirst.digests).toHaveLength(1);
    const [digest] = toldFirst.digests;
    expect(digest?.event).toBe('baseline');
    expect(digest?.changes.map(({ event, id }) => `${event} ${id}`).sort()).toEqual(open.sort());
    expect(digest?.accounts.find(({ accountId }) => accountId === LAB)?.refused).toMatchObject({ operation: 'sts:AssumeRole' });
  });

  test('leaves no turn taken, no job file and nothing unannounced', async () => {
    const items = await world.items();
    expect(items.filter(({ pk }) => String(pk).startsWith('TURN') || String(pk).startsWith('UNFINISHED'))).toEqual([]);
    expect(findingsIn(items).filter(({ unannounced }) => unannounced)).toEqual([]);
    expect(await world.objects()).toEqual([]);
  });
});

describe('the second audit, after a group was opened, a bucket was closed and another was made', () => {
  let second: Awaited<ReturnType<typeof audit>>;
  let toldSecond: Told;

  beforeAll(async () => {
    const GroupId = world.aws.idOf(HUB, 'security-group', 'bastion');
    const everywhere = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await new EC2Client(world.aws.client(HUB)).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [everywhere] }));
    const s3 = new S3Client(world.aws.client(SHOP));
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    await s3.send(new PutPublicAccessBlockCommand({ Bucket: 'shop-photos', PublicAccessBlockConfiguration }));
    await s3.send(new CreateBucketCommand({ Bucket: 'shop-new' }));
    second = await audit();
    toldSecond = await told();
  });

  test('moves what moved, and nothing else', async () => {
    const findings = findingsIn(await world.items());
    const moved = findings.filter(({ history }) => history.some(({ runId }) => runId === second.runId));
    expect(new Set(moved.map(({ resource }) => resource.id))).toEqual(
      new Set([
        ...(['security-group', 'instance'] as const).map((kind) => world.aws.idOf(HUB, kind, 'bastion')),
        'shop-photos',
        'shop-new',
      ]),
    );
    for (const accountId of [HUB, SHOP]) expect(await openIn(accountId)).toEqual(failuresIn(await scanned(accountId)));
  });

  test('tells each urgent step alone and once, and the others in one digest', async () => {
    const steps = stepsOf(findingsIn(await world.items()), second.runId);
    const alone = toldSecond.alone.map(({ event, finding }) => `${event} ${finding.id}`);
    const rest = toldSecond.digests.flatMap(({ changes }) => changes.map(({ event, id }) => `${event} ${id}`));
    expect([...alone, ...rest].sort()).toEqual([...steps].sort());
    expect(toldSecond.alone.map(({ event, finding }) => `${event} ${finding.checkId}`)).toEqual(
      expect.arrayContaining(['opened ec2-security-group-admin-ports-closed', 'resolved s3-bucket-public-read-absent']),
    );
    expect(toldSecond.digests).toHaveLength(1);
    expect(rest.length).toBeGreaterThan(0);
  });
});

test('an audit of the unchanged estate tells nothing and writes one item a scope', async () => {
  const before = findingItems(await world.items());
  world.aws.calls.reset();
  const { outcome, runId } = await audit();
  expect(outcome.status).toBe('SUCCEEDED');
  expect(await told()).toEqual(NOTHING_TOLD);
  const items = await world.items();
  expect(findingItems(items)).toEqual(before);
  expect(stepsOf(findingsIn(items), runId)).toEqual([]);
  const { callerArn } = world.running.function('scan');
  const writes = world.aws.calls
    .list({ callerArn, service: 'dynamodb' })
    .filter(({ operation }) => !/^(Get|Query|BatchGet)/.test(operation));
  expect(writes.map(({ operation }) => operation)).toEqual(Array(2 * SCOPES.length).fill('PutItem'));
});

function findingItems(items: Awaited<ReturnType<World['items']>>) {
  return items.filter(({ sk }) => sk === 'FINDING').toSorted((one, other) => (String(one.pk) < String(other.pk) ? -1 : 1));
}

test('what is found in an account once its role is there comes in the digest of that run', async () => {
  await world.addMember(LAB);
  const { outcome } = await audit();
  expect(outcome.status).toBe('SUCCEEDED');
  const { alone, digests } = await told();
  expect(alone).toEqual([]);
  expect(digests).toHaveLength(1);
  const open = await openIn(LAB);
  expect(open).toEqual(failuresIn(await scanned(LAB)));
  expect(digests[0]?.changes.map(({ id }) => id).sort()).toEqual(open.map((finding) => finding.split(' ')[0]));
});

test('an audit that starts while another one runs is skipped, and says so', async () => {
  const inner: Ended[] = [];
  const { outcome } = await audit(async (name, _payload, call) => {
    if (name === 'summarize' && inner.length === 0)
      inner.push(await world.running.audit({ name: 'overlapping', startTime: startOf(audits + 1) }));
    return call();
  });
  expect(outcome.status).toBe('SUCCEEDED');
  expect(inner).toMatchObject([{ states: ['Plan', 'Anything to scan?', 'Skipped'], outcome: { status: 'SUCCEEDED' } }]);
  expect(JSON.stringify(inner[0]?.outcome)).toMatch(/the audit .* is still running/);
  const log = world.running.function('plan').lambda.log().join('\n');
  expect(log).toContain('"AuditsSkipped":1');
  expect(log).toContain('"status":"skipped"');
  expect(await told()).toEqual(NOTHING_TOLD);
});

test('a scan that runs out of time goes on in the next round, and ends with the same findings', async () => {
  const before = findingItems(await world.items());
  const { aws } = world;
  // What is under way when the time is over is ended, but not judged any more.
  const remove = aws.faults.add({ accountId: HUB, region: 'us-east-1', operation: 'DescribeSnapshots', kind: { slowMs: 5_000 } });
  const { outcome, states, children } = await audit((name, payload, call) => {
    const isSlow = name === 'scan' && Work.safeParse(payload).success;
    return call(isSlow ? 53_500 : undefined);
  });
  remove();
  expect(outcome.status).toBe('SUCCEEDED');
  expect(states.filter((state) => state === 'Scan scopes')).toHaveLength(2);
  const slow = children.filter(
    ({ input }) => z.looseObject({ accountId: z.literal(HUB), region: z.literal('us-east-1') }).safeParse(input).success,
  );
  expect(slow.map((child) => child.outcome)).toMatchObject([{ output: { status: 'unfinished' } }, { output: { status: 'done' } }]);
  const items = await world.items();
  expect(findingItems(items)).toEqual(before);
  const record = scopesIn(items).find(({ accountId, region }) => accountId === HUB && region === 'us-east-1');
  const { coverage } = await scanned(HUB);
  const { resources, evaluations, unknown } = coverage.scopes.find(({ region }) => region === 'us-east-1') ?? {};
  expect(record?.sight).toMatchObject({ resources, evaluations, unknown });
  expect(await told()).toEqual(NOTHING_TOLD);
});

/** The first round of the scope that is slow. */
const Work = z.looseObject({ accountId: z.literal(HUB), region: z.literal('us-east-1'), round: z.literal(0) });

test('a scope whose scan always fails is named in coverage and digest, and costs the others nothing', async () => {
  const before = findingItems(await world.items());
  const { outcome, children, runId } = await audit(async (name, payload, call) => {
    if (name === 'scan' && Work.safeParse(payload).success) throw Object.assign(new Error('killed'), { name: 'Runtime.ExitError' });
    return call();
  });
  expect(outcome.status).toBe('SUCCEEDED');
  expect(children.filter((child) => child.outcome.status === 'FAILED')).toHaveLength(1);
  const items = await world.items();
  expect(findingItems(items)).toEqual(before);
  const failed = { operation: 'scan', cause: 'failed', region: 'us-east-1' };
  expect(runsIn(items, HUB)[0]?.coverage?.gaps).toContainEqual(expect.objectContaining(failed));
  expect(scopesIn(items).filter((record) => record.runId === runId)).toHaveLength(3 * SCOPES.length - 1);
  const { alone, digests } = await told();
  expect(alone).toEqual([]);
  expect(digests).toMatchObject([{ changes: [], newGaps: [{ accountId: HUB, operation: 'scan', region: 'us-east-1' }] }]);
});

/** It holds names of accounts and regions for the minutes of a run: access logs and versions would outlive and outweigh it. Only root may set MFA delete. */
const KNOWN_OF_JOB_BUCKET = [
  'INFORMATIONAL s3-bucket-mfa-delete-enabled',
  'LOW s3-bucket-access-logged',
  'LOW s3-bucket-versioning-enabled',
];

test('our own checks find nothing wrong with what was deployed, but what its job bucket does without', async () => {
  const { findings } = await world.withBucketPolicy(() => scanned(HUB));
  const ours = findings.filter(({ resource }) => resource.arn.includes('cloud-posture'));
  expect(ours.filter(({ status }) => status === 'PASS').length).toBeGreaterThan(10);
  const wrong = ours.filter(({ status }) => status === 'FAIL' || status === 'UNKNOWN');
  expect(wrong.map(({ checkId, severity }) => `${severity} ${checkId}`).sort()).toEqual(KNOWN_OF_JOB_BUCKET);
});
