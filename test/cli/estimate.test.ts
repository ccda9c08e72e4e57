import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EstimateDocument } from '../../cli/estimate/estimate-document.ts';
import { widthOf } from '../../cli/render/width.ts';
import { openStore } from '../../findings/open-store.ts';
import type { RunRecord } from '../../findings/run.ts';
import { emptyFolder, fakeWorld, posture } from './fake-world.ts';

const [A, B] = ['111111111111', '222222222222'];
const world = fakeWorld({ encryption: { 'eu-west-1': false }, buckets: { evil: true } });

function run(
  accountId: string,
  day: number,
  usage: { readonly calls: number; readonly milliseconds: number } | undefined,
  change: Partial<RunRecord> = {},
): RunRecord {
  const at = `2026-11-${day}T08:00:00.000Z`;
  return {
    ...{ id: `202611${day}T080000Z-aaaa`, accountId, startedAt: at, finishedAt: at, first: false, checkIds: [], digest: 'none' },
    regions: ['global', 'eu-west-1', 'us-east-1'],
    coverage: {
      ...{ evaluations: 5, unknown: 0, crashed: 0, resources: 5, scopes: [], gaps: [], regionsNotEnabled: [], regionsLeftOut: [] },
      ...(usage ? { usage: { ...usage, throttles: 0 } } : {}),
    },
    ...change,
  };
}

async function storeOf(runs: readonly RunRecord[]): Promise<string> {
  const cwd = emptyFolder();
  const store = await openStore(join(cwd, '.posture/findings.db'));
  for (const each of runs) await store.saveRun(each);
  for (const accountId of new Set(runs.map((each) => each.accountId)))
    await store.saveScopeRecord({ accountId, region: 'global', runId: 'x', seenAt: '2026-11-20T08:00:00.000Z', blindSince: {} });
  await store.close();
  return cwd;
}

async function estimate(argv: readonly string[], cwd: string): Promise<EstimateDocument> {
  const { code, out, err } = await posture(['estimate', '--format', 'json', ...argv], world, { cwd });
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out);
}

const two = () =>
  storeOf([
    run(A, 20, { calls: 100, milliseconds: 60_000 }),
    run(A, 19, { calls: 999, milliseconds: 999_000 }),
    run(A, 21, undefined, { finishedAt: undefined, coverage: undefined }),
    run(B, 20, { calls: 300, milliseconds: 1_000 }),
  ]);

describe('what is measured', () => {
  test('the last run that came to an end in each account', async () => {
    const { load, assumptions } = await estimate([], await two());
    expect(load).toMatchObject({ accounts: 2, scopes: 6, callsPerAudit: 400, auditsPerDay: 4, findings: 0 });
    expect(load.scanSecondsPerAudit).toBe(60 + 3 * 3);
    expect(assumptions[0]).toBe('A scope takes 3 s or more, for each is scanned by a function of its own.');
  });

  test('a scan of this command line', async () => {
    const cwd = emptyFolder();
    await posture(['scan'], world, { cwd });
    const { load } = await estimate([], cwd);
    expect(load).toMatchObject({ accounts: 1, scopes: 2, findings: 2 });
    expect(load.callsPerAudit).toBeGreaterThan(0);
  });

  test('where calls were not counted, a stated number is assumed', async () => {
    const { load, assumptions } = await estimate(
      [],
      await storeOf([run(A, 20, undefined), run(B, 20, { calls: 10, milliseconds: 90_000 })]),
    );
    expect([load.callsPerAudit, load.scanSecondsPerAudit]).toEqual([3 * 80 + 10, 3 * 5 + 90]);
    expect(assumptions[0]).toBe('Of 1 of the accounts the calls were not counted: 80 and 5 s a scope are assumed.');
  });

  test('an account that could not be entered is none', async () => {
    const { load } = await estimate(
      [],
      await storeOf([run(A, 20, { calls: 100, milliseconds: 60_000 }), run(B, 20, undefined, { regions: [] })]),
    );
    expect(load.accounts).toBe(1);
  });

  test('before the first scan an account is assumed', async () => {
    const { load, assumptions } = await estimate([], emptyFolder());
    expect(load).toMatchObject({ accounts: 1, scopes: 18, callsPerAudit: 1_440 });
    expect(assumptions[0]).toContain('No scan is kept here: an account of 17 regions');
  });

  test('more accounts are like the mean', async () => {
    const { load, assumptions } = await estimate(['--accounts', '100'], await two());
    expect(load).toMatchObject({ accounts: 100, scopes: 300, callsPerAudit: 20_000, changesPerDay: 500 });
    expect(assumptions).toContain('Each account is like the mean of the 2 that were scanned.');
  });
});

