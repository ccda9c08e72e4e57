import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../findings/finding.ts';
import { isNewestUrgent, urgentSteps } from '../../findings/urgent.ts';
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
  ['an empty history', [], []],
])('%s', (_what, history, hours) => {
  const steps = urgentSteps(history);
  expect(steps.map(({ runId }) => runId)).toEqual(hours.map((hour) => `run-${hour}`));
  expect(isNewestUrgent(history)).toBe(history.length > 0 && steps.includes(history.at(-1) ?? entry('opened', 0)));
});
