import { expect, test } from 'vitest';
import { OCSF_VERSION, toOcsf } from '../../../findings/exports/ocsf.ts';
import {
  every,
  excepted,
  exceptedUnknown,
  failing,
  fresh,
  notApplicable,
  passing,
  RUN_STARTED,
  reportOf,
  stillOpen,
  textOf,
  unknown,
} from './reports.ts';
import { ocsfJudge } from './schemas.ts';

const refusalsOf = ocsfJudge();

interface Event {
  readonly status_id: number;
  readonly activity_id: number;
  readonly type_uid: number;
  readonly comment?: string;
  readonly compliance: { readonly status_id: number; readonly standards: readonly string[] };
}

function eventsOf(findings: Parameters<typeof reportOf>[0]): readonly Event[] {
  return JSON.parse(textOf(toOcsf(reportOf(findings))));
}

test('every kind of finding is a valid Compliance Finding of the pinned version', () => {
  const events = eventsOf(every);
  expect(events).toHaveLength(every.length);
  expect(events.flatMap(refusalsOf)).toEqual([]);
  expect(events[0]).toMatchObject({ class_uid: 2003, metadata: { version: OCSF_VERSION, profiles: ['cloud'] } });
});

test('the schema does refuse', () => {
  const [event] = eventsOf([failing]);
  expect(refusalsOf({ ...event, status_id: 77 })).not.toEqual([]);
  expect(refusalsOf({ ...event, verdict: 'FAIL' })).not.toEqual([]);
});

test.each([
  ['a failure', failing, { activity: 2, status: 1, compliance: 3 }],
  ['a failure that this run saw first', fresh, { activity: 1, status: 1, compliance: 3 }],
  ['what could not be judged', unknown, { activity: 1, status: 0, compliance: 0 }],
  ['what could not be judged and was open', stillOpen, { activity: 2, status: 1, compliance: 0 }],
  ['an exception', excepted, { activity: 2, status: 3, compliance: 3 }],
  ['an exception to what could not be judged', exceptedUnknown, { activity: 2, status: 3, compliance: 0 }],
  ['a pass', passing, { activity: 3, status: 4, compliance: 1 }],
  ['what does not apply', notApplicable, { activity: 3, status: 4, compliance: 99 }],
])('%s has its own activity, status and compliance status', (_, finding, { activity, status, compliance }) => {
  const [event] = eventsOf([finding]);
  expect(event).toMatchObject({
    activity_id: activity,
    type_uid: 200_300 + activity,
    status_id: status,
    compliance: { status_id: compliance },
  });
});

test('what is excepted says by whom, until when and why', () => {
  expect(eventsOf([excepted])[0]?.comment).toBe('Excepted until 2026-12-31 by jane@example.com (SEC-42): the bastion, until it moves');
});

test('times are milliseconds, frameworks are told once each', () => {
  const [event] = eventsOf([failing]);
  expect(event).toMatchObject({
    time: Date.parse(RUN_STARTED) + 60_000,
    finding_info: { uid: failing.id, last_seen_time: Date.parse(RUN_STARTED) },
  });
  expect(event?.compliance.standards).toEqual([...new Set(event?.compliance.standards)]);
});

test('nothing found is an empty array', () => {
  expect(eventsOf([])).toEqual([]);
});