describe('how often', () => {
  test.each([
    [['--per-day', '2'], '', 2],
    [['--schedule', 'rate(1 hour)'], 'schedule: rate(1 day)\n', 24],
    [[], 'schedule: cron(0 6,18 * * ? *)\n', 2],
    [[], '', 4],
  ])('%j with %j', async (argv, config, perDay) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), config);
    expect((await estimate(argv, cwd)).load.auditsPerDay).toBe(perDay);
  });

  test('addresses and the keeping of logs are those of the configuration', async () => {
    const cwd = emptyFolder();
    writeFileSync(
      join(cwd, 'posture.yaml'),
      'subscribers: [{ email: a@example.com }, { email: b@example.com }, { https: https://example.com }]\ndeployment: { logRetentionDays: 365 }\n',
    );
    expect((await estimate([], cwd)).load).toMatchObject({ emails: 2, posts: 1, logRetentionDays: 365 });
  });
});

describe('what cannot be', () => {
  test.each([
    [['--per-day', '2', '--schedule', 'rate(1 hour)'], '--per-day and --schedule both say how often; drop one of them'],
    [['--schedule', 'hourly'], '"hourly" is not a schedule; expected rate(6 hours), or cron(…) with six fields in --schedule'],
    [
      ['--accounts', '0'],
      "option '--accounts <number>' argument '0' is invalid. Expected a whole number from 1 to 100,000; see \"posture estimate --help\"",
    ],
    [
      ['--per-day', 'often'],
      "option '--per-day <number>' argument 'often' is invalid. Expected a number above 0, up to 96; see \"posture estimate --help\"",
    ],
    [
      ['--per-day', '97'],
      "option '--per-day <number>' argument '97' is invalid. Expected a number above 0, up to 96; see \"posture estimate --help\"",
    ],
    [['--store', 'none.db'], 'there is no store at none.db; run "posture scan" first, or name it with --store'],
  ])('%j', async (argv, said) => {
    expect(await posture(['estimate', ...argv], world)).toEqual({ code: 2, out: '', err: `posture: ${said}\n` });
  });
});

test('as a table: the cost first, then its items, hidden costs, prices and what was assumed', async () => {
  const { code, out } = await posture(['estimate'], world, { cwd: await two(), columns: 100 });
  expect(code).toBe(0);
  expect(out.split('\n\n')[0]).toMatchInlineSnapshot(`
    "
    Accounts   2
    Audits     4 a day, 122 a month, each of 6 scopes
    API calls  400 an audit, 48,700 a month
    Cost       8.76 USD a month; 1.45 with what AWS leaves free for good, if nothing else in the account
               uses it"
  `);
  const headings = out.split('\n').filter((line) => /^\S/.test(line));
  expect(headings).toEqual(expect.arrayContaining(['In a month', 'Besides, on other bills', 'Prices in us-east-1, as of 2026-11-21']));
  expect(out).toContain('10  custom metric');
});

test.each([40, 60, 80, 120])('fits into %i columns', async (columns) => {
  const { out } = await posture(['estimate', '--accounts', '100000'], world, { columns });
  expect(out.split('\n').filter((line) => widthOf(line) > Math.max(columns, 74))).toEqual([]);
});
