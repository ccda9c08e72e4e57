import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BacktestDocument } from '../../../cli/backtest/backtest-document.ts';
import { EXIT } from '../../../cli/exit-codes.ts';
import { ACCOUNT, type Account, emptyFolder, fakeWorld, posture } from '../fake-world.ts';

/** Three looks at an account: a bucket is opened, and closed again; a region is not encrypted all the while. */
const LOOKS: readonly (readonly [string, Account])[] = [
  ['2026-11-01T06:00:00Z', { encryption: { 'eu-west-1': false }, buckets: { photos: false } }],
  ['2026-11-02T06:00:00Z', { encryption: { 'eu-west-1': false }, buckets: { photos: true } }],
  ['2026-11-03T06:00:00Z', { encryption: { 'eu-west-1': false }, buckets: { photos: false } }],
];
const CONFIGS: Readonly<Record<string, string>> = {
  'off.yaml': 'checks:\n  s3-bucket-public-write-absent:\n    enabled: false\n',
  'louder.yaml': 'checks:\n  ec2-ebs-encryption-default:\n    severity: HIGH\n',
  'excepted.yaml': `exceptions:
  - check: s3-bucket-public-write-absent
    resource: arn:aws:s3:::photos
    reason: it is a public drop box
    owner: payments@example.com
    expires: 2027-01-31
    ticket: SEC-1
`,
  'broken.yaml': 'checks:\n  no-such-check:\n    enabled: false\n',
};

const cwd = emptyFolder();
const nowhere = fakeWorld(
  {},
  { signIn: () => Promise.reject(new Error('signed in')), openStore: () => Promise.reject(new Error('opened')) },
);

beforeAll(async () => {
  mkdirSync(join(cwd, 'snapshots'));
  for (const [name, text] of Object.entries(CONFIGS)) writeFileSync(join(cwd, name), text);
  // The newest first: what counts is when they were collected, and not their names.
  for (const [index, [at, account]] of LOOKS.entries()) {
    const ran = await posture(['collect', '-o', `snapshots/${9 - index}.json.gz`], fakeWorld(account), { cwd, now: () => new Date(at) });
    expect(ran).toMatchObject({ code: EXIT.clean, err: '' });
  }
});

function backtest(...argv: readonly string[]) {
  return posture(['backtest', '--snapshots', 'snapshots', ...argv], nowhere, { cwd, columns: 120 });
}

async function documentOf(...argv: readonly string[]): Promise<BacktestDocument> {
  const ran = await backtest('--format', 'json', ...argv);
  expect(ran).toMatchObject({ code: EXIT.clean, err: '' });
  return JSON.parse(ran.out);
}

const namesOf = (rows: BacktestDocument['added']) => rows.map(({ checkId, resource }) => `${checkId} ${resource.id}`);

describe('posture backtest', () => {
  test('tells the findings and the messages that a check would no longer give', async () => {
    const { removed, added, notifications, checks, snapshots } = await documentOf('--config', 'off.yaml');
    expect(namesOf(removed)).toEqual(['s3-bucket-public-write-absent photos']);
    expect(removed[0]).toMatchObject({ since: '2026-11-02T06:00:00.000Z', severity: 'CRITICAL', excepted: false });
    expect(added).toEqual([]);
    // Opened in the second look, resolved in the third.
    expect(notifications.urgent).toEqual({ present: 2, proposed: 0 });
    expect(checks).toMatchObject([
      { checkId: 's3-bucket-public-write-absent', severity: 'CRITICAL', removed: 1, urgent: { present: 2, proposed: 0 } },
    ]);
    expect(snapshots.map(({ file, accountId, open }) => [file, accountId, open])).toEqual([
      ['snapshots/9.json.gz', ACCOUNT, { present: 1, proposed: 1 }],
      ['snapshots/8.json.gz', ACCOUNT, { present: 2, proposed: 1 }],
      ['snapshots/7.json.gz', ACCOUNT, { present: 1, proposed: 1 }],
    ]);
  });

  test('turned round, tells them as added', async () => {
    writeFileSync(join(cwd, 'all.yaml'), 'regions: [eu-west-1]\n');
    const { removed, added, notifications } = await documentOf('--config', 'all.yaml', '--against', 'off.yaml');
    expect(removed).toEqual([]);
    expect(namesOf(added)).toEqual(['s3-bucket-public-write-absent photos']);
    expect(notifications.urgent).toEqual({ present: 0, proposed: 2 });
  });

  test('tells what would be otherwise severe', async () => {
    const { changed, checks, unchanged } = await documentOf('--config', 'louder.yaml');
    expect(changed).toMatchObject([{ checkId: 'ec2-ebs-encryption-default', from: 'MEDIUM', severity: 'HIGH' }]);
    expect(checks.map(({ severity, added, removed }) => [severity, added, removed])).toEqual([
      ['HIGH', 1, 0],
      ['MEDIUM', 0, 1],
    ]);
    expect(unchanged).toBe(1);
  });

  test('tells what would be excepted', async () => {
    const { removed, notifications, snapshots } = await documentOf('--config', 'excepted.yaml');
    expect(removed).toMatchObject([{ checkId: 's3-bucket-public-write-absent', excepted: true }]);
    expect(snapshots[1]?.excepted).toEqual({ present: 0, proposed: 1 });
    expect(notifications.urgent.proposed).toBeLessThan(notifications.urgent.present);
  });

  test('tells that nothing is different where nothing is', async () => {
    const { removed, added, changed, checks, unchanged } = await documentOf('--config', 'off.yaml', '--against', 'off.yaml');
    expect([removed, added, changed, checks, unchanged]).toEqual([[], [], [], [], 1]);
    expect((await backtest('--config', 'off.yaml', '--against', 'off.yaml')).out).toContain('The change makes no difference');
  });

  test('shows tables that fit', async () => {
    const { out } = await backtest('--config', 'off.yaml');
    expect(out).toContain('Findings: 0 added, 1 removed, 0 otherwise severe, 1 as before.');
    expect(out).toContain('Messages: 2 → 0 (-2) urgent');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('keeps nothing', async () => {
    const before = readdirSync(cwd, { recursive: true }).length;
    await backtest('--config', 'off.yaml');
    expect(readdirSync(cwd, { recursive: true })).toHaveLength(before);
  });

  test.each([
    [['--config', 'broken.yaml'], /broken\.yaml.*no-such-check/],
    [['--config', 'off.yaml', '--against', 'gone.yaml'], /gone\.yaml/],
  ])('begins nothing with a configuration that is wrong: %j', async (argv, said) => {
    const ran = await posture(['backtest', '--snapshots', 'nowhere', ...argv], nowhere, { cwd });
    expect(ran).toMatchObject({ code: EXIT.usage, out: '', err: expect.stringMatching(said) });
  });

  test('says where there is no snapshot', async () => {
    mkdirSync(join(cwd, 'empty'), { recursive: true });
    for (const folder of ['nowhere', 'empty']) {
      const ran = await posture(['backtest', '--snapshots', folder, '--config', 'off.yaml'], nowhere, { cwd });
      expect(ran).toMatchObject({ code: EXIT.usage, err: expect.stringContaining(folder) });
    }
  });
});
