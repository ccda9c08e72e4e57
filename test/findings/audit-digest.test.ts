import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Severity } from '../../checks/check.ts';
import { type Change, toDigestMessage } from '../../findings/digest.ts';
import type { DigestKind, Refusal } from '../../findings/digest-content.ts';
import { type DigestFold, foldDigest } from '../../findings/digest-fold.ts';
import type { TransitionKind } from '../../findings/finding.ts';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import type { Message } from '../../findings/message.ts';
import { toPosture } from '../../findings/posture.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import type { Gap } from '../../inventory/coverage.ts';
import { ana, cause, kept } from './activity-samples.ts';
import { entry, finding, group, run } from './samples.ts';

const RUN = { id: '20261121T084927Z-3f2a', startedAt: '2026-11-21T08:49:27.000Z' };
const [ONE, TWO, THREE] = ['111122223333', '222233334444', '333344445555'] as const;

interface Told {
  readonly kind?: DigestKind;
  readonly changes?: readonly Change[];
  readonly gaps?: readonly Gap[];
  readonly refusal?: Refusal;
  readonly activities?: readonly KeptActivity[];
}

function digestOf(accounts: Readonly<Record<string, Told>>): Message {
  const digest = foldDigest(RUN);
  for (const [accountId, told] of Object.entries(accounts)) addTo(digest, accountId, told);
  const content = digest.content('2026-11-21T08:55:01.000Z');
  if (!content) throw new Error('nothing to tell');
  return toDigestMessage(content);
}

function addTo(digest: DigestFold, accountId: string, { kind = 'changes', changes = [], gaps = [], refusal, activities = [] }: Told): void {
  const account = digest.begin(accountId, kind);
  for (const change of changes) account.tell(change);
  for (const activity of activities) account.did(activity);
  const planned = refusal ? 0 : 18;
  const failed = gaps.filter(({ operation }) => operation === 'scan').length;
  account.end({
    ...{ coverage: run(8).coverage, newGaps: gaps, refusal, scopes: { planned, seen: planned - failed } },
    posture: toPosture(
      changes.map((change) => change.finding),
      kind === 'changes' ? changes : [],
    ),
  });
}

function change(accountId: string, id: string, severity: Severity = 'MEDIUM', kind: TransitionKind = 'opened'): Change {
  const resource = { ...group(id), accountId };
  const history = [{ ...entry(kind, 8, severity), reason: 'passes now' }];
  return {
    kind,
    finding: finding(id, { id: `${accountId} ${id}`, resource, severity, history, state: kind === 'resolved' ? 'resolved' : 'open' }),
  };
}

function done(accountId: string, id: string, hour: number, severity: Severity = 'MEDIUM'): KeptActivity {
  return kept(id, hour, { severity, actor: ana, event: { ...kept(id, hour).event, accountId } });
}

function denied(operation: string, region = 'eu-north-1'): Gap {
  return { operation, cause: 'denied', permissions: [operation], region, message: `${operation}: denied`, count: 2 };
}

function refusal(accountId: string, isNew = true): Refusal {
  const message = `sts:AssumeRole: AccessDenied: not allowed on resource: arn:aws:iam::${accountId}:role/cloud-posture-audit`;
  return { gap: { ...denied('sts:AssumeRole', 'global'), message }, isNew };
}

const REGIONAL = [
  'ec2:DescribeVpcs',
  'ec2:DescribeSubnets',
  'ec2:DescribeInstances',
  'ec2:DescribeImages',
  'ssm:DescribeInstanceInformation',
];
const failedScan: Gap = { operation: 'scan', cause: 'failed', permissions: [], region: 'us-east-1', message: 'did not finish', count: 1 };

