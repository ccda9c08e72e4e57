import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../findings/finding.ts';
import { toMessage } from '../../findings/message.ts';
import { ana, cause } from './activity-samples.ts';
import { adminPorts, at, entry, finding, group } from './samples.ts';

const open = finding('sg-0abc', { openedAt: at(8) });
const opened = entry('opened', 8);
const ended = { ...entry('resolved', 12), reason: 'passes now' };

describe('a step of which is known who is behind it', () => {
  const step = { ...opened, at: '2026-11-21T08:00:05.200Z', cause: cause(8) };
  const message = toMessage({ ...open, history: [step] }, step, adminPorts);

  test('names them at the end of the subject', () => {
    expect(message.subject).toBe('[HIGH][NEW] SSH (22) open to the internet on sg-0abc (111122223333, eu-west-1) by ana@example.com');
    expect(message.subject.length).toBeLessThan(100);
  });

  test('leaves them out of a subject that has no room for them', () => {
    const { subject } = toMessage({ ...open, resource: group('sg-0abc', { Name: 'bastion-of-berlin-one' }) }, step, adminPorts);
    expect(subject).toMatch(/ \(111122223333, eu-west-1\)$/);
  });

  test('says who in the first lines, and then how, when and what it was before', () => {
    expect(message.text.split('\n').slice(1, 14)).toEqual([
      'Where: sg-0abc in 111122223333, eu-west-1',
      'Who:   ana@example.com as AdministratorAccess, console, MFA, from',
      '       198.51.100.7',
      'Since: 2026-11-21 08:00 UTC',
      'Fix:   Remove the rule; reach the host through Session Manager or from a',
      '       range of addresses that you own.',
      '',
      'How:    AuthorizeSecurityGroupIngress, 2026-11-21 08:00:00 UTC (seen 5 s',
      '        later)',
      'Before: not known before',
      'After:  SSH (22) open to the internet',
      '',
      'Seen:',
    ]);
    expect(message.text).toContain(`\nEvent id: ${step.cause.eventId} in CloudTrail\n`);
  });

  test('tells programs the same', () => {
    expect(message.json).toMatchObject({ cause: step.cause, lagSeconds: 5, before: null });
    expect(toMessage(open, opened, adminPorts).json).toMatchObject({ cause: null, lagSeconds: null, before: null });
  });

  test('that was looked up afterwards says that it is only probable', () => {
    const found = { ...step, cause: cause(7, { found: 'lookup' }) };
    const { text, subject } = toMessage({ ...open, history: [found] }, found, adminPorts);
    expect(text).toContain(
      "\nWho:   probably ana@example.com as AdministratorAccess, console, MFA,\n       from 198.51.100.7 (CloudTrail's history)\n",
    );
    expect(subject).not.toMatch(/\) by /);
  });

  test('that may be due to another event says so, too', () => {
    const near = { ...step, cause: cause(8, { unsure: true }) };
    const { text, json } = toMessage({ ...open, history: [near] }, near, adminPorts);
    expect(text).toContain(
      '\nWho:   probably ana@example.com as AdministratorAccess, console, MFA,\n       from 198.51.100.7 (the nearest event)\n',
    );
    expect(json).toMatchObject({ cause: { found: 'event', unsure: true } });
  });

  const was = (entries: readonly HistoryEntry[]) => {
    const newest = entries.at(-1) ?? step;
    const { text, json } = toMessage({ ...open, history: entries }, newest, adminPorts);
    return [text.split('\n').filter((line) => /^(Before|After):/.test(line)), Object.entries(json).find(([key]) => key === 'before')?.[1]];
  };
  const by = (kind: HistoryEntry['kind'], hour: number, severity?: 'CRITICAL') => ({ ...entry(kind, hour, severity), cause: cause(hour) });

  test.each<[string, readonly HistoryEntry[], readonly string[], object | null]>([
    [
      'passed',
      [opened, ended, by('reopened', 13)],
      ['Before: passed, since 2026-11-21 12:00 UTC', 'After:  SSH (22) open to the internet'],
      { state: 'resolved', severity: 'HIGH', reason: 'passes now', at: at(12) },
    ],
    [
      'was gone',
      [opened, { ...ended, reason: 'the resource is gone' }, by('reopened', 13)],
      ['Before: the resource is gone, since 2026-11-21 12:00 UTC', 'After:  SSH (22) open to the internet'],
      { state: 'resolved', severity: 'HIGH', reason: 'the resource is gone', at: at(12) },
    ],
    [
      'was less severe',
      [opened, { ...entry('changed', 9, 'LOW'), reason: 'RDP (3389) open' }, by('escalated', 13, 'CRITICAL')],
      ['Before: LOW: RDP (3389) open', 'After:  CRITICAL: SSH (22) open to the internet'],
      { state: 'open', severity: 'LOW', reason: 'RDP (3389) open', at: at(9) },
    ],
    [
      'was open',
      [opened, { ...by('resolved', 13), reason: 'passes now' }],
      ['Before: HIGH: SSH (22) open to the internet', 'After:  passes'],
      { state: 'open', severity: 'HIGH', reason: 'SSH (22) open to the internet', at: at(8) },
    ],
    ['is no longer known', [by('escalated', 13)], ['Before: no longer kept', 'After:  SSH (22) open to the internet'], null],
  ])('says what it was before: it %s', (_what, history, lines, before) => {
    expect(was(history)).toEqual([lines, before]);
  });

  test('is told in plain lines, whatever they call themselves', () => {
    const hostile = fc.constantFrom('a\nFix:   nothing', '\u001b[2J', '\u202Egnp.exe', 'x'.repeat(10_000), '\u2028', '\ud83d', '', ' as ');
    fc.assert(
      fc.property(hostile, hostile, hostile, (name, from, eventName) => {
        const odd = {
          ...step,
          cause: cause(8, { eventName, eventId: from, actor: { ...ana, name, from, issuer: name, accessKeyId: from } }),
        };
        const { text, subject } = toMessage({ ...open, history: [odd] }, odd, adminPorts);
        expect(subject).toMatch(/^\[[ -~]{1,98}$/);
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(text.split('\n').filter((line) => line.startsWith('Fix:'))).toHaveLength(1);
        expect(text.length).toBeLessThan(6_000);
      }),
    );
  });
});

test('every field of a finding is described', () => {
  const described = readFileSync(join(import.meta.dirname, '../../docs/messages.md'), 'utf8');
  const ending = { ...ended, cause: cause(12) };
  const fields = new Set<string>();
  const { json } = toMessage(
    { ...open, state: 'resolved', resolvedAt: at(12), evidence: {}, history: [opened, ending] },
    ending,
    adminPorts,
  );
  JSON.stringify(json, (key, value: unknown) => {
    if (key !== '' && !/^\d+$/.test(key)) fields.add(key);
    return value;
  });
  expect([...fields].filter((field) => !described.includes(`\`${field}\``))).toEqual([]);
});
