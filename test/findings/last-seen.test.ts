import { describe, expect, test } from 'vitest';
import { lastSeenAt } from '../../findings/last-seen.ts';
import type { ScopeRecord } from '../../findings/run.ts';
import { at, CHECK, finding, SCOPE } from './samples.ts';

const seen: ScopeRecord = { ...SCOPE, runId: 'run-5', seenAt: at(5), blindSince: {} };

describe('a finding was last seen', () => {
  test.each([
    ['when its scope was', finding('sg-1'), seen, at(5)],
    ['when its check last could judge', finding('sg-1'), { ...seen, blindSince: { [CHECK]: at(3) } }, at(3)],
    ['whatever other checks could not judge', finding('sg-1'), { ...seen, blindSince: { 'another-check': at(3) } }, at(5)],
    ['never before it last changed', finding('sg-1', { observedAt: at(4) }), { ...seen, blindSince: { [CHECK]: at(3) } }, at(4)],
    ['when it changed, if its scope has no record', finding('sg-1'), undefined, at(1)],
    ['when it was resolved', finding('sg-1', { state: 'resolved', resolvedAt: at(2) }), seen, at(2)],
  ])('%s', (_when, known, record, expected) => {
    expect(lastSeenAt(known, record)).toBe(expected);
  });
});
