import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { widthOf } from '../../cli/render/width.ts';
import { type Account, deniedAcl, emptyFolder, fakeWorld, posture } from './fake-world.ts';

const LONG = 'a-bucket-with-a-very-long-name-that-tells-of-every-team-it-ever-had';
const before: Account = {
  encryption: { 'eu-west-1': false, 'us-east-1': true, 'ap-southeast-2': deniedAcl },
  buckets: { evil: true, [LONG]: true, dark: deniedAcl },
  tags: { Name: 'prod' },
};
const after: Account = { ...before, encryption: { 'eu-west-1': true, 'us-east-1': false, 'ap-southeast-2': deniedAcl } };

async function twoScans(columns: number, tty = false): Promise<string> {
  const cwd = emptyFolder();
  await posture(['scan'], fakeWorld(before), { cwd, now: () => new Date('2026-11-20T10:00:00Z') });
  return (await posture(['scan'], fakeWorld(after), { cwd, columns, tty, env: { CI: 'true' } })).out;
}

test('the summary of a second scan', async () => {
  const text = await twoScans(80);
  expect(text.replace(/T084927Z-[0-9a-f]{4}/, 'T084927Z-0000')).toMatchInlineSnapshot(`
    "
    Account   123456789012
    Caller    arn:aws:iam::123456789012:user/auditor
    Scanned   3 regions (eu-west-1, us-east-1, ap-southeast-2) and what is global, 3
              checks, in 0 s
    Run       20261121T084927Z-0000

    Coverage  7 of 9 evaluations of 6 resources; 2 unknown:
              2 × access denied: s3:GetBucketAcl in 2 regions (ap-southeast-2,
              eu-west-1)
              not enabled in this account: ap-east-1

    Changes   1 opened, 0 reopened, 0 escalated, 1 resolved since 2026-11-20 10:00
              UTC
              + opened    MEDIUM  us-east-1  us-east-1  ec2-ebs-encryption-default
              - resolved  MEDIUM  eu-west-1  eu-west-1  ec2-ebs-encryption-default

    Severity       Open  New  Resolved  Unknown
    CRITICAL          2    ·         ·        1
    HIGH              ·    ·         ·        ·
    MEDIUM            1    1         1        1
    LOW               ·    ·         ·        ·
    INFORMATIONAL     ·    ·         ·        ·

    Fix first

    CRITICAL  s3-bucket-public-write-absent
      prod (a-bucket-with-a-ve…lls-of-every-team-it-ever-had)  eu-west-1  2026-11-20
        its policy lets anybody write
      prod (evil)                                              eu-west-1  2026-11-20
        its policy lets anybody write
      Fix      Block public access to the bucket.

    MEDIUM  ec2-ebs-encryption-default
      us-east-1  us-east-1  2026-11-21  new EBS volumes are not encrypted by default
      Fix      Turn it on in the region.
               aws ec2 enable-ebs-encryption-by-default --region us-east-1

    posture findings lists every one

    Kept in   .posture/findings.db
    Calls     4, none throttled; under 0.01 USD: read calls are free; GuardDuty, if
              it is on, reads their CloudTrail events at 4 USD per million

    "
  `);
});

describe.each([60, 80, 120])('on %i columns', (width) => {
  test('every line fits', async () => {
    for (const line of (await twoScans(width)).split('\n')) expect(widthOf(line), line).toBeLessThanOrEqual(width);
  });

  test('colours change nothing else', async () => {
    const [plain, coloured] = [await twoScans(width), await twoScans(width, true)];
    const same = (text: string) => text.replace(/T084927Z-[0-9a-f]{4}/, '').replace(/ +$/gm, '');
    expect(coloured).toContain('\u001b[');
    expect(same(stripVTControlCharacters(coloured))).toBe(same(plain));
  });
});

describe('colours', () => {
  test.each([
    ['on a terminal', true, [], {}, true],
    ['in a pipe', false, [], {}, false],
    ['with NO_COLOR', true, [], { NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', true, [], { NO_COLOR: '' }, true],
    ['with FORCE_COLOR in a pipe', false, [], { FORCE_COLOR: '1' }, true],
    ['with FORCE_COLOR=0 on a terminal', true, [], { FORCE_COLOR: '0' }, false],
    ['with both', true, [], { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['with --no-color', true, ['--no-color'], { FORCE_COLOR: '1' }, false],
    ['on a dumb terminal', true, [], { TERM: 'dumb' }, false],
  ] as const)('%s', async (_name, tty, argv, env, coloured) => {
    const { out } = await posture(['checks', ...argv], fakeWorld({}), { tty, env });
    expect(out.includes('\u001b[')).toBe(coloured);
  });
});

test('hostile names are inert wherever they stand', async () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J\u202eevil\u2066\r\nPASS';
  const account = { encryption: { 'eu-west-1': true }, buckets: { [hostile]: true }, tags: { Name: hostile } };
  const cwd = emptyFolder();
  for (const argv of [['scan'], ['scan', '--all'], ['scan', '--format', 'json'], ['findings'], ['findings', '--format', 'ndjson']]) {
    const { out, err } = await posture(argv, fakeWorld(account), { cwd });
    expect((out + err).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(out).toContain('evil');
  }
});

test('nothing found is said so', async () => {
  const { out } = await posture(['scan'], fakeWorld({ encryption: { 'eu-west-1': true } }));
  expect(out).toContain('Nothing found.\n');
  expect(out).toContain('nothing unknown');
});

test('nothing found in what could be seen is not the same', async () => {
  const { out } = await posture(['scan'], fakeWorld({ encryption: { 'eu-west-1': deniedAcl } }));
  expect(out).toContain('Nothing found in what could be seen.\n');
});

test('hints name the store that was named', async () => {
  const { out } = await posture(['scan', '--store', 'kept.db'], fakeWorld(before));
  expect(out).toContain('posture findings --store kept.db lists every one');
});

test('after --all there is no hint where to find every one', async () => {
  const { out } = await posture(['scan', '--all', '--no-store'], fakeWorld(before));
  expect(out).not.toContain('lists every one');
});

test('a finding less severe than the worst of its check says so', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'raised.yaml'), 'checks: { ec2-ebs-encryption-default: { severity: CRITICAL } }\n');
  const off = { 'eu-west-1': false, 'us-east-1': false };
  await posture(['scan', '--config', 'raised.yaml'], fakeWorld({ encryption: off }), { cwd });
  const { out } = await posture(['scan'], fakeWorld({ encryption: { ...off, 'eu-west-1': deniedAcl } }), { cwd, columns: 200 });
  expect(out).toContain('CRITICAL  ec2-ebs-encryption-default');
  expect(out).toMatch(/us-east-1 .* MEDIUM: new EBS volumes are not encrypted by default/);
  expect(out).toMatch(/eu-west-1 .* last seen failing: new EBS volumes/);
});
