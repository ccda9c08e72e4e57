import { describe, expect, test } from 'vitest';
import { diffRuns } from '../../findings/diff.ts';
import { toDigest } from '../../findings/digest.ts';
import type { Finding } from '../../findings/finding.ts';
import { toMessage } from '../../findings/message.ts';
import { toPosture } from '../../findings/posture.ts';
import { urgentSteps, worstSinceOpened } from '../../findings/urgent.ts';
import { adminPorts, entry, finding, run } from './samples.ts';

const TERMS = { owner: 'web@example.com', reason: 'it moves in June', expires: '2026-11-21', ticket: 'OPS-1' };
const began = { ...entry('excepted', 2), exception: TERMS };
const ended = { ...entry('lapsed', 5), exception: TERMS };
const excepted = finding('sg-1', { state: 'excepted', exception: TERMS, history: [entry('opened', 1), began], version: 2 });
const lapsed = finding('sg-1', { history: [entry('opened', 1), began, ended], version: 3 });

describe('is told alone', () => {
  test.each<[string, Finding['history'], readonly string[]]>([
    ['what opened, and not that it was excepted', [entry('opened', 1), began], ['opened']],
    ['what is open because its exception has ended', [began, ended], ['lapsed']],
    ['not what is less than HIGH by then', [began, entry('lapsed', 5, 'LOW')], []],
    ['the end of what was told, excepted meanwhile', [entry('opened', 1), began, entry('resolved', 6)], ['opened', 'resolved']],
    ['not the end of what nobody was told of', [began, entry('resolved', 6)], []],
    [
      'not the end of what came back excepted',
      [entry('opened', 1), entry('resolved', 2), began, entry('resolved', 6)],
      ['opened', 'resolved'],
    ],
    ['the end of what has lapsed', [began, ended, entry('resolved', 6)], ['lapsed', 'resolved']],
  ])('%s', (_what, history, kinds) => {
    expect(urgentSteps(history).map(({ kind }) => kind)).toEqual(kinds);
  });
});

test('its end goes to those who were told of it since it began', () => {
  expect(
    worstSinceOpened([
      entry('opened', 1, 'CRITICAL'),
      entry('resolved', 2, 'CRITICAL'),
      { ...began, severity: 'LOW' },
      entry('resolved', 6, 'LOW'),
    ]),
  ).toBe('LOW');
});

test('a message of a lapsed exception says whose it was, and until when', () => {
  const { subject, text, json, attributes } = toMessage(lapsed, ended, adminPorts);
  expect(subject).toMatch(/^\[HIGH\]\[EXCEPTION ENDED\] SSH/);
  expect(text.replace(/\s+/g, ' ')).toContain('Excepted until now: by web@example.com until 2026-11-21 (OPS-1): it moves in June');
  expect(json).toMatchObject({
    event: 'lapsed',
    lapsed: TERMS,
    before: { state: 'excepted' },
    finding: { state: 'open', exception: null },
  });
  expect(attributes).toMatchObject({ event: 'lapsed', severity: 'HIGH' });
});

test('a digest says what was excepted, by whom and until when, and that there is nothing to do', () => {
  const digest = toDigest({ kind: 'changes', run: run(3), changes: [{ kind: 'excepted', finding: excepted }], newGaps: [] });
  expect(digest?.subject).toContain('1 excepted');
  expect(digest?.text.replace(/\s+/g, ' ')).toContain('excepted by web@example.com until 2026-11-21 (OPS-1): it moves in June');
  expect(digest?.text).toContain('Nothing to do.');
  expect(digest?.json).toMatchObject({ posture: { open: 0, excepted: 1 }, changes: [{ event: 'excepted' }] });
});

test('the posture counts what is excepted apart from what is open', () => {
  expect(toPosture([excepted, finding('sg-2')], [{ kind: 'lapsed', finding: lapsed }])).toMatchObject({
    ...{ open: 1, excepted: 1, lapsed: 1, opened: 0 },
    bySeverity: { HIGH: { open: 1, excepted: 1, lapsed: 1 } },
  });
});

test('what is excepted between two runs is no longer open, and not resolved; what has lapsed is open', () => {
  expect(diffRuns([excepted], run(1), run(3))).toMatchObject({ opened: [], resolved: [], excepted: [excepted], changed: [], unchanged: 0 });
  expect(diffRuns([lapsed], run(3), run(6))).toMatchObject({ opened: [lapsed], resolved: [], excepted: [], unchanged: 0 });
  const renewed = { ...excepted, history: [...excepted.history, entry('changed', 4)] };
  expect(diffRuns([renewed], run(3), run(6))).toMatchObject({ opened: [], resolved: [], excepted: [], changed: [], unchanged: 0 });
});
