import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsWorld } from '../../cli/aws-world.ts';
import { EXIT } from '../../cli/exit-codes.ts';
import { DEMO_REGIONS, SHOP, shopAccount } from '../../emulator/demo-account.ts';
import { type LocalAws, startLocalAws } from '../../emulator/local-aws.ts';
import { posture, type Ran } from '../cli/fake-world.ts';
import { useLocalAws } from './scan-in-process.ts';
import { ACCOUNT, REGIONS, smallAccount } from './small-account.ts';
import './unpaced.ts';

const folder = mkdtempSync(join(tmpdir(), 'posture-snapshot-'));
const now = new Date();
const ran = new Map<string, Ran>();
let aws: LocalAws;

async function run(name: string, argv: readonly string[]): Promise<void> {
  ran.set(name, await posture(argv, awsWorld, { cwd: folder, now: () => now }));
}

/** What was refused in both accounts: a listing that breaks off, and a facet of some. */
function refuse(): void {
  const denied = { status: 403, code: 'AccessDenied', message: 'no' };
  aws.faults.add(
    { operation: 'GetBucketAcl', kind: { error: denied } },
    { operation: 'ListTrails', kind: { error: { ...denied, status: 400 } } },
  );
}

const ACCOUNTS = [
  { name: 'demo', id: SHOP },
  { name: 'small', id: ACCOUNT },
] as const;
const SCAN = ['scan', '--all', '--format', 'json'] as const;

beforeAll(async () => {
  for (const { name, id } of ACCOUNTS) {
    aws = await startLocalAws({ regions: name === 'demo' ? DEMO_REGIONS : REGIONS });
    await aws.seed(name === 'demo' ? shopAccount(now) : smallAccount());
    useLocalAws(aws.environment(id));
    if (name === 'small') refuse();
    await run(`${name} collect`, ['collect', '-o', `${name}.json.gz`, '--format', 'json']);
    await run(`${name} live`, [...SCAN, '--no-store']);
    await aws.stop();
  }
  // Nobody is there to be asked any more, and there are no credentials to ask with.
  useLocalAws({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_EC2_METADATA_DISABLED: 'true' });
  for (const { name } of ACCOUNTS) await run(`${name} offline`, [...SCAN, '--snapshot', `${name}.json.gz`]);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true }));

function said(name: string) {
  const { out, err, code } = ran.get(name) ?? expect.unreachable();
  expect(err).toBe('');
  return { ...JSON.parse(out), code };
}

describe.each(ACCOUNTS)('the $name account', ({ name }) => {
  test('gives the very same rows from a snapshot as live', () => {
    const [live, offline] = [said(`${name} live`), said(`${name} offline`)];
    expect(live.findings.length).toBeGreaterThan(300);
    expect(offline.findings).toStrictEqual(live.findings);
    expect(offline.code).toBe(live.code);
  });

  test('was covered alike', () => {
    const [live, offline] = [said(`${name} live`).coverage, said(`${name} offline`).coverage];
    const { gaps: _, ...counts } = offline;
    expect(live).toMatchObject(counts);
    // A scan does not ask for what no verdict hangs on; a collection does.
    const keyOf = (gap: { operation: string; cause: string }) => `${gap.operation} ${gap.cause}`;
    const collected = new Set(said(`${name} collect`).gaps.map(keyOf));
    expect(live.gaps.map(keyOf).filter((key: string) => !collected.has(key))).toEqual([]);
  });

  test('asks AWS nothing when it judges a snapshot, and says as of when it judges', () => {
    const { run } = said(`${name} offline`);
    expect(run.calls.total).toBe(0);
    expect(run.snapshot).toMatchObject({ collectedAt: now.toISOString(), judgedAt: now.toISOString() });
    expect(run.startedAt).toBe(now.toISOString());
  });

  test('is stored in a file for its owner, and keeps nothing beside it', () => {
    expect(ran.get(`${name} collect`)?.code).toBe(EXIT.clean);
    expect(statSync(join(folder, `${name}.json.gz`)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['demo.json.gz', 'small.json.gz']);
  });
});
