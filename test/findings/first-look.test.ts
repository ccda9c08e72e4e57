import { expect, test } from 'vitest';
import { isFirstLook } from '../../findings/first-look.ts';
import { NEVER, type ScopeRecord } from '../../findings/run.ts';
import { at, SCOPE } from './samples.ts';

const seen: ScopeRecord = { ...SCOPE, runId: 'run-5', seenAt: at(5), blindSince: {}, firstRunId: 'run-3' };

test.each<[string, boolean, ScopeRecord | undefined, string]>([
  ['a run that finds no record of the scope', true, undefined, 'run-5'],
  ['a run that finds that nobody was let in', true, { ...seen, seenAt: NEVER, firstRunId: undefined }, 'run-5'],
  ['the run that was first, looking again', true, seen, 'run-3'],
  ['a run that was killed before that', true, seen, 'run-2'],
  ['a later run', false, seen, 'run-4'],
  ['any run, where nobody knows who was first', false, { ...seen, firstRunId: undefined }, 'run-1'],
])('%s: %s', (_who, expected, record, runId) => {
  expect(isFirstLook(record, runId)).toBe(expected);
});
