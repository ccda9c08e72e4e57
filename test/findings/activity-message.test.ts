import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SEVERITIES } from '../../checks/check.ts';
import { toActivityMessage } from '../../findings/activity-message.ts';
import type { KeptActivity } from '../../findings/kept-activity.ts';
import { toPublication } from '../../findings/sns-publisher.ts';
import type { Actor } from '../../inventory/events/actor.ts';
import { ana, kept, root, rootSignIn } from './activity-samples.ts';
import { at } from './samples.ts';

const ID = '0123456789abcdef0123456789abcdef';
const signIn = kept(ID, 8);
const linesOf = (activity: KeptActivity) => toActivityMessage(activity, rootSignIn).text.split('\n');
const whoOf = (actor: Actor, change: Partial<KeptActivity> = {}) => linesOf({ ...signIn, ...change, actor })[1];

describe('the message of an activity', () => {
  const message = toActivityMessage(signIn, rootSignIn);

  test('has a subject that says how bad, what, who and where', () => {
    expect(message.subject).toBe('[HIGH] Root signed in without MFA (111122223333, us-east-1)');
  });

  test('does not say in its subject that whoever was refused has refused something', () => {
    const tried = { ...signIn, reason: 'tried to stop logging: main, refused', actor: ana };
    const { subject } = toActivityMessage(tried, rootSignIn);
    expect(subject).toContain('] tried to stop logging: main (refused) by ana@example.com');
  });

  test('says what, who, where, when and what to do in its first lines', () => {
    expect(message.text.split('\n').slice(0, 6)).toEqual([
      'HIGH: Root signed in without MFA',
      'Who:   root of 111122223333, console, no MFA, from 198.51.100.7',
      'Where: 111122223333, us-east-1',
      'When:  2026-11-21 08:00:00 UTC (seen 4 s later)',
      'Do:    Ask who signed in. If nobody did, change the password and delete',
      '       the sessions.',
    ]);
  });

  test('goes on with what was seen, why it matters, and how to find it', () => {
    expect(message.text.split('\n').slice(6).join('\n')).toBe(`
Seen:
  mfa: false

Why it matters: Nothing limits what the root user may do, and whoever
  has its password has the account.

Command line:
  aws cloudtrail lookup-events --lookup-attributes \\
    AttributeKey=Username,AttributeValue=root --region us-east-1

Event:    ConsoleLogin of signin.amazonaws.com
Event id: event-${ID} in CloudTrail
Actor:    arn:aws:iam::111122223333:root
Check:    The root user signed in (activity-root-signed-in)
Controls: CIS-AWS-7.0:5.3
ATT&CK:   T1078.004
Activity: ${ID}
`);
  });

  test('tells programs the same', () => {
    expect(message.json).toEqual({
      ...{ schemaVersion: 1, type: 'activity', actor: root, lagSeconds: 4, event: signIn.event },
      activity: {
        ...{ id: ID, checkId: rootSignIn.id, severity: 'HIGH', reason: 'Root signed in without MFA', evidence: { mfa: false } },
        ...{ unsure: false, seenAt: signIn.seenAt },
      },
      check: {
        ...{ title: rootSignIn.title, risk: rootSignIn.risk, remediation: rootSignIn.remediation },
        ...{ controls: ['CIS-AWS-7.0:5.3'], attack: ['T1078.004'] },
      },
    });
  });

  test('can be filtered, and is told once', () => {
    expect(message.attributes).toEqual({
      ...{ severity: 'HIGH', event: 'activity', accountId: '111122223333', region: 'us-east-1', checkId: rootSignIn.id },
    });
    expect(message.deduplicationId).toBe(`activity-${ID}`);
  });
});