describe('the digest of three accounts, of which one has no role and one a closed region', () => {
  const digest = digestOf({
    [ONE]: { changes: [change(ONE, 'sg-1', 'HIGH'), change(ONE, 'sg-2', 'MEDIUM', 'resolved')], gaps: [failedScan] },
    [TWO]: { changes: [change(TWO, 'sg-3')], gaps: REGIONAL.map((operation) => denied(operation)) },
    [THREE]: { refusal: refusal(THREE) },
  });

  test('says what it comes to', () => {
    expect(digest.subject).toBe('[HIGH][DIGEST] 3 accounts: 2 opened, 1 resolved, 1 account refused, 1 scope failed, 5 reads refused');
    expect(digest.attributes).toEqual({ severity: 'HIGH', event: 'digest' });
    expect(digest).toMatchObject({ thread: 'digest', deduplicationId: `digest-${RUN.id}` });
  });

  test('says what to do, what changed where, and what could not be read', () => {
    expect(digest.text).toBe(`Changes in 3 accounts: 2 opened, 1 resolved, 1 account refused, 1 scope
failed, 5 reads refused
To put one right: "posture explain <check>" tells how.
To see all again: do what the last lines say.
Run 20261121T084927Z-3f2a, begun 2026-11-21 08:49 UTC
Seen: 2 of 3 accounts, 35 of 36 scopes, 30 resources, none unknown

HIGH NEW
  sg-1, 111122223333, eu-west-1: SSH (22) open to the internet
    (ec2-security-group-admin-ports-closed)

MEDIUM NEW
  sg-3, 222233334444, eu-west-1: SSH (22) open to the internet
    (ec2-security-group-admin-ports-closed)

MEDIUM RESOLVED
  sg-2, 111122223333, eu-west-1: SSH (22) open to the internet; passes
    now
    (ec2-security-group-admin-ports-closed)

Could not be entered, so not judged:
  333344445555: access denied; deploy the member stack there: it brings
    the role cloud-posture-audit and the external id that lets us in

Could not be read, so not judged:
  5 operations in eu-north-1 of 222233334444: access denied; allow
    ec2:DescribeImages, ec2:DescribeInstances, ec2:DescribeSubnets,
    ec2:DescribeVpcs, ssm:DescribeInstanceInformation
  scan in us-east-1 of 111122223333: did not finish; the next audit
    tries again
`);
  });

  test('tells programs each account', () => {
    expect(digest.json).toMatchObject({
      ...{ schemaVersion: 1, type: 'digest', event: 'changes', run: { id: RUN.id, accountId: null } },
      posture: { open: 2, opened: 2, resolved: 1 },
      changes: [{ accountId: ONE, severity: 'HIGH' }, { accountId: TWO }, { accountId: ONE, event: 'resolved' }],
      coverage: { resources: 30 },
      newGaps: [{ accountId: ONE, operation: 'scan' }, ...REGIONAL.map(() => ({ accountId: TWO }))],
      ...{ moreChanges: 0, moreGaps: 0, moreAccounts: 0 },
      accounts: [
        { accountId: ONE, event: 'changes', changes: 2, open: 1, opened: 1, resolved: 1, scopes: { planned: 18, seen: 17 }, newGaps: 1 },
        { accountId: THREE, changes: 0, refused: { operation: 'sts:AssumeRole', cause: 'denied' } },
        { accountId: TWO, changes: 1, newGaps: 5, refused: null },
      ],
    });
  });
});

test('every field of a digest is described', () => {
  const activities = [{ ...done(ONE, 'a', 8), event: { ...done(ONE, 'a', 8).event, errorCode: 'AccessDenied' } }];
  const digest = digestOf({
    [ONE]: { changes: [change(ONE, 'sg-1')], gaps: [failedScan], activities },
    [THREE]: { refusal: refusal(THREE) },
  });
  const described = readFileSync(join(import.meta.dirname, '../../docs/messages.md'), 'utf8');
  const fields = new Set<string>();
  JSON.stringify(digest.json, (key, value: unknown) => {
    if (key !== '' && !/^\d+$|^[A-Z]+$/.test(key)) fields.add(key);
    return value;
  });
  expect([...fields].filter((field) => !described.includes(`\`${field}\``))).toEqual([]);
});

