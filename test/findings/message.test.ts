import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../checks/check.ts';
import type { Finding } from '../../findings/finding.ts';
import { toMessage } from '../../findings/message.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import { adminPorts, at, entry, finding, group } from './samples.ts';

const named = (id: string, name: string) => ({ resource: group(id, { Name: name }) });
const open = finding('sg-0abc', { openedAt: at(8) });
const opened = entry('opened', 8);
const ended = { ...entry('resolved', 12), reason: 'passes now' };
const resolved = finding('sg-0abc', {
  state: 'resolved',
  resolvedAt: at(12),
  history: [opened, ended],
});

describe('the message of a new finding', () => {
  const message = toMessage(open, opened, adminPorts);

  test('has a subject that says how bad, what and where', () => {
    expect(message.subject).toBe('[HIGH][NEW] SSH (22) open to the internet on sg-0abc (111122223333, eu-west-1)');
  });

  test('says what, where, since when and what to do in its first lines', () => {
    expect(message.text.split('\n').slice(0, 5)).toEqual([
      'HIGH NEW: SSH (22) open to the internet',
      'Where: sg-0abc in 111122223333, eu-west-1',
      'Since: 2026-11-21 08:00 UTC',
      'Fix:   Remove the rule; reach the host through Session Manager or from a',
      '       range of addresses that you own.',
    ]);
  });

  test('goes on with what was seen, the way to fix it, and what it is', () => {
    expect(message.text.split('\n').slice(5).join('\n')).toBe(`
Seen:
  port: 22
  sources: 0.0.0.0/0

Why it matters: Anyone on the internet can try passwords and exploits
  against the host, day and night, from anywhere.

Command line:
  aws ec2 revoke-security-group-ingress --group-id <group-id> \\
    --protocol tcp --port 22 --cidr 0.0.0.0/0 --region eu-west-1

CloudFormation: AWS::EC2::SecurityGroup.SecurityGroupIngress

Resource: arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc
Console:  https://console.aws.amazon.com/go/view?arn=arn%3Aaws%3Aec2%3Aeu-west-1%3A111122223333%3Asecurity-group%2Fsg-0abc
Check:    Security groups should not open remote administration ports to
  the internet (ec2-security-group-admin-ports-closed)
Controls: CIS-AWS-7.0:6.3
Finding:  ${open.id}

Who has to live with it for a time says so under "exceptions:" in
posture.yaml, with a reason, an owner and a ticket:
  - check: ec2-security-group-admin-ports-closed
    resource: "arn:aws:ec2:eu-west-1:111122223333:security-group/sg-0abc"
    reason:
    owner:
    expires: 2026-12-21
    ticket:
`);
  });

  test('tells programs the same', () => {
    expect(message.json).toMatchObject({
      ...{ schemaVersion: 1, type: 'finding', event: 'opened', at: at(8), runId: 'run-8' },
      finding: { id: open.id, severity: 'HIGH', state: 'open', evidence: { port: 22 }, resource: { id: 'sg-0abc' }, resolvedAt: null },
      check: { title: adminPorts.title, remediation: { cloudFormation: 'AWS::EC2::SecurityGroup.SecurityGroupIngress' } },
    });
  });

  test('can be filtered', () => {
    expect(message.attributes).toEqual({
      ...{ severity: 'HIGH', event: 'opened', accountId: '111122223333', region: 'eu-west-1' },
      checkId: 'ec2-security-group-admin-ports-closed',
    });
  });
});

test('a finding that came back says how often', () => {
  const { text, subject } = toMessage({ ...open, reopened: 2 }, entry('reopened', 8), adminPorts);
  expect(subject).toMatch(/^\[HIGH\]\[REOPENED\] /);
  expect(text).toContain('Since: 2026-11-21 08:00 UTC, reopened 2×, first seen 2026-11-21\n');
});

test('a resolved finding says why, and asks for nothing', () => {
  const { text, json, subject } = toMessage(resolved, ended, adminPorts);
  expect(subject).toMatch(/^\[HIGH\]\[RESOLVED\] /);
  expect(text.split('\n').slice(2, 4)).toEqual(['Open:  2026-11-21 01:00 UTC until 2026-11-21 12:00 UTC', 'Now:   passes']);
  expect(json).toMatchObject({ event: 'resolved', finding: { resolvedAt: at(12) } });
  expect(text).not.toContain('Command line');
});

