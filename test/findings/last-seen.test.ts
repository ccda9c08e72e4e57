import { describe, expect, test } from 'vitest';
import { lastSeenAt, toScopeRecord } from '../../findings/last-seen.ts';
import type { ScopeRecord } from '../../findings/run.ts';
import { at, CHECK, fails, finding, group, isUnknown, passes, SCOPE } from './samples.ts';

const seen: ScopeRecord = { ...SCOPE, runId: 'run-5', seenAt: at(5), blindSince: {} };
const seenAt = (hour: number, ...evaluations: Parameters<typeof toScopeRecord>[2]['evaluations'][number][]) => ({
  scope: SCOPE,
  observedAt: at(hour),
  evaluations,
});
const sg = group('sg-1');
const all = { id: 'run-6', checkIds: [CHECK] };

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

describe('the record of a scope', () => {
  test('says when it was seen, and by which run', () => {
    expect(toScopeRecord(seen, all, seenAt(6, passes(sg), fails(group('sg-2'))), [])).toEqual({
      ...SCOPE,
      runId: 'run-6',
      seenAt: at(6),
      blindSince: {},
    });
  });

  test('keeps when a check that is blind now last could judge', () => {
    const once = toScopeRecord(seen, all, seenAt(6, isUnknown(sg)), []);
    expect(once.blindSince).toEqual({ [CHECK]: at(5) });
    expect(toScopeRecord(once, all, seenAt(7, isUnknown(sg)), []).blindSince).toEqual({ [CHECK]: at(5) });
    expect(toScopeRecord(once, all, seenAt(8, passes(sg)), []).blindSince).toEqual({});
  });

  test('counts a check that did not run as blind, if it has findings', () => {
    const partly = { id: 'run-6', checkIds: ['another-check'] };
    expect(toScopeRecord(seen, partly, seenAt(6), [finding('sg-1')]).blindSince).toEqual({ [CHECK]: at(5) });
  });

  test('lets what never could be judged be last seen when it was found', () => {
    const record = toScopeRecord(undefined, all, seenAt(6, isUnknown(sg)), []);
    expect(lastSeenAt(finding('sg-2', { observedAt: at(6) }), record)).toBe(at(6));
  });
});