describe('a digest of what people did', () => {
  const digest = digestOf({
    [ONE]: { activities: [done(ONE, 'a', 7), done(ONE, 'b', 8), done(ONE, 'c', 9, 'HIGH'), done(ONE, 'd', 9, 'LOW')] },
    [TWO]: { activities: [done(TWO, 'e', 8, 'LOW')] },
  });

  test('says what it comes to', () => {
    expect(digest.subject).toBe(`[MEDIUM][DIGEST] ${ONE}: 4 activities`);
    expect(digest.attributes).toMatchObject({ severity: 'MEDIUM' });
  });

  test('counts it for each check and account, and shows the worst and newest with who did it', () => {
    expect(digest.text).toBe(`Changes in account 111122223333: 4 activities
Run 20261121T084927Z-3f2a, begun 2026-11-21 08:49 UTC
Seen: 2 accounts, 36 scopes, 20 resources, none unknown

Activity, the worst first (CRITICAL and HIGH were told at once: 1):
  HIGH activity-root-signed-in in 111122223333: 1
  MEDIUM activity-root-signed-in in 111122223333: 2
  LOW activity-root-signed-in in 111122223333: 1
  LOW activity-root-signed-in in 222233334444: 1

In detail:
  2026-11-21 08:00 UTC MEDIUM: Root signed in without MFA
    (111122223333, us-east-1, ana@example.com as AdministratorAccess,
    console, MFA, from 198.51.100.7)
  2026-11-21 07:00 UTC MEDIUM: Root signed in without MFA
    (111122223333, us-east-1, ana@example.com as AdministratorAccess,
    console, MFA, from 198.51.100.7)
  2026-11-21 09:00 UTC LOW: Root signed in without MFA
    (111122223333, us-east-1, ana@example.com as AdministratorAccess,
    console, MFA, from 198.51.100.7)
  2026-11-21 08:00 UTC LOW: Root signed in without MFA
    (222233334444, us-east-1, ana@example.com as AdministratorAccess,
    console, MFA, from 198.51.100.7, of account 111122223333)
`);
  });

  test('is of bounded size, however much was done, and says how much it was', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({
      ...done(ONE, `a-${n}`, n % 24),
      checkId: `activity-${'x'.repeat(n % 90)}-${n % 900}`,
    }));
    const large = digestOf({ [ONE]: { activities: many, changes: Array.from({ length: 300 }, (_, n) => change(ONE, `sg-${n}`)) } });
    expect(Buffer.byteLength(toPublication(large).Message)).toBeLessThan(262_144);
    expect(large.json).toMatchObject({ activities: { total: 5_000, bySeverity: { MEDIUM: 5_000 } }, moreChanges: expect.any(Number) });
    expect(large.text.split('\n').length).toBeLessThan(250);
    expect(large.text).toMatch(/\n {2}and \d+ more\n\nThe newest of it:\n/);
  });

  test('is in plain lines, whatever they call themselves', () => {
    const odd = { ...done(ONE, 'a', 8), reason: 'a\nb', checkId: '\u001b[2J', actor: { ...ana, name: '\u202Egnp\nexe', from: '\u2028' } };
    const { text, subject } = digestOf({ [ONE]: { activities: [odd] } });
    expect(subject).toMatch(/^[ -~]+$/);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(text.split('\n').length).toBeLessThan(15);
  });
});

test('a change of which is known who is behind it says so', () => {
  const one = change(ONE, 'sg-1');
  const history = one.finding.history.map((step) => ({ ...step, cause: cause(8) }));
  const { text } = digestOf({ [ONE]: { changes: [{ ...one, finding: { ...one.finding, history } }] } });
  expect(text).toContain('\n    (ec2-security-group-admin-ports-closed, by ana@example.com as\n    AdministratorAccess)\n');
});

describe('a digest of many accounts in which one has news', () => {
  const quiet = { [TWO]: {}, [THREE]: { refusal: refusal(THREE, false) } };

  test('speaks of that account', () => {
    const digest = digestOf({ ...quiet, [ONE]: { changes: [change(ONE, 'sg-1')] } });
    expect(digest.subject).toBe(`[MEDIUM][DIGEST] ${ONE}: 1 opened`);
    expect(digest.attributes).toMatchObject({ accountId: ONE });
    expect(digest.text).toContain(`Changes in account ${ONE}: 1 opened\n`);
    expect(digest.text).toContain('\nSeen: 2 of 3 accounts, 36 scopes, 30 resources, none unknown\n');
    expect(digest.text).toContain('\n  sg-1, eu-west-1: SSH');
    expect(digest.text).not.toContain(THREE);
  });

  test('that lets nobody in, says so as HIGH', () => {
    expect(digestOf({ ...quiet, [ONE]: { refusal: refusal(ONE) } }).subject).toBe(`[HIGH][DIGEST] ${ONE}: 1 account refused`);
  });
});

