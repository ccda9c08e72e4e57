import { describe, expect, test } from 'vitest';
import type { LookTally } from '../../findings/check-tally.ts';
import type { Sight } from '../../findings/job.ts';
import { lastSeenAt } from '../../findings/last-seen.ts';
import { NEVER, type ScopeRecord, sightIn } from '../../findings/run.ts';
import { blindChecks, type Seen, toRefusedRecord, toScopeRecord } from '../../findings/scope-record.ts';
import { at, CHECK, fails, finding, group, isUnknown, passes, SCOPE } from './samples.ts';

const before: ScopeRecord = { ...SCOPE, runId: 'run-5', seenAt: at(5), blindSince: {}, firstRunId: 'run-1' };
const run = { id: 'run-6', checkIds: [CHECK] };
const sight: Sight = {
  ...{ resources: 3, evaluations: 3, unknown: 0, crashed: 0, incompleteTypes: [], gaps: [] },
  usage: { calls: 5, throttles: 0, milliseconds: 900 },
};

/** A look in one round. */
function seen(hour: number, ...blind: readonly string[]): Seen {
  return { scope: SCOPE, startedAt: at(hour), lookedAt: at(hour), blind: new Set(blind), sight: undefined };
}

test('blind are the checks that said UNKNOWN of anything', () => {
  const another = { ...passes(group('sg-1')), checkId: 'another-check' };
  expect(blindChecks([passes(group('sg-1')), isUnknown(group('sg-2')), fails(group('sg-3')), another])).toEqual(new Set([CHECK]));
});

describe('the record of a scope', () => {
  test('says when it was seen, by which run, and by which run first', () => {
    expect(toScopeRecord(before, run, seen(6), [])).toStrictEqual({
      ...{ ...SCOPE, runId: 'run-6', seenAt: at(6), blindSince: {} },
      firstRunId: 'run-1',
    });
    expect(toScopeRecord(undefined, run, seen(6), []).firstRunId).toBe('run-6');
  });

  test('does not say who saw a scope first that was seen before anybody kept that', () => {
    const { firstRunId: _, ...old } = before;
    expect(toScopeRecord(old, run, seen(6), [])).not.toHaveProperty('firstRunId');
  });

  test('keeps when a check that is blind now last could judge', () => {
    const once = toScopeRecord(before, run, seen(6, CHECK), []);
    expect(once.blindSince).toEqual({ [CHECK]: at(5) });
    expect(toScopeRecord(once, run, seen(7, CHECK), []).blindSince).toEqual({ [CHECK]: at(5) });
    expect(toScopeRecord(once, run, seen(8), []).blindSince).toEqual({});
  });

  test('counts a check that did not run as blind, if it has findings', () => {
    const partly = { id: 'run-6', checkIds: ['another-check'] };
    expect(toScopeRecord(before, partly, seen(6), [finding('sg-1')]).blindSince).toEqual({ [CHECK]: at(5) });
  });

  test('lets what never could be judged be last seen when it was found', () => {
    const record = toScopeRecord(undefined, run, seen(6, CHECK), []);
    expect(lastSeenAt(finding('sg-2', { observedAt: at(6) }), record)).toBe(at(6));
  });

  test('says when the last of several rounds began', () => {
    expect(toScopeRecord(before, run, { ...seen(6), lookedAt: at(7) }, [])).toMatchObject({ seenAt: at(6), lookedAt: at(7) });
    const rounds = { ...before, lookedAt: at(7) };
    expect(toScopeRecord(rounds, run, seen(6), [])).toMatchObject({ seenAt: at(6), lookedAt: at(7) });
    expect(toScopeRecord(rounds, run, seen(8), [])).not.toHaveProperty('lookedAt');
  });
});

