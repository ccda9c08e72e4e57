import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Account, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const account: Account = { encryption: { 'eu-west-1': false }, buckets: { evil: true, fine: true } };
const world = fakeWorld(account);

const exception = (change: Readonly<Record<string, string>> = {}) => {
  const keys = {
    ...{ check: 's3-bucket-public-write-absent', resource: '"arn:aws:s3:::ev*"', reason: 'it moves in December' },
    ...{ owner: 'web@example.com', expires: '2026-12-24', ticket: 'OPS-1', ...change },
  };
  return `exceptions:\n  - ${Object.entries(keys)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n    ')}\n`;
};
const MONDAY = { now: () => new Date('2026-11-16T08:00:00Z') };
const CHRISTMAS = { now: () => new Date('2026-12-25T08:00:00Z') };

function folderWith(yaml: string): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'posture.yaml'), yaml);
  return cwd;
}

async function rowsOf(argv: readonly string[], given: { cwd: string; now: () => Date }) {
  const { out, code } = await posture(['scan', '--format', 'json', ...argv], world, given);
  const { findings }: { findings: { resource: { id: string }; open: boolean; status: string; exception: { owner: string } | null }[] } =
    JSON.parse(out);
  return { code, rows: findings.map(({ resource, open, status, exception: by }) => [resource.id, status, open, by?.owner ?? null]) };
}

describe('a scan with an exception', () => {
  test.each([[[]], [['--no-store']]])('shows what fails as excepted: %j', async (argv) => {
    const { code, rows } = await rowsOf([...argv, '--checks', 's3-bucket-public-write-absent'], {
      cwd: folderWith(exception()),
      ...MONDAY,
    });
    expect(rows).toEqual([
      ['evil', 'FAIL', false, 'web@example.com'],
      ['fine', 'FAIL', true, null],
    ]);
    expect(code, 'what is open counts').toBe(1);
  });

  test('fails for nothing that is excepted', async () => {
    const all = exception({ resource: '"*"', accounts: "['123456789012']" });
    const { code } = await rowsOf(['--checks', 's3-bucket-public-write-absent'], { cwd: folderWith(all), ...MONDAY });
    expect(code).toBe(0);
  });

  test('says so in its summary, and opens it again when it has ended', async () => {
    const cwd = folderWith(exception());
    const { out } = await posture(['scan'], world, { cwd, ...MONDAY });
    expect(out.replace(/\s+/g, ' ')).toContain('1 finding excepted, not counted as open: "posture exceptions" says by whom and until when');
    const later = await posture(['scan'], world, { cwd, ...CHRISTMAS });
    expect(later.out).toContain('1 no longer excepted');
    expect(later.out).not.toContain('not counted as open');
  });

  test('lists it with by whom and until when', async () => {
    const cwd = folderWith(exception());
    await posture(['scan'], world, { cwd, ...MONDAY });
    const { out } = await posture(['findings', '--state', 'excepted'], world, { cwd, ...MONDAY });
    expect(out.replace(/\s+/g, ' ')).toContain('excepted by web@example.com until 2026-12-24 (OPS-1): its policy lets anybody write');
    const { out: json } = await posture(['findings', '--state', 'open', '--format', 'json'], world, { cwd, ...MONDAY });
    expect(JSON.parse(json).findings.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual(['fine', 'eu-west-1']);
  });

  test('lapses where nobody may look any more', async () => {
    const cwd = folderWith(exception({ check: 's3-bucket-tls-only', resource: '"arn:aws:s3:::*"' }));
    await posture(['scan'], world, { cwd, ...MONDAY });
    const { rows } = await rowsOf([], { cwd, ...CHRISTMAS });
    expect(rows.filter(([, , , owner]) => owner !== null)).toEqual([]);
  });

  test('that is wrong begins nothing', async () => {
    const { code, err, out } = await posture(['scan'], world, { cwd: folderWith(exception({ expires: '2028-01-01' })), ...MONDAY });
    expect([code, out]).toEqual([2, '']);
    expect(err).toBe(
      'posture: posture.yaml:6:14: exceptions[0].expires: expected a day at most 400 days ahead, 2027-12-21 or earlier, found "2028-01-01"\n',
    );
  });
});

describe('exceptions', () => {
  test('are listed with what they cover', async () => {
    const cwd = folderWith(exception());
    await posture(['scan'], world, { cwd, ...MONDAY });
    const { code, out } = await posture(['exceptions'], world, { cwd, ...MONDAY });
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('2026-12-24 in force 1 web@example.com OPS-1 s3-bucket-public-write-');
    expect(out).toContain('1 exception, none to look at again');
  });

  test.each([
    ['in force', exception(), MONDAY, [], 0],
    ['ended', exception(), CHRISTMAS, ['ended'], 1],
    ['ending soon', exception({ expires: '2026-11-20' }), MONDAY, ['ends within 14 days'], 1],
    ['of nothing', exception({ resource: 'arn:aws:s3:::other' }), MONDAY, ['matches nothing'], 1],
  ])('%s exit as --strict says', async (_how, yaml, given, flags, expected) => {
    const cwd = folderWith(yaml);
    await posture(['scan'], world, { cwd, ...MONDAY });
    const { code, out } = await posture(['exceptions', '--strict', '--format', 'json'], world, { cwd, ...given });
    expect(JSON.parse(out).exceptions.map((each: { flags: readonly string[] }) => each.flags)).toEqual([flags]);
    expect(code).toBe(expected);
  });

  test('before the first scan say nothing of what they match', async () => {
    const { code, out } = await posture(['exceptions', '--strict', '--format', 'json'], world, { cwd: folderWith(exception()), ...MONDAY });
    expect(JSON.parse(out).exceptions).toMatchObject([{ findings: null, flags: [] }]);
    expect(code).toBe(0);
  });

  test('none is none', async () => {
    const { out } = await posture(['exceptions'], world, { cwd: emptyFolder(), ...MONDAY });
    expect(out).toBe('\nThere are no exceptions.\n\n');
  });
});
