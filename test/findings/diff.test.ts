import { describe, expect, test } from 'vitest';
import { diffRuns } from '../../findings/diff.ts';
import { toPosture } from '../../findings/posture.ts';
import { entry, finding, run } from './samples.ts';

describe('between two runs', () => {
  const life = [entry('opened', 2), entry('escalated', 4, 'CRITICAL'), entry('resolved', 6, 'CRITICAL'), entry('reopened', 8)];
  const history = finding('sg-1', { history: life });

  test.each([
    [1, 3, { opened: [history], resolved: [], changed: [], unchanged: 0 }],
    [2, 3, { opened: [], resolved: [], changed: [], unchanged: 1 }],
    [
      3,
      5,
      { opened: [], resolved: [], changed: [{ finding: history, from: { severity: 'HIGH' }, to: { severity: 'CRITICAL' } }], unchanged: 0 },
    ],
    [5, 7, { opened: [], resolved: [history], changed: [], unchanged: 0 }],
    [6, 7, { opened: [], resolved: [], changed: [], unchanged: 0 }],
    [7, 9, { opened: [history], resolved: [], changed: [], unchanged: 0 }],
    [9, 7, { opened: [], resolved: [history], changed: [], unchanged: 0 }],
    [5, 9, { opened: [], resolved: [], changed: [{ finding: history }], unchanged: 0 }],
    [1, 7, { opened: [], resolved: [], changed: [], unchanged: 0 }],
  ])('that ended at %i and %i', (from, to, expected) => {
    expect(diffRuns([history], run(from), run(to))).toMatchObject(expected);
  });

  test('a history whose beginning is lost tells what must have been', () => {
    const old = finding('sg-1', { history: [entry('changed', 7), entry('resolved', 9)] });
    expect(diffRuns([old], run(3), run(10))).toMatchObject({ resolved: [old] });
    expect(diffRuns([old], run(0), run(8))).toMatchObject({ opened: [old] });
    const back = finding('sg-1', { history: [entry('reopened', 7)] });
    expect(diffRuns([back], run(3), run(8))).toMatchObject({ opened: [back] });
  });

  test('a run that was cut short cannot be compared', () => {
    expect(() => diffRuns([], run(1, { finishedAt: undefined }), run(2))).toThrow('the run run-1 was cut short');
  });
});

test('a posture counts what is open, and what moved, by severity', () => {
  const findings = [finding('sg-1'), finding('sg-2', { severity: 'LOW' }), finding('sg-3', { state: 'resolved' })];
  const [one, two, three] = findings;
  if (!one || !two || !three) throw new Error('three findings');
  const posture = toPosture(findings, [
    { kind: 'opened', finding: one },
    { kind: 'reopened', finding: two },
    { kind: 'resolved', finding: three },
    { kind: 'changed', finding: one },
  ]);
  expect(posture).toMatchObject({ open: 2, opened: 1, reopened: 1, resolved: 1 });
  expect(posture.bySeverity).toMatchObject({
    HIGH: { open: 1, opened: 1, reopened: 0, resolved: 1 },
    LOW: { open: 1, opened: 0, reopened: 1, resolved: 0 },
    CRITICAL: { open: 0, opened: 0, reopened: 0, resolved: 0 },
  });
});