describe('who did it', () => {
  test.each<[string, Actor, string]>([
    ['a person of Identity Center', ana, 'Who:   ana@example.com as AdministratorAccess, console, MFA, from'],
    [
      'an IAM user',
      { kind: 'user', name: 'bob', tool: 'cli', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
      'Who:   bob, IAM user, AWS CLI, key AKIAIOSFODNN7EXAMPLE',
    ],
    [
      'a session whose name does not tell its role',
      { kind: 'role', name: 'i-0abc', issuer: 'arn:aws:iam::111122223333:role/web', tool: 'sdk', from: '198.51.100.7' },
      'Who:   i-0abc, role web, SDK, from 198.51.100.7',
    ],
    [
      'a service',
      { kind: 'service', name: 'ec2.amazonaws.com', invokedBy: 'ec2.amazonaws.com', from: 'ec2.amazonaws.com', tool: 'service' },
      'Who:   ec2.amazonaws.com',
    ],
    [
      'a service for somebody',
      {
        kind: 'user',
        name: 'bob',
        invokedBy: 'cloudformation.amazonaws.com',
        from: 'cloudformation.amazonaws.com',
        tool: 'cloudformation',
      },
      'Who:   bob, IAM user, CloudFormation, through',
    ],
    [
      'somebody of another account',
      { kind: 'account', name: 'AIDAEXAMPLE', accountId: '222233334444', tool: 'other' },
      'Who:   AIDAEXAMPLE, another account, of account 222233334444',
    ],
    ['nobody knows who', { kind: 'unknown', name: 'unknown', tool: 'other' }, 'Who:   unknown, of unknown kind'],
  ])('is told: %s', (_who, actor, line) => {
    expect(whoOf(actor)).toBe(line);
  });
});

describe('an activity', () => {
  test('that could not be judged says so', () => {
    const { subject, text } = toActivityMessage(
      { ...signIn, unsure: true, reason: 'cannot be judged: responseElements left out' },
      rootSignIn,
    );
    expect(subject).toMatch(/^\[HIGH\]\[UNSURE\] cannot be judged: /);
    expect(text).toMatch(/^HIGH, unsure: cannot be judged/);
  });

  test('that is more or less severe than as a rule says so', () => {
    const { text } = toActivityMessage({ ...signIn, severity: 'LOW' }, rootSignIn);
    expect(text).toContain('\nSeverity: LOW here, HIGH as a rule\n');
    expect(toActivityMessage(signIn, rootSignIn).text).not.toContain('as a rule');
  });

  test('of a check that is no longer known is told all the same', () => {
    const { text, json } = toActivityMessage(signIn, undefined);
    expect(text).toContain('\nDo:    see the check\n');
    expect(json).toMatchObject({ check: null });
  });

  test('that was refused says how', () => {
    const event = { ...signIn.event, errorCode: 'AccessDenied' };
    expect(toActivityMessage({ ...signIn, event }, rootSignIn).text).toContain(
      '\nEvent:    ConsoleLogin of signin.amazonaws.com, AccessDenied\n',
    );
  });

  test('of an event that tells neither time nor place is told all the same', () => {
    const event = { ...signIn.event, at: '', accountId: '', region: '', id: '' };
    const { text, subject, attributes, json } = toActivityMessage({ ...signIn, event }, rootSignIn);
    expect(subject).toContain('(unknown, unknown)');
    expect(text).toContain('\nWhere: unknown, unknown\nWhen:  not told by the event; seen 2026-11-21 08:00:04 UTC\n');
    expect(text).not.toContain('Event id');
    expect(attributes).toMatchObject({ accountId: 'unknown', region: 'unknown' });
    expect(json).toMatchObject({ lagSeconds: null });
  });

  test.each([
    [-5, '0 s'],
    [119, '119 s'],
    [120, '2 min'],
    [3 * 3_600, '3 h'],
    [72 * 3_600, '3 days'],
  ])('that was seen %i s later says so', (seconds, said) => {
    const seenAt = new Date(Date.parse(at(8)) + seconds * 1_000).toISOString();
    expect(linesOf({ ...signIn, seenAt })[3]).toBe(`When:  2026-11-21 08:00:00 UTC (seen ${said} later)`);
  });
});

test('whatever an event says, the message is plain, short, and in lines of its own', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '\u202e\u2066gnp',
      '\u001b[31mred\u001b[0m',
      'a\nWho:   nobody',
      '\r\nSubject: x',
      '\ud800',
      'x'.repeat(10_000),
      '',
      '   ',
    ),
  );
  const activity = fc.record({
    severity: fc.constantFrom(...SEVERITIES),
    reason: hostile,
    unsure: fc.boolean(),
    region: hostile,
    evidence: fc.dictionary(hostile, hostile, { maxKeys: 3 }),
    texts: fc.tuple(hostile, hostile, hostile, hostile, hostile),
  });
  fc.assert(
    fc.property(activity, ({ severity, reason, unsure, evidence, region, texts: [name, from, issuer, eventName, key] }) => {
      const odd: KeptActivity = {
        ...{ ...signIn, severity, reason, unsure, evidence },
        event: { ...signIn.event, name: eventName, source: name, id: key, region, errorCode: from },
        actor: { kind: 'user', tool: 'cli', name, from, issuer, arn: name, invokedBy: key, accessKeyId: key, accountId: from },
      };
      const { subject, text, ...rest } = toActivityMessage(odd, rootSignIn);
      expect(subject).toMatch(/^[ -~]{1,99}$/);
      expect(text).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|[^\P{Cc}\n]/u);
      expect(text.split('\n').filter((line) => line.startsWith('Who:'))).toHaveLength(1);
      expect(text.length).toBeLessThan(20_000);
      const { MessageAttributes, Message } = toPublication({ subject, text, ...rest });
      expect(Object.values(MessageAttributes).every(({ StringValue }) => StringValue !== '')).toBe(true);
      expect(Buffer.byteLength(Message)).toBeLessThan(262_144);
    }),
    { numRuns: 500 },
  );
});

test('every field of an activity is described', () => {
  const described = readFileSync(join(import.meta.dirname, '../../docs/messages.md'), 'utf8');
  const fields = new Set<string>();
  const event = { ...signIn.event, errorCode: 'AccessDenied' };
  const actor = { ...ana, sourceIdentity: 'ana', onBehalfOf: 'ana', invokedBy: 'ec2.amazonaws.com', accessKeyId: 'AKIA' };
  JSON.stringify(toActivityMessage({ ...signIn, evidence: {}, event, actor }, rootSignIn).json, (key, value: unknown) => {
    if (key !== '' && !/^\d+$/.test(key)) fields.add(key);
    return value;
  });
  expect([...fields].filter((field) => !described.includes(`\`${field}\``))).toEqual([]);
});