test.each([
  ['whose regions may not be listed', denied('ec2:DescribeRegions', 'global'), 'access denied; allow ec2:DescribeRegions'],
  ['in which STS does not answer', { ...refusal(ONE).gap, cause: 'timeout' as const }, 'no answer; the next audit tries again'],
])('an account %s is named with what to do', (_what, gap, words) => {
  expect(digestOf({ [ONE]: { refusal: { gap, isNew: true } }, [TWO]: {} }).text).toContain(`\n  ${ONE}: ${words}\n`);
});

describe('reads that were refused', () => {
  const linesOf = (accounts: Readonly<Record<string, Told>>): string =>
    digestOf(accounts).text.split('Could not be read, so not judged:\n')[1] ?? '';

  test('alike in many places are told once, those in most accounts first', () => {
    const accounts = Array.from({ length: 40 }, (_, n) => String(100_000_000_000 + n));
    const regions = ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-east-2'];
    const everywhere = regions.map((region) => denied('ec2:DescribeVpcs', region));
    const told = accounts.map((id, n) => [id, { gaps: n < 2 ? [...everywhere, denied('ec2:DescribeImages')] : everywhere }] as const);
    expect(linesOf(Object.fromEntries(told))).toBe(`  ec2:DescribeVpcs in 4 regions of 40 accounts: access denied; allow
    ec2:DescribeVpcs
  ec2:DescribeImages in eu-north-1 of 100000000000, 100000000001: access
    denied; allow ec2:DescribeImages
`);
  });

  test('few in one region are told one by one', () => {
    expect(
      linesOf({ [ONE]: { gaps: REGIONAL.slice(0, 3).map((operation) => denied(operation)) } }),
    ).toBe(`  ec2:DescribeInstances in eu-north-1: access denied; allow
    ec2:DescribeInstances
  ec2:DescribeSubnets in eu-north-1: access denied; allow
    ec2:DescribeSubnets
  ec2:DescribeVpcs in eu-north-1: access denied; allow ec2:DescribeVpcs
`);
  });

  test('for another reason are told apart', () => {
    const gaps = REGIONAL.map((operation) => denied(operation));
    expect(linesOf({ [ONE]: { gaps: [...gaps, { ...denied('s3:GetBucketAcl'), cause: 'throttled', permissions: [] }] } })).toContain(
      '\n  s3:GetBucketAcl in eu-north-1: throttled\n',
    );
  });
});

describe('first audits', () => {
  const first = (accountId: string, count: number): Told => ({
    kind: 'baseline',
    changes: Array.from({ length: count }, (_, n) => change(accountId, `sg-${n}`, n === 0 ? 'CRITICAL' : 'LOW')),
  });

  test('of a whole organization are told together, account by account', () => {
    const digest = digestOf({ [ONE]: first(ONE, 3), [TWO]: first(TWO, 5), [THREE]: { refusal: refusal(THREE) } });
    expect(digest.subject).toBe('[CRITICAL][BASELINE] 3 accounts: 8 open, 2 CRITICAL, 1 account refused');
    expect(digest.attributes.event).toBe('baseline');
    expect(digest.text).toContain(`
By account, the worst first:
  222233334444: 5 open, 1 CRITICAL
  111122223333: 3 open, 1 CRITICAL
  333344445555: could not be entered
`);
  });

  test('beside changes are told below them, and do not crowd them out', () => {
    const digest = digestOf({ [ONE]: { changes: [change(ONE, 'sg-1', 'LOW')] }, [TWO]: first(TWO, 50), [THREE]: {} });
    expect(digest.subject).toBe('[CRITICAL][DIGEST] 2 accounts: 1 opened, 1 first audit (50 open)');
    expect(digest.text.match(/^(LOW NEW|First.*|CRITICAL|LOW|and .*)$/gm)).toEqual([
      'LOW NEW',
      `First audit of account ${TWO}: 50 open, 1 CRITICAL`,
      'CRITICAL',
      'LOW',
      'and 38 more, 38 LOW: "posture findings" lists every one that is open.',
    ]);
    expect(digest.json).toMatchObject({ event: 'changes', posture: { open: 51, opened: 1 }, moreChanges: 0 });
  });
});