test('what is gone is said to be gone', () => {
  const gone = { ...ended, reason: 'the resource is gone' };
  expect(toMessage({ ...resolved, history: [opened, gone] }, gone, adminPorts).text).toContain('\nNow:   the resource is gone\n');
});

test('a finding that got worse says since when, and what it was', () => {
  const worse = entry('escalated', 12, 'CRITICAL');
  const { text } = toMessage({ ...open, severity: 'CRITICAL', history: [entry('opened', 8, 'MEDIUM'), worse] }, worse, adminPorts);
  expect(text).toContain('Since: 2026-11-21 08:00 UTC, was MEDIUM until 2026-11-21 12:00 UTC\n');
});

test('a life with detours is told', () => {
  const history = [entry('opened', 1), { ...entry('resolved', 2), reason: 'passes now' }, entry('changed', 2), entry('reopened', 8)];
  expect(toMessage({ ...open, reopened: 1, history }, entry('reopened', 8), adminPorts).text).toContain(`
History:
  2026-11-21 01:00 UTC  opened, HIGH
  2026-11-21 02:00 UTC  resolved, passes now
  2026-11-21 08:00 UTC  reopened, HIGH

`);
});

test('a list of rules is told one by one', () => {
  const evidence = {
    rules: [
      { protocol: 'tcp', ports: '22', source: '0.0.0.0/0' },
      { protocol: 'tcp', ports: '22', source: '::/0' },
    ],
  };
  expect(toMessage({ ...open, evidence }, opened, adminPorts).text).toContain(`
Seen:
  rules: protocol tcp, ports 22, source 0.0.0.0/0
  rules: protocol tcp, ports 22, source ::/0
`);
});

describe('a resource with a name', () => {
  const subjectOf = (id: string, name: string, reason = open.reason) =>
    toMessage({ ...open, ...named(id, name), reason }, opened, adminPorts).subject;

  test('is told by name and id', () => {
    const { subject, text } = toMessage({ ...open, ...named('sg-0abc', 'bastion') }, opened, adminPorts);
    expect(subject).toBe('[HIGH][NEW] SSH (22) open to the internet on bastion sg-0abc (111122223333, eu-west-1)');
    expect(text).toContain('\nWhere: bastion (sg-0abc) in 111122223333, eu-west-1\n');
  });

  test('keeps account and region in view, however long the name is', () => {
    const { subject, text } = toMessage({ ...open, ...named('sg-0123456789abcdef0', 'x'.repeat(256)) }, opened, adminPorts);
    expect(subject).toMatch(/ \(111122223333, eu-west-1\)$/);
    expect(text).toMatch(/^Where: x{63}…\n {7}\(sg-0123456789abcdef0\) in 111122223333, eu-west-1$/m);
  });

  test('loses its id in the subject before the reason is cut', () => {
    expect(subjectOf('sg-0123456789abcdef0', 'bastion-of-berlin')).toBe(
      '[HIGH][NEW] SSH (22) open to the internet on bastion-of-berlin (111122223333, eu-west-1)',
    );
  });

  test('is told by its id in the subject if the name has no ASCII', () => {
    expect(subjectOf('sg-0abc', '踏み台')).toContain(' on sg-0abc (');
  });
});

test('a reason that is too long for the subject is cut between words', () => {
  const reason = 'SSH (22), Telnet (23), RPC (135), CIFS (445), RDP (3389), VNC (5900) and 3 more open';
  const { subject } = toMessage({ ...open, reason }, opened, adminPorts);
  expect(subject).toBe('[HIGH][NEW] SSH (22), Telnet (23), RPC (135), CIFS (445)... on sg-0abc (111122223333, eu-west-1)');
});

test('an account and a region are not named twice', () => {
  const account = { ...open, resource: { ...group('111122223333'), type: 'AWS::Organizations::Account' as const, region: 'global' } };
  const region = { ...open, resource: { ...group('eu-west-1'), type: 'AWS::EC2::RegionSettings' as const } };
  const watched = { ...region, resource: { ...region.resource, type: 'AWS::Account::Region' as const } };
  const [one, other] = [toMessage(account, opened, adminPorts), toMessage(region, opened, adminPorts)];
  expect(one.subject).toBe('[HIGH][NEW] SSH (22) open to the internet (111122223333, global)');
  expect(one.text).toContain('\nWhere: account 111122223333\n');
  expect(other.text).toContain('\nWhere: region eu-west-1 of 111122223333\n');
  expect(toMessage(watched, opened, adminPorts)).toMatchObject({
    subject: other.subject,
    text: expect.stringContaining('\nWhere: region eu-west-1 of'),
  });
});