describe('what a look counted', () => {
  const tally: LookTally = { [CHECK]: [3, 1, 0, 2] };
  const counted = toScopeRecord(before, run, { ...seen(6), tally }, []);

  test('stands in the record until the next look', () => {
    expect(counted.tally).toEqual(tally);
    const next: LookTally = { [CHECK]: [4, 0, 0, 2] };
    expect(toScopeRecord(counted, { ...run, id: 'run-7' }, { ...seen(7), tally: next }, []).tally).toEqual(next);
  });

  test('is not passed on by a look that did not count', () => {
    expect(toScopeRecord(counted, { ...run, id: 'run-7' }, seen(7), [])).not.toHaveProperty('tally');
  });

  test('is not replaced by what a look counted that began earlier', () => {
    const quicker = toScopeRecord(counted, { ...run, id: 'run-8' }, { ...seen(8), tally: { [CHECK]: [9, 0, 0, 0] } }, []);
    expect(toScopeRecord(quicker, { ...run, id: 'run-7' }, { ...seen(7), tally, sight }, []).tally).toEqual({ [CHECK]: [9, 0, 0, 0] });
  });

  test('is no longer a pass where the next run was not let in', () => {
    expect(toRefusedRecord(counted, { ...run, id: 'run-7' }, SCOPE, { sight, judgedThere: [CHECK] }).tally).toEqual({
      [CHECK]: [0, 0, 1, 0],
    });
  });
});

describe('what a deployed run has seen', () => {
  const deployed = toScopeRecord(before, run, { ...seen(6), sight }, []);

  test('stands in the record', () => {
    expect(sightIn(deployed, 'run-6')).toEqual(sight);
    expect(sightIn(deployed, 'run-5')).toBeUndefined();
    expect(sightIn(undefined, 'run-6')).toBeUndefined();
  });

  test('is still known when somebody has looked from the command line since', () => {
    const later = toScopeRecord(deployed, { ...run, id: 'run-7' }, seen(7), []);
    const again = toScopeRecord(later, { ...run, id: 'run-8' }, seen(8), []);
    expect(again.runId).toBe('run-8');
    expect(sightIn(again, 'run-6')).toEqual(sight);
    expect(sightIn(again, 'run-8')).toBeUndefined();
    const next = toScopeRecord(again, { ...run, id: 'run-9' }, { ...seen(9), sight }, []);
    expect(sightIn(next, 'run-9')).toEqual(sight);
    expect(sightIn(next, 'run-6')).toBeUndefined();
  });

  test('is kept although somebody who began later has been quicker', () => {
    const quicker = { ...before, runId: 'run-7', seenAt: at(7), blindSince: { [CHECK]: at(4), 'blind-in-both': at(3) } };
    const record = toScopeRecord(quicker, run, { ...seen(6, 'blind-in-both', 'blind-here'), sight }, []);
    expect(sightIn(record, 'run-6')).toEqual(sight);
    expect(record.seenAt).toBe(at(7));
    expect(record.blindSince).toEqual({ [CHECK]: at(6), 'blind-here': at(7), 'blind-in-both': at(3) });
  });
});

describe('the record of a scope that a run was not let into', () => {
  test('says that nothing was seen, and that all checks are blind since they last could judge', () => {
    const partly = { ...before, blindSince: { [CHECK]: at(3), 'not-run': at(2) } };
    const two = { id: 'run-6', checkIds: [CHECK, 'another-check'] };
    expect(toRefusedRecord(partly, two, SCOPE, { sight, judgedThere: ['another-check'] })).toStrictEqual({
      ...{ ...SCOPE, runId: 'run-6', seenAt: at(5), firstRunId: 'run-1', sight },
      blindSince: { 'another-check': at(5), [CHECK]: at(3), 'not-run': at(2) },
      tally: { 'another-check': [0, 0, 1, 0] },
    });
  });

  test('of which nothing was ever seen, says so', () => {
    const record = toRefusedRecord(undefined, run, SCOPE, { sight, judgedThere: [CHECK] });
    expect(record).toMatchObject({ seenAt: NEVER, blindSince: { [CHECK]: NEVER } });
    expect(toScopeRecord(record, { ...run, id: 'run-7' }, seen(7), [])).toMatchObject({ firstRunId: 'run-7', blindSince: {} });
  });

  test('is of this run, whoever looked before', () => {
    const foreign = { ...before, sight, sightRunId: 'run-4' };
    expect(sightIn(toRefusedRecord(foreign, run, SCOPE, { sight, judgedThere: [CHECK] }), 'run-6')).toEqual(sight);
  });
});
