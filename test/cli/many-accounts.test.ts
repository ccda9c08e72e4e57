import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../findings/finding.ts';
import { openStore } from '../../findings/open-store.ts';
import type { RunRecord } from '../../findings/run.ts';
import { emptyFolder, fakeWorld, posture } from './fake-world.ts';

const [A, B, C] = ['111111111111', '222222222222', '333333333333'];
const MONDAY = '20261116T080000Z-aaaa';
const TUESDAY = '20261117T080000Z-bbbb';
const CHECK = 's3-bucket-public-write-absent';
const world = fakeWorld({});

function run(id: string, accountId: string, change: Partial<RunRecord> = {}): RunRecord {
  const day = `2026-11-${id.slice(6, 8)}`;
  const times = { startedAt: `${day}T08:00:00.000Z`, finishedAt: `${day}T08:05:00.000Z` };
  const coverage = {
    evaluations: 5,
    unknown: 0,
    crashed: 0,
    resources: 5,
    scopes: [],
    gaps: [],
    regionsNotEnabled: [],
    regionsLeftOut: [],
  };
  return { id, accountId, ...times, first: false, checkIds: [CHECK], regions: ['eu-west-1'], coverage, digest: 'none', ...change };
}

/** Opened on Tuesday. */
function finding(accountId: string, id: string): Finding {
  const at = '2026-11-17T08:01:00.000Z';
  const scope = { accountId, region: 'global' };
  const resource = {
    type: 'AWS::S3::Bucket',
    arn: `arn:aws:s3:::${id}`,
    id,
    accountId,
    region: 'eu-west-1',
    partition: 'aws',
    tags: {},
  } as const;
  const reason = 'its policy lets anybody write';
  return {
    ...{ id: `${accountId}-${id}`, checkId: CHECK, scope, resource, state: 'open', severity: 'CRITICAL', reason, evidence: {} },
    ...{ firstSeenAt: at, openedAt: at, resolvedAt: undefined, reopened: 0, observedAt: at, version: 1, unannounced: false },
    history: [{ kind: 'opened', at, runId: TUESDAY, severity: 'CRITICAL', reason }],
  };
}

async function storeOf(runs: readonly RunRecord[]): Promise<string> {
  const cwd = emptyFolder();
  const store = await openStore(join(cwd, '.posture/findings.db'));
  for (const each of runs) await store.saveRun(each);
  for (const kept of [finding(A, 'one'), finding(B, 'two')]) await store.save(kept);
  for (const accountId of new Set(runs.map((each) => each.accountId)))
    await store.saveScopeRecord({ accountId, region: 'global', runId: TUESDAY, seenAt: '2026-11-17T08:00:00.000Z', blindSince: {} });
  await store.close();
  return cwd;
}

const deployed = () => storeOf([run(MONDAY, A), run(MONDAY, B), run(TUESDAY, A), run(TUESDAY, B), run(TUESDAY, C)]);

test('runs of many accounts under one id are listed with their account', async () => {
  const { out } = await posture(['runs'], world, { cwd: await deployed() });
  const rows = out.split('\n').filter((line) => line.includes('Z-'));
  expect(rows.map((row) => row.split(/\s+/).slice(0, 2)).sort()).toEqual([
    [MONDAY, A],
    [MONDAY, B],
    [TUESDAY, A],
    [TUESDAY, B],
    [TUESDAY, C],
  ]);
});

describe('diff', () => {
  test.each([
    ['by id', MONDAY, TUESDAY],
    ['by order', 'previous', 'latest'],
    ['by both', MONDAY, 'latest'],
  ])('%s, of all accounts', async (_name, from, to) => {
    const { code, out } = await posture(['diff', from, to], world, { cwd: await deployed() });
    expect(code).toBe(0);
    expect(out).toBe(`
Account  ${A}, ${B}
From     2026-11-16 08:00 UTC  ${MONDAY}
To       2026-11-17 08:00 UTC  ${TUESDAY}

2 opened, 0 resolved, 0 changed, 0 unchanged

Opened
CRITICAL  ${CHECK}  2 resources
  S3 buckets should not let the public write
  one       ${A}  eu-west-1  2026-11-17  its policy lets anybody write
  two       ${B}  eu-west-1  2026-11-17  its policy lets anybody write

Only one of the runs came to an end in ${C}: nothing is said of what is
there.

`);
  });

  test('of one account', async () => {
    const { out } = await posture(['diff', MONDAY, TUESDAY, '--account', B, '--format', 'json'], world, { cwd: await deployed() });
    const { from, accounts, unpaired, opened } = JSON.parse(out);
    expect([from.accountId, accounts, unpaired, opened.map(({ id }: Finding) => id)]).toEqual([B, [B], [], [`${B}-two`]]);
  });

  test('as JSON', async () => {
    const { out } = await posture(['diff', MONDAY, TUESDAY, '--format', 'json'], world, { cwd: await deployed() });
    expect(JSON.parse(out)).toMatchObject({
      from: { id: MONDAY, accountId: null, startedAt: '2026-11-16T08:00:00.000Z', finishedAt: '2026-11-16T08:05:00.000Z' },
      to: { id: TUESDAY, accountId: null },
      accounts: [A, B],
      unpaired: [C],
      unchanged: 0,
    });
  });

  test('leaves out an account in which a run was cut short', async () => {
    const cwd = await storeOf([run(MONDAY, A), run(MONDAY, B), run(TUESDAY, A), run(TUESDAY, B, { finishedAt: undefined })]);
    const { out } = await posture(['diff', 'previous', 'latest', '--format', 'json'], world, { cwd });
    expect(JSON.parse(out)).toMatchObject({ accounts: [A], unpaired: [B] });
  });

  const alone = () => storeOf([run(MONDAY, A), run(TUESDAY, B), run('20261118T080000Z-cccc', B, { finishedAt: undefined })]);

  test.each([
    [['previous', 'latest'], 'the store has runs of 2 accounts; say which with --account'],
    [[MONDAY, TUESDAY], `the run ${MONDAY} is of account ${A}, and ${TUESDAY} of ${B}; name two runs of one account`],
    [[MONDAY, 'latest', '--account', B], `the run ${MONDAY} did not look at account ${B}; "posture runs" lists those that did`],
    [['previous', 'latest', '--account', B], 'there is no previous run to compare: 1 complete so far; run "posture scan"'],
    [
      ['20261118T080000Z-cccc', 'latest'],
      'the run 20261118T080000Z-cccc was cut short, so there is nothing to compare; pick a complete one from "posture runs"',
    ],
  ])('of accounts that were scanned one by one: %j', async (argv, said) => {
    expect(await posture(['diff', ...argv], world, { cwd: await alone() })).toEqual({ code: 2, out: '', err: `posture: ${said}\n` });
  });
});
