import { expect, test } from 'vitest';
import type { Severity } from '../../checks/check.ts';
import type { HistoryEntry } from '../../findings/finding.ts';
import { isFlapping, isNewestUrgent, urgentSteps } from '../../findings/urgent.ts';
import { entry } from './samples.ts';

test.each<[string, readonly HistoryEntry[], readonly number[]]>([
  ['opened as HIGH, and its end', [entry('opened', 1, 'HIGH'), entry('resolved', 2, 'HIGH')], [1, 2]],
  ['opened as MEDIUM: nothing', [entry('opened', 1, 'MEDIUM'), entry('resolved', 2, 'MEDIUM')], []],
  [
    'escalated to CRITICAL, and its end',
    [entry('opened', 1, 'LOW'), entry('escalated', 2, 'CRITICAL'), entry('resolved', 3, 'CRITICAL')],
    [2, 3],
  ],
  ['escalated to MEDIUM: nothing', [entry('opened', 1, 'LOW'), entry('escalated', 2, 'MEDIUM'), entry('resolved', 3, 'MEDIUM')], []],
  ['the end of what is no longer HIGH', [entry('opened', 1, 'HIGH'), entry('changed', 2, 'LOW'), entry('resolved', 3, 'LOW')], [1, 3]],
  [
    'a second life as LOW: nothing of it',
    [entry('opened', 1), entry('resolved', 2), entry('reopened', 3, 'LOW'), entry('resolved', 4, 'LOW')],
    [1, 2],
  ],
  ['a history whose beginning is lost', [entry('changed', 1, 'HIGH'), entry('resolved', 2, 'HIGH')], [2]],
  [
    'what comes back again and again within a day: three times, with its ends',
    [
      entry('opened', 1),
      ...[2, 4, 6, 8, 10].flatMap((hour) => [entry('resolved', hour), entry('reopened', hour + 1)]),
      entry('resolved', 12),
    ],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  [
    'what came back often, again when the day is over',
    [entry('opened', 1), ...[2, 4, 6, 8, 29].flatMap((hour) => [entry('resolved', hour), entry('reopened', hour + 1)])],
    [1, 2, 3, 4, 5, 6, 7, 8, 30],
  ],
  ['what comes back worse than it was, though often', flapping('MEDIUM', 'CRITICAL'), [12]],
  ['an empty history', [], []],
])('%s', (_what, history, hours) => {
  const steps = urgentSteps(history);
  expect(steps.map(({ runId }) => runId)).toEqual(hours.map((hour) => `run-${hour}`));
  expect(isNewestUrgent(history)).toBe(history.length > 0 && steps.includes(history.at(-1) ?? entry('opened', 0)));
});

test('says from the third time within a day that it flaps', () => {
  const history = flapping('HIGH', 'HIGH');
  const reopenings = history.filter(({ kind }) => kind === 'reopened');
  expect(reopenings.map((step) => isFlapping(history, step))).toEqual([false, false, true, true, true]);
  expect(isFlapping(history, entry('reopened', 3))).toBe(false);
});

function flapping(severity: Severity, after: Severity): readonly HistoryEntry[] {
  const lives = [2, 4, 6, 8, 10].flatMap((hour) => [entry('resolved', hour, severity), entry('reopened', hour + 1, severity)]);
  return [entry('opened', 1, severity), ...lives, entry('escalated', 12, after)];
}
