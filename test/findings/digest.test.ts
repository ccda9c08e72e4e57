import { describe, expect, test } from 'vitest';
import { toDigest } from '../../findings/digest.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import type { Gap } from '../../inventory/coverage.ts';
import { at, entry, finding, group, run } from './samples.ts';

const gap: Gap = {
  ...{ operation: 'ec2:DescribeVpcs', cause: 'denied', permissions: ['ec2:DescribeVpcs'], region: 'eu-west-1' },
  ...{ message: 'ec2:DescribeVpcs: denied', count: 3 },
};
const change = (id: string, kind: 'opened' | 'resolved' = 'opened') => ({
  kind,
  finding: finding(id, { severity: 'MEDIUM', history: [{ ...entry(kind, 3), reason: 'passes now' }] }),
});

test('a digest without content is not sent', () => {
  expect(toDigest({ kind: 'changes', run: run(3), changes: [], newGaps: [] })).toBeUndefined();
});

describe('a digest of changes', () => {
  const digest = toDigest({ kind: 'changes', run: run(3), changes: [change('sg-1'), change('sg-2', 'resolved')], newGaps: [gap] });

  test('says how many in its subject', () => {
    expect(digest?.subject).toBe('[MEDIUM][DIGEST] 111122223333: 1 opened, 1 resolved, 1 read refused');
  });

  test('lists them, and what could not be read', () => {
    expect(digest?.text.split('\n').slice(0, 3)).toEqual([
      'Changes in account 111122223333: 1 opened, 1 resolved, 1 read refused',
      'Run run-3, begun 2026-11-21 03:00 UTC',
      '10 resources, 10 verdicts, none unknown',
    ]);
    expect(digest?.text.split('\n').slice(3).join('\n')).toBe(`To put one right: "posture explain <check>" tells how.
To see all again: allow what the last lines name.

MEDIUM NEW
  sg-1, eu-west-1: SSH (22) open to the internet
    (ec2-security-group-admin-ports-closed)

MEDIUM RESOLVED
  sg-2, eu-west-1: SSH (22) open to the internet; passes now
    (ec2-security-group-admin-ports-closed)

Could not be read, so not judged:
  ec2:DescribeVpcs in eu-west-1: access denied; allow ec2:DescribeVpcs
`);
  });

  test('can be filtered, and has a thread of its own', () => {
    expect(digest).toMatchObject({
      attributes: { severity: 'MEDIUM', event: 'digest', accountId: '111122223333' },
      thread: 'digest-111122223333',
      deduplicationId: 'digest-run-3',
    });
  });

  test('tells programs the same', () => {
    expect(digest?.json).toMatchObject({
      ...{ schemaVersion: 1, type: 'digest', event: 'changes', run: { id: 'run-3', startedAt: at(3) } },
      changes: [{ event: expect.any(String), severity: 'MEDIUM', region: 'eu-west-1' }, {}],
      ...{ moreChanges: 0, moreGaps: 0, newGaps: [gap] },
    });
  });
});

test('the digest of a first audit counts what is open, the worst first', () => {
  const changes = (['LOW', 'CRITICAL', 'HIGH', 'HIGH'] as const).map((severity, n) => ({
    kind: 'opened' as const,
    finding: finding(`sg-${n}`, { severity }),
  }));
  const digest = toDigest({ kind: 'baseline', run: run(3, { first: true }), changes, newGaps: [] });
  expect(digest?.subject).toBe('[CRITICAL][BASELINE] 111122223333: 4 open, 1 CRITICAL, 2 HIGH');
  expect(digest?.text.match(/^(CRITICAL|HIGH|LOW| {2}sg-\d)/gm)).toEqual([
    'CRITICAL',
    '  sg-1',
    'HIGH',
    '  sg-2',
    '  sg-3',
    'LOW',
    '  sg-0',
  ]);
  expect(digest?.json).toMatchObject({ posture: { open: 4, bySeverity: { HIGH: { open: 2 }, MEDIUM: { open: 0 } } } });
});

test('a digest has the same order in every run: by severity, then check, then name', () => {
  const opened = (id: string, checkId: string, name: string) => ({
    kind: 'opened' as const,
    finding: finding(id, { checkId, resource: group(id, { Name: name }) }),
  });
  const changes = [opened('sg-1', 'b', 'web'), opened('sg-2', 'b', 'api'), opened('sg-3', 'a', 'zoo')];
  const textOf = (given: typeof changes) => toDigest({ kind: 'baseline', run: run(3), changes: given, newGaps: [] })?.text;
  expect(textOf(changes)?.match(/sg-\d/g)).toEqual(['sg-3', 'sg-2', 'sg-1']);
  expect(textOf(changes.toReversed())).toBe(textOf(changes));
});

test('one refusal in many regions is told once', () => {
  const newGaps = ['eu-west-1', 'eu-west-2', 'us-east-1', 'us-east-2'].map((region) => ({ ...gap, region }));
  expect(toDigest({ kind: 'changes', run: run(3), changes: [], newGaps })?.text).toContain(
    '  ec2:DescribeVpcs in 4 regions: access denied; allow ec2:DescribeVpcs\n',
  );
});

test('a first audit that finds nothing says so', () => {
  expect(toDigest({ kind: 'baseline', run: run(3), changes: [], newGaps: [] })?.subject).toBe(
    '[INFORMATIONAL][BASELINE] 111122223333: 0 open',
  );
});

test('a digest of very much is shortened to what can be published, and says by how much', () => {
  const long = 'ü"\\'.repeat(400);
  const changes = Array.from({ length: 5_000 }, (_, n) => ({
    kind: 'opened' as const,
    finding: finding(`sg-${n}`, { resource: { ...group(`sg-${n}`), arn: long, id: long }, reason: long }),
  }));
  const gaps = Array.from({ length: 3_000 }, (_, n) => ({ ...gap, operation: `ec2:Operation${n}`, message: long }));
  const digest = toDigest({ kind: 'baseline', run: run(3), changes, newGaps: gaps });
  if (!digest) throw new Error('no digest');
  expect(Buffer.byteLength(JSON.stringify(toPublication(digest)))).toBeLessThan(262_144);
  expect(digest.text).toContain('and 4970 more, 4970 HIGH: "posture findings" lists every one');
  expect(digest.json).toMatchObject({ posture: { open: 5_000 }, moreChanges: expect.any(Number) });
});
