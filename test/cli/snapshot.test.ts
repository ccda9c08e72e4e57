import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EXIT } from '../../cli/exit-codes.ts';
import { type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const COLLECTED = new Date('2026-11-01T06:00:00Z');
const ALL = ['--all', '--format', 'json'] as const;

/** A world without AWS: signing in is a fault. */
const nowhere = (account: Account = {}) =>
  fakeWorld(account, {
    signIn: () => Promise.reject(new Error('signed in')),
    planScopes: () => Promise.reject(new Error('planned')),
    openStore: () => Promise.reject(new Error('opened a store')),
    openTopic: () => Promise.reject(new Error('opened a topic')),
  });

const mixed: Account = {
  encryption: { 'eu-west-1': true, 'us-east-1': false, 'eu-north-1': deniedAcl },
  buckets: { photos: true, logs: false, secret: deniedAcl },
  tags: { __proto__: 'x', team: 'payments' },
};

async function collectedIn(cwd: string, account: Account, file = 'snapshot.json.gz', now = COLLECTED, argv: readonly string[] = []) {
  const ran = await posture(['collect', '-o', file, ...argv], fakeWorld(account), { cwd, now: () => now });
  expect(ran).toMatchObject({ code: EXIT.clean, err: '' });
  return ran;
}

const rowsOf = ({ out }: { readonly out: string }) => JSON.parse(out).findings;

describe('posture collect', () => {
  test('says what it has collected, and how to go on', async () => {
    const { out } = await collectedIn(emptyFolder(), mixed);
    expect(out).toContain('6 resources in 4 listings of 3 regions and what is global');
    expect(out).toContain('s3:GetBucketAcl in eu-north-1');
    expect(out).toContain('posture scan --snapshot snapshot.json.gz');
  });

  test('writes a file for its owner alone, and leaves no draft', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, mixed);
    expect(readdirSync(cwd)).toEqual(['snapshot.json.gz']);
    expect(statSync(join(cwd, 'snapshot.json.gz')).mode & 0o777).toBe(0o600);
  });

  test('collects for checks that the configuration switches off', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'posture.yaml'), 'checks:\n  ec2-ebs-encryption-default:\n    enabled: false\n');
    await collectedIn(cwd, mixed);
    const ran = await posture(['scan', '--snapshot', 'snapshot.json.gz', '--checks', 'ec2-ebs-encryption-default', ...ALL], nowhere(), {
      cwd,
    });
    expect(rowsOf(ran).map(({ status }: { status: string }) => status)).toEqual(['FAIL', 'UNKNOWN', 'PASS']);
  });

  test('leaves nothing behind when there is no way in', async () => {
    const cwd = emptyFolder();
    const ran = await posture(['collect', '-o', 'snapshot.json.gz'], nowhere(), { cwd });
    expect(ran.code).toBe(EXIT.bug);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('leaves nothing behind when it is stopped, and an earlier file as it was', async () => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'snapshot.json.gz'), 'before');
    const stop = new AbortController();
    const world = fakeWorld(mixed, { sources: () => new Promise(() => stop.abort()) });
    const ran = await Promise.race([
      posture(
        ['collect', '-o', 'snapshot.json.gz'],
        { ...world, signIn: () => new Promise(() => stop.abort()) },
        { cwd, interrupted: stop.signal },
      ),
    ]);
    expect(ran.code).toBe(EXIT.interrupted);
    expect(readdirSync(cwd)).toEqual(['snapshot.json.gz']);
    expect(readFileSync(join(cwd, 'snapshot.json.gz'), 'utf8')).toBe('before');
  });

  test('refuses to write where nothing can be written, before it asks AWS', async () => {
    for (const output of ['no/such/folder/x.gz', '.', '-']) {
      const ran = await posture(['collect', '-o', output], nowhere());
      expect(ran.code, output).toBe(EXIT.usage);
      expect(ran.err.split('\n')).toHaveLength(2);
    }
  });

  test('with --strict-coverage ends with 3 when something could not be read', async () => {
    const ran = await posture(['collect', '-o', 'x.gz', '--strict-coverage'], fakeWorld(mixed));
    expect(ran.code).toBe(EXIT.incomplete);
  });
});