describe('a digest of a hundred accounts', () => {
  const accounts = Array.from({ length: 100 }, (_, n) => String(100_000_000_000 + n));
  const severities = ['HIGH', 'MEDIUM', 'LOW'] as const;
  const toldOf = (id: string, n: number): Told =>
    n % 25 === 3
      ? { refusal: refusal(id) }
      : { kind: 'baseline', changes: Array.from({ length: 40 }, (_, m) => change(id, `sg-${m}`, severities[(n + m) % 3])) };
  const told = accounts.map((id, n) => [id, toldOf(id, n)] as const);
  const digest = digestOf(Object.fromEntries(told));

  test('shortens its lists, and says by how much', () => {
    expect(digest.text.match(/^ {2}sg-/gm)).toHaveLength(30);
    expect(digest.text).toContain(`
and 3810 more, 1250 HIGH, 1280 MEDIUM, 1280 LOW: "posture findings"
lists every one that is open.

By check, the worst first:
  HIGH ec2-security-group-admin-ports-closed: 1280
  MEDIUM ec2-security-group-admin-ports-closed: 1280
  LOW ec2-security-group-admin-ports-closed: 1280

By account, the worst first:
`);
    expect(digest.text).toContain('\n  and 70 more\n');
    expect(digest.json).toMatchObject({ posture: { open: 3_840 }, moreChanges: 3_640 });
  });

  test('is the same in whatever order the accounts come', () => {
    expect(digestOf(Object.fromEntries(told.toReversed()))).toEqual(digest);
  });

  test('has what to do in its first five lines, and no line of more than 72 columns', () => {
    expect(digest.text.split('\n').slice(0, 5).join('\n')).toMatch(/Begin at the top.*\nTo see all again/);
    expect(digest.text.split('\n').filter((line) => line.length > 72)).toEqual([]);
  });
});

describe('whatever is in it', () => {
  const hostile = '\u202e\u001b[31m"\\\n漢字'.repeat(60);
  const accounts = Array.from({ length: 1_000 }, (_, n) => String(100_000_000_000 + n));
  const toldOf = (id: string, n: number): Told => {
    const changes = Array.from({ length: 3 }, (_, m) => {
      const { kind, finding: found } = change(id, `sg-${m}`, 'LOW', m === 0 ? 'resolved' : 'opened');
      const resource = { ...found.resource, id: hostile, arn: hostile.repeat(4), region: hostile, tags: { Name: hostile } };
      return { kind, finding: { ...found, reason: hostile, resource, history: [{ ...entry(kind, 8), reason: hostile }] } };
    });
    const gaps = Array.from({ length: 50 }, (_, m) => ({ ...denied(`ec2:Describe${n}${m}`, `region-${m % 9}`), message: hostile }));
    return n % 2 === 0
      ? { changes, gaps, kind: n % 4 === 0 ? 'baseline' : 'changes' }
      : { refusal: { gap: { ...refusal(id).gap, message: hostile }, isNew: true } };
  };
  const digest = digestOf(Object.fromEntries(accounts.map((id, n) => [id, toldOf(id, n)])));

  test('a digest fits into what can be published', () => {
    expect(Buffer.byteLength(JSON.stringify(toPublication(digest)))).toBeLessThan(262_144);
  });

  test('it holds nothing that a terminal or a mail program would obey', () => {
    expect(digest.subject).toMatch(/^[ -~]{1,99}$/);
    expect(digest.text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  test('it counts what it does not show', () => {
    expect(digest.json).toMatchObject({ accounts: expect.any(Array), moreAccounts: expect.any(Number) });
    const { changes, moreChanges, newGaps, moreGaps, accounts: rows, moreAccounts } = JSON.parse(JSON.stringify(digest.json));
    expect(changes.length + moreChanges).toBe(1_500);
    expect(newGaps.length + moreGaps).toBe(25_000);
    expect(rows.length + moreAccounts).toBe(1_000);
  });
});
