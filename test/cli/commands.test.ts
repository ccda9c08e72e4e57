import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const monday: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: true, fine: false } };
const tuesday: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: false, fine: true } };
const world = fakeWorld(monday);

/** A folder whose store has a scan of Monday and one of Tuesday. */
async function twoScans(): Promise<string> {
  const cwd = emptyFolder();
  await posture(['scan'], fakeWorld(monday), { cwd, now: () => new Date('2026-11-16T08:00:00Z') });
  await posture(['scan'], fakeWorld(tuesday), { cwd, now: () => new Date('2026-11-17T08:00:00Z') });
  return cwd;
}

describe('findings', () => {
  test('are what is open, and since when', async () => {
    const { code, out } = await posture(['findings'], world, { cwd: await twoScans() });
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "
      CRITICAL  s3-bucket-public-write-absent  1 resource
        S3 buckets should not let the public write
        fine      eu-west-1  2026-11-17  its policy lets anybody write

      MEDIUM  ec2-ebs-encryption-default  1 resource
        EBS volumes should be encrypted by default in every region
        eu-west-1  eu-west-1  2026-11-16  new EBS volumes are not encrypted by default

      2 open findings; "posture explain <check>" tells how to fix them

      "
    `);
  });

  test.each([
    [[], ['fine', 'eu-west-1']],
    [['--all'], ['evil', 'fine', 'eu-west-1']],
    [['--severity', 'medium'], ['eu-west-1']],
    [['--check', 's3-bucket-public-write-absent'], ['fine']],
    [['--check', 's3-bucket-tls-only'], []],
  ])('%j', async (argv, found) => {
    const { out } = await posture(['findings', '--format', 'ndjson', ...argv], world, { cwd: await twoScans() });
    const rows = out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ resource }) => resource.id)).toEqual(found);
  });

  test('that no filter lets through are not said to be none', async () => {
    const { out } = await posture(['findings', '--severity', 'low'], world, { cwd: await twoScans() });
    expect(out).toBe('\nNo finding fits.\n\n');
  });

  test('of an account that was never scanned are not said to be none', async () => {
    const { code, out, err } = await posture(['findings', '--account', '999999999999'], world, { cwd: await twoScans() });
    expect([code, out, err]).toEqual([
      2,
      '',
      'posture: no complete scan of account 999999999999 is kept here, so nothing is known; "posture scan" makes one\n',
    ]);
  });

  test('as JSON have their history', async () => {
    const { out } = await posture(['findings', '--all', '--check', 's3-bucket-public-write-absent', '--format', 'json'], world, {
      cwd: await twoScans(),
    });
    const [evil] = JSON.parse(out).findings;
    expect(evil).toMatchObject({ state: 'resolved', firstSeenAt: '2026-11-16T08:00:00.000Z', resolvedAt: '2026-11-17T08:00:00.000Z' });
    expect(evil.history.map(({ kind }: { kind: string }) => kind)).toEqual(['opened', 'resolved']);
  });
});

test.each([['findings'], ['runs'], ['diff', 'previous', 'latest']])('%s without a store makes none', async (...argv) => {
  const cwd = emptyFolder();
  const { code, err } = await posture(argv, world, { cwd });
  expect([code, err]).toEqual([
    2,
    'posture: there is no store at .posture/findings.db; run "posture scan" first, or name it with --store\n',
  ]);
  expect(existsSync(join(cwd, '.posture'))).toBe(false);
});

test.each(['findings', 'runs'])('%s of what is no account', async (command) => {
  expect((await posture([command, '--account', 'prod'], world)).err).toBe(
    'posture: "prod" is not an account id; expected 12 digits in --account\n',
  );
});

test('runs are listed newest first', async () => {
  const { out } = await posture(['runs'], world, { cwd: await twoScans() });
  expect(out.replace(/Z-[0-9a-f]{4}/g, 'Z-0000')).toMatchInlineSnapshot(`
    "
    Run                    Started (UTC)     Took  Verdicts  Unknown
    20261117T080000Z-0000  2026-11-17 08:00  0 s          5        0
    20261116T080000Z-0000  2026-11-16 08:00  0 s          5        0

    "
  `);
});

describe('diff', () => {
  test('tells what changed', async () => {
    const { code, out } = await posture(['diff', 'previous', 'latest'], world, { cwd: await twoScans() });
    expect(code).toBe(0);
    expect(out.replace(/Z-[0-9a-f]{4}/g, 'Z-0000')).toMatchInlineSnapshot(`
      "
      Account  123456789012
      From     2026-11-16 08:00 UTC  20261116T080000Z-0000
      To       2026-11-17 08:00 UTC  20261117T080000Z-0000

      1 opened, 1 resolved, 0 changed, 1 unchanged

      Opened
      CRITICAL  s3-bucket-public-write-absent  1 resource
        S3 buckets should not let the public write
        fine      eu-west-1  2026-11-17  its policy lets anybody write

      Resolved
      CRITICAL  s3-bucket-public-write-absent  1 resource
        S3 buckets should not let the public write
        evil      eu-west-1  2026-11-16  its policy lets anybody write

      "
    `);
  });

  test('as JSON, the other way round', async () => {
    const { out } = await posture(['diff', 'latest', 'previous', '--format', 'json'], world, { cwd: await twoScans() });
    const { opened, resolved, unchanged } = JSON.parse(out);
    expect([opened[0].resource.id, resolved[0].resource.id, unchanged]).toEqual(['evil', 'fine', 1]);
  });

  test('by id', async () => {
    const cwd = await twoScans();
    const { out } = await posture(['runs', '--format', 'json'], world, { cwd });
    const [to, from] = JSON.parse(out).runs.map(({ id }: { id: string }) => id);
    expect((await posture(['diff', from, to], world, { cwd })).out).toContain('1 opened, 1 resolved, 0 changed, 1 unchanged');
  });

  test('says what the two did not both look at', async () => {
    const cwd = await twoScans();
    await posture(['scan', '--checks', 's3-bucket-tls-only'], world, { cwd, now: () => new Date('2026-11-18T08:00:00Z') });
    expect((await posture(['diff', 'previous', 'latest'], world, { cwd })).out).toContain(
      'The runs did not ask the same checks: 2 differ.',
    );
  });

  test.each([
    [['previuos', 'latest'], 'there is no run "previuos"; did you mean "previous"?'],
    [['20200101T000000Z-ffff-no-such-run', 'latest'], 'there is no run "20200101T000000Z-ffff-no-such-run"; "posture runs" lists them'],
    [['latest'], 'missing required argument \'to\'; see "posture diff --help"'],
  ])('%j', async (argv, said) => {
    expect(await posture(['diff', ...argv], world, { cwd: await twoScans() })).toEqual({ code: 2, out: '', err: `posture: ${said}\n` });
  });

  test('of a single run', async () => {
    const cwd = emptyFolder();
    await posture(['scan'], world, { cwd });
    expect((await posture(['diff', 'previous', 'latest'], world, { cwd })).err).toBe(
      'posture: there is no previous run to compare: 1 complete so far; run "posture scan"\n',
    );
  });
});

describe('doctor', () => {
  test('names what is denied, and what that blinds', async () => {
    const denied = { ...deniedAcl, operation: 'ec2:ReadpolicyIsPublic', permissions: ['ec2:ReadpolicyIsPublic'] };
    const { code, out } = await posture(['doctor'], fakeWorld({ encryption: { 'eu-west-1': true }, buckets: { dark: denied } }));
    expect(code).toBe(3);
    expect(out).toMatchInlineSnapshot(`
      "
      Account   123456789012
      Caller    arn:aws:iam::123456789012:user/auditor
      Tried in  1 region and what is global

      2 of 4 calls allowed, 1 refused, 1 not tried

      Denied
        Call                    Needs                   Where
        ec2:ReadpolicyIsPublic  ec2:ReadpolicyIsPublic  eu-west-1

      Blinded, wholly or in part: 1 check of 3
        Check                          Cannot see
        s3-bucket-public-write-absent  ec2:ReadpolicyIsPublic

      Not tried
        Nothing in the account gave cause to ask these, so whether they are allowed is
        not known:
        ec2:ReadebsEncryptionByDefault

      "
    `);
  });

  test('finds nothing missing', async () => {
    expect((await posture(['doctor', '--format', 'json'], fakeWorld(monday))).code).toBe(0);
  });

  test('prints the policy without asking AWS', async () => {
    const offline = fakeWorld(monday, { signIn: () => Promise.reject(new Error('asked')) });
    const { code, out } = await posture(['doctor', '--policy', '--checks', 'ec2-ebs-encryption-default'], offline);
    expect([code, JSON.parse(out).Statement[0].Action]).toEqual([
      0,
      ['cloudtrail:LookupEvents', 'ec2:DescribeRegions', 'ec2:ListebsEncryptionByDefault', 'ec2:ReadebsEncryptionByDefault'],
    ]);
  });
});

describe('help', () => {
  test.each([
    'scan',
    'findings',
    'diff',
    'runs',
    'checks',
    'explain',
    'doctor',
    'estimate',
  ])('%s has examples, on 80 columns and stdout', async (command) => {
    const { code, out, err } = await posture([command, '--help'], world);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`$ posture ${command}`);
  });

  test('no command at all is wrong usage', async () => {
    const { code, out, err } = await posture([], world);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining('Usage: posture')]);
  });

  test('an unknown command names the nearest', async () => {
    expect(await posture(['scna'], world)).toEqual({
      code: 2,
      out: '',
      err: 'posture: unknown command \'scna\' (Did you mean scan?); see "posture --help"\n',
    });
  });

  test('the version is that of the package', async () => {
    expect((await posture(['--version'], world)).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