describe('posture scan --snapshot', () => {
  test('gives the very rows of the live scan, without AWS', async () => {
    const cwd = emptyFolder();
    const live = await posture(['scan', '--no-store', ...ALL], fakeWorld(mixed), { cwd, now: () => COLLECTED });
    await collectedIn(cwd, mixed);
    const offline = await posture(['scan', '--snapshot', 'snapshot.json.gz', ...ALL], nowhere(), { cwd });
    expect(rowsOf(live).length).toBeGreaterThan(5);
    expect(rowsOf(offline)).toStrictEqual(rowsOf(live));
    expect(offline.code).toBe(live.code);
    expect(JSON.parse(offline.out).coverage).toStrictEqual(JSON.parse(live.out).coverage);
    expect(readdirSync(cwd)).toEqual(['snapshot.json.gz']);
  });

  test('a listing that broke off stays partial', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, { ...mixed, bucketsUnread: deniedAcl });
    const ran = await posture(['scan', '--snapshot', 'snapshot.json.gz', ...ALL], nowhere(), { cwd });
    expect(JSON.parse(ran.out).coverage.scopes[0].incompleteTypes).toEqual(['AWS::S3::Bucket']);
  });

  test('says that it judges as of when the snapshot was collected, or as of the time that is named', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, mixed);
    const scan = (...argv: readonly string[]) =>
      posture(['scan', '--snapshot', 'snapshot.json.gz', ...argv], nowhere(), {
        cwd,
        columns: 120,
        now: () => new Date('2026-12-24T00:00:00Z'),
      });
    expect((await scan()).out).toContain('collected 2026-11-01 06:00 UTC by posture 0.1.0; judged as of then');
    expect((await scan('--as-of', 'now')).out).toContain('judged as of 2026-12-24 00:00 UTC');
    expect((await scan('--as-of', '2027-01-02')).out).toContain('judged as of 2027-01-02 00:00 UTC');
    expect(await scan('--as-of', 'yesterday')).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('"yesterday" is no time') });
  });

  test('what the snapshot does not hold is unknown, never absent', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, mixed, 'snapshot.json.gz', COLLECTED, ['--checks', 's3-bucket-public-write-absent']);
    const ran = await posture(['scan', '--snapshot', 'snapshot.json.gz', '--checks', 'ec2-ebs-encryption-default', ...ALL], nowhere(), {
      cwd,
    });
    const rows: readonly { status: string; reason: string; unread: { cause: string } }[] = rowsOf(ran);
    expect(rows.map(({ status, unread }) => [status, unread.cause])).toEqual(rows.map(() => ['UNKNOWN', 'no-data']));
    expect(rows).toHaveLength(3);
    expect(rows[0]?.reason).toContain('the snapshot does not hold it');
  });

  test('keeps what it finds only where a store is named, as of the time of the snapshot', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, mixed);
    const { openStore } = fakeWorld({});
    const ran = await posture(['scan', '--snapshot', 'snapshot.json.gz', '--store', 'kept.db'], { ...nowhere(), openStore }, { cwd });
    expect(ran.code).toBe(EXIT.findings);
    const kept = await posture(['findings', '--store', 'kept.db', '--format', 'json'], fakeWorld({}), { cwd });
    expect(kept.out).toContain('2026-11-01T06:00:00.000Z');
  });

  test('asks no region that was not collected', async () => {
    const cwd = emptyFolder();
    await collectedIn(cwd, mixed, 'snapshot.json.gz', COLLECTED, ['--regions', 'us-east-1']);
    const ran = await posture(['scan', '--snapshot', 'snapshot.json.gz', '--regions', 'eu-west-1'], nowhere(), { cwd });
    expect(ran).toMatchObject({ code: EXIT.usage, err: expect.stringContaining('does not hold the region eu-west-1; it holds us-east-1') });
  });

  test.each([
    ['--topic', 'arn:aws:sns:eu-west-1:111122223333:name'],
    ['--role-arn', 'arn:aws:iam::111122223333:role/audit'],
  ])('refuses %s, which needs AWS', async (option, value) => {
    const ran = await posture(['scan', '--snapshot', 'x.gz', option, value], nowhere());
    expect(ran).toMatchObject({ code: EXIT.usage, err: expect.stringContaining(`${option} needs AWS`) });
  });

  test('refuses --as-of without a snapshot', async () => {
    expect(await posture(['scan', '--as-of', 'now'], nowhere())).toMatchObject({ code: EXIT.usage });
  });
});

describe('a file that is no sound snapshot is refused in one line', async () => {
  const cwd = emptyFolder();
  await collectedIn(cwd, mixed);
  const whole = readFileSync(join(cwd, 'snapshot.json.gz'));
  const [first = '', ...lines] = gunzipSync(whole).toString().split('\n');
  const packed = (...texts: readonly string[]) => gzipSync(texts.join('\n'));
  const newer = JSON.stringify({ ...JSON.parse(first), schemaVersion: 2, product: '9.0.0' });
  test.each<[string, Buffer | undefined, RegExp]>([
    ['not there', undefined, /cannot read the snapshot f\.gz \(ENOENT\)/],
    ['not compressed', Buffer.from('{}\n'), /it is no snapshot/],
    ['empty', Buffer.alloc(0), /it breaks off in the middle/],
    ['cut off in the compression', whole.subarray(0, whole.length - 20), /it breaks off in the middle/],
    ['cut off between lines', packed(first, ...lines.slice(0, 2), ''), /it breaks off in the middle/],
    ['cut off within a line', packed(first, lines[0]?.slice(0, 40) ?? ''), /it breaks off in the middle/],
    ['with a broken checksum', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)]), /it is damaged \(incorrect data check\)/],
    ['another compressed file', packed('{"hello":1}', ''), /it is no snapshot of "posture collect"/],
    ['compressed text', packed('hello', ''), /it is damaged: a line is no JSON/],
    ['of a newer version', packed(newer, ...lines), /posture 9\.0\.0 wrote it in form 2, and this posture reads up to 1/],
    ['without a resource', packed(first, ...lines.slice(1)), /./],
    ['going on after its end', packed(first, ...lines.slice(0, -1), lines.at(-2) ?? '', ''), /it goes on after its end/],
  ])('%s', async (_, bytes, said) => {
    const folder = emptyFolder();
    if (bytes) writeFileSync(join(folder, 'f.gz'), bytes);
    const ran = await posture(['scan', '--snapshot', 'f.gz'], nowhere(), { cwd: folder });
    expect(ran.err).toMatch(said);
    expect(ran).toMatchObject({ code: EXIT.usage, out: '' });
    expect(ran.err.split('\n')).toHaveLength(2);
  });
});