test('the end of a finding is filtered by the worst that was told of it', () => {
  const history = [
    entry('opened', 1, 'MEDIUM'),
    entry('escalated', 2, 'CRITICAL'),
    entry('changed', 3, 'LOW'),
    entry('resolved', 4, 'LOW'),
  ];
  const message = toMessage({ ...resolved, severity: 'LOW', history }, entry('resolved', 4, 'LOW'), adminPorts);
  expect(message.attributes.severity).toBe('CRITICAL');
});

test('a finding whose check is no longer known is told all the same', () => {
  expect(toMessage(open, opened, undefined).text).toContain('Check:    ec2-security-group-admin-ports-closed\n');
});

test('news of one finding share a thread, and each is told apart', () => {
  const [first, second] = [toMessage(open, opened, adminPorts), toMessage({ ...open, version: 2 }, opened, adminPorts)];
  expect(second.thread).toBe(first.thread);
  expect(second.deduplicationId).not.toBe(first.deduplicationId);
});

describe('whatever a resource is called', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      'a\nSubject: b',
      '\u001b[2J\u001b]0;x\u0007',
      '\u202Egnp.exe',
      'x'.repeat(10_000),
      'ü🙂'.repeat(5_000),
      '\u2028\u2029\u0085',
      '\ud83d',
    ),
  );
  const findings: fc.Arbitrary<Finding> = fc
    .record({
      id: hostile,
      region: hostile,
      reason: hostile,
      arn: hostile,
      key: hostile,
      value: hostile,
      name: hostile,
      severity: fc.constantFrom(...SEVERITIES),
    })
    .map(({ id, region, arn, reason, key, value, name, severity }) => {
      const resource = { ...group('sg-1', { [key]: value, Name: name }), id, region, arn };
      return finding('sg-1', {
        resource,
        severity,
        reason: reason.slice(0, 500),
        evidence: { [key.slice(0, 2_000)]: value.slice(0, 2_000) },
      });
    });

  test('the subject is one line of printable ASCII, of less than 100 characters', () => {
    fc.assert(
      fc.property(findings, (odd) => {
        expect(toMessage(odd, opened, adminPorts).subject).toMatch(/^\[[ -~]{1,98}$/);
      }),
    );
  });

  test('the text has no control characters, and keeps its lines', () => {
    const lines = toMessage(open, opened, adminPorts).text.split('\n').length;
    fc.assert(
      fc.property(findings, (odd) => {
        const { text } = toMessage(odd, opened, adminPorts);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(text.split('\n').length).toBeLessThan(lines + 60);
      }),
    );
  });

  test('no line is longer than 72 columns, unless a single word is', () => {
    fc.assert(
      fc.property(findings, (odd) => {
        for (const line of toMessage(odd, opened, adminPorts).text.split('\n')) {
          const longestWord = Math.max(...line.split(' ').map((word) => word.length));
          if (line.length > 72) expect(line.length - longestWord).toBeLessThanOrEqual('Why it matters: '.length);
        }
      }),
    );
  });

  test('the publication fits into 256 kB', () => {
    fc.assert(
      fc.property(findings, (odd) => {
        expect(Buffer.byteLength(JSON.stringify(toPublication(toMessage(odd, opened, adminPorts))))).toBeLessThan(262_144);
      }),
    );
  });
});

describe('the deduplication id', () => {
  const history = [entry('opened', 1), entry('changed', 2), entry('escalated', 3), entry('changed', 4)];
  const changed = finding('sg-1', { version: 4, history });

  test.each([
    ['opened', 0, 1],
    ['changed', 1, 2],
    ['escalated', 2, 3],
    ['changed', 3, 4],
  ])('names the version that a step made: %s', (_kind, index, version) => {
    const step = history[index];
    if (!step) throw new Error('no step');
    expect(toMessage(changed, step, adminPorts).deduplicationId).toBe(`${changed.id}-${version}`);
    expect(toMessage(changed, { ...step }, adminPorts).deduplicationId).toBe(`${changed.id}-${version}`);
  });

  test('is the same when the history has lost its beginning', () => {
    const long = finding('sg-1', { version: 104, history: history.slice(1) });
    expect(toMessage(long, history[2] ?? opened, adminPorts).deduplicationId).toBe(`${long.id}-103`);
  });

  test('of a step that the history does not know is that of the newest', () => {
    expect(toMessage(changed, entry('resolved', 9), adminPorts).deduplicationId).toBe(`${changed.id}-4`);
  });
});
