import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnyActivityCheck, activity, defineActivityCheck, type EventSelector } from '../../checks/activity.ts';
import { activityChecks } from '../../checks/activity-registry.ts';
import { rootIdentity } from '../../checks/predicates/example-identities.ts';
import { activityJudge, type JudgedActivity, readyActivity } from '../../findings/judge-activities.ts';
import { toEvent } from '../../inventory/events/to-event.ts';
import { Unread } from '../../inventory/facet.ts';
import { exampleEvent, exampleRecord } from '../checks/activity/example-event.ts';

const EC2 = { source: 'ec2.amazonaws.com', names: ['RunInstances'] } as const;
const RUN = { eventSource: 'ec2.amazonaws.com', eventName: 'RunInstances' };

describe('an event meets', () => {
  test('checks that name it and its service', () => {
    const judge = judgeOf(check('named', [EC2]));
    expect(idsOf(judge(exampleEvent(RUN)))).toEqual(['activity-named']);
    expect(idsOf(judge(exampleEvent({ ...RUN, eventName: 'StopInstances' })))).toEqual([]);
    expect(idsOf(judge(exampleEvent({ ...RUN, eventSource: 'lightsail.amazonaws.com' })))).toEqual([]);
  });

  test('checks that name it of any service', () => {
    const judge = judgeOf(check('any', [{ source: 'any', names: ['RunInstances'] }]));
    expect(idsOf(judge(exampleEvent({ ...RUN, eventSource: 'lightsail.amazonaws.com' })))).toEqual(['activity-any']);
    expect(idsOf(judge(exampleEvent({ ...RUN, eventName: 'constructor' })))).toEqual([]);
  });

  test('checks of the root user, if it was the root user', () => {
    const judge = judgeOf(check('root', [{ by: 'root' }]));
    expect(idsOf(judge(exampleEvent({ ...RUN, userIdentity: rootIdentity() })))).toEqual(['activity-root']);
    expect(idsOf(judge(exampleEvent(RUN)))).toEqual([]);
  });

  test('checks of refusals, if it was refused', () => {
    const judge = judgeOf(check('refused', [{ outcome: 'refused' }]));
    expect(idsOf(judge(exampleEvent({ ...RUN, errorCode: 'Client.UnauthorizedOperation' })))).toEqual(['activity-refused']);
    expect(idsOf(judge(exampleEvent({ ...RUN, errorCode: 'Client.InvalidParameterValue' })))).toEqual([]);
  });

  test('checks of every event', () => {
    const judge = judgeOf(check('every', ['every']));
    expect(idsOf(judge(exampleEvent(RUN)))).toEqual(['activity-every']);
  });

  test('a check once, however many of its selectors fit', () => {
    const judge = judgeOf(
      check('b', [EC2, { source: 'any', names: ['RunInstances'] }, { by: 'root' }, { outcome: 'refused' }, 'every']),
      check('a', ['every']),
    );
    const event = exampleEvent({ ...RUN, userIdentity: rootIdentity(), errorCode: 'AccessDenied' });
    expect(idsOf(judge(event))).toEqual(['activity-a', 'activity-b']);
  });
});

describe('what a check says', () => {
  test('has the severity of the circumstances, else of the team, else its own', () => {
    const own = check('own', ['every']);
    const worse = { ...check('worse', ['every']), evaluate: () => activity('worse', {}, { severity: 'CRITICAL' }) } as const;
    const judge = activityJudge([readyActivity(own, { severity: 'HIGH' }), readyActivity(worse, { severity: 'HIGH' })]);
    expect(judge(exampleEvent(RUN)).map(({ severity }) => severity)).toEqual(['HIGH', 'CRITICAL']);
    expect(judgeOf(own)(exampleEvent(RUN)).map(({ severity }) => severity)).toEqual(['LOW']);
  });

  test('rests on the params of the team before its own', () => {
    const asked = defineActivityCheck({
      ...check('asked', ['every']),
      params: { minutes: 10, count: 3 },
      evaluate: (_, params) => activity('asked', params),
    });
    const [judged] = activityJudge([readyActivity(asked, { params: { minutes: 5 } })])(exampleEvent(RUN));
    expect(judged?.activity.evidence).toEqual({ minutes: 5, count: 3 });
  });

  test('is unsure, and why, if it touched what makes no sense', () => {
    const unread = failing('unread', () => {
      throw new Unread({
        cause: 'malformed',
        operation: 'cloudtrail:RunInstances',
        permissions: [],
        message: 'requestParameters is no object',
      });
    });
    const [judged] = judgeOf(unread)(exampleEvent(RUN));
    expect(judged).toMatchObject({
      severity: 'LOW',
      unsure: true,
      activity: { reason: 'cannot be judged: requestParameters is no object' },
    });
    expect(judged).not.toHaveProperty('crash');
  });

  test('is unsure if it failed, and costs no other check its word', () => {
    const broken = failing('broken', () => {
      throw new TypeError('the password is hunter2');
    });
    const [failed, sound] = judgeOf(check('sound', ['every']), broken)(exampleEvent(RUN));
    expect(failed).toMatchObject({ unsure: true, activity: { reason: 'cannot be judged: the check itself failed: TypeError' } });
    expect(failed?.crash).toBeInstanceOf(TypeError);
    expect(JSON.stringify(failed?.activity)).not.toContain('hunter2');
    expect(sound).toMatchObject({ check: { id: 'activity-sound' }, unsure: false });
  });

  test('is told once an hour if it fails, for each account and kind of event', () => {
    const judge = judgeOf(failing('broken', () => undefinedly()));
    const keyOf = (more: object) => judge(exampleEvent({ ...RUN, ...more }))[0]?.activity.once?.key;
    expect(keyOf({ eventID: 'another' })).toBe(keyOf({}));
    expect(keyOf({ recipientAccountId: '444455556666' })).not.toBe(keyOf({}));
    expect(keyOf({ eventSource: 'lightsail.amazonaws.com' })).not.toBe(keyOf({}));
  });
});

test('the order of checks does not matter', () => {
  const events = activityChecks
    .flatMap(({ examples }) => Object.values(examples).flatMap((named) => Object.values(named)))
    .map(exampleEvent);
  const expected = events.map(judgeOf(...activityChecks));
  fc.assert(
    fc.property(fc.shuffledSubarray([...activityChecks], { minLength: activityChecks.length }), (shuffled) => {
      expect(events.map(judgeOf(...shuffled))).toEqual(expected);
    }),
    { numRuns: 20 },
  );
});

test('every example of a check is told, or not, by the engine as by the check', () => {
  const judge = judgeOf(...activityChecks);
  const said = ({ id }: AnyActivityCheck, kind: 'activity' | 'quiet' | 'unsure') =>
    Object.entries(activityChecks.find((one) => one.id === id)?.examples[kind] ?? {}).map(([name, example]) => {
      const own = judge(exampleEvent(example)).find(({ check: { id: judged } }) => judged === id);
      return { name, told: own !== undefined, unsure: own?.unsure ?? false };
    });
  for (const one of activityChecks) {
    expect(said(one, 'activity').filter(({ told, unsure }) => !told || unsure)).toEqual([]);
    expect(said(one, 'quiet').filter(({ told }) => told)).toEqual([]);
    expect(said(one, 'unsure').filter(({ unsure }) => !unsure)).toEqual([]);
  }
});

test('no part of an event that makes no sense silences all checks, and none makes a check fail', () => {
  const judge = judgeOf(...activityChecks);
  const examples = activityChecks.flatMap(({ id, examples: { activity: told } }) =>
    Object.entries(told).map(([name, example]) => ({ name: `${id}: ${name}`, record: exampleRecord(example) })),
  );
  const silenced = examples.flatMap(({ name, record }) =>
    garbled(record).flatMap(({ what, garbage }) => {
      const judged = judge(toEvent(garbage) ?? expect.fail('no event'));
      expect(judged.filter((one) => 'crash' in one).map(({ check: { id } }) => id)).toEqual([]);
      return judged.length === 0 ? [`${name}: ${what}`] : [];
    }),
  );
  expect(silenced).toEqual([]);
});

test('no example alarms twice, but for the root user having done it', () => {
  const judge = judgeOf(...activityChecks);
  const examples = activityChecks.flatMap(({ id, examples }) =>
    Object.entries(examples.activity).map(([name, example]) => ({ id, name, example })),
  );
  const loud = examples.map(({ id, name, example }) => ({
    example: `${id}: ${name}`,
    alarms: judge(exampleEvent(example))
      .filter(({ severity, unsure, activity }) => ['CRITICAL', 'HIGH'].includes(severity) && !unsure && activity.threshold === undefined)
      .filter(({ check: { events } }) => !events.some((selector) => typeof selector === 'object' && 'by' in selector))
      .map(({ check }) => check.id),
  }));
  expect(loud.filter(({ alarms }) => alarms.length > 1)).toEqual([]);
});

function check(name: string, events: readonly EventSelector[]): AnyActivityCheck {
  return defineActivityCheck({
    id: `activity-${name}`,
    title: name,
    severity: 'LOW',
    controls: [],
    attack: [],
    equivalents: {},
    risk: 'none',
    remediation: { text: 'none' },
    events,
    evaluate: ({ name: eventName }) => activity(eventName),
    examples: { activity: {}, quiet: {} },
  });
}

/** A record with each of its parts, and the type of who did it, replaced by what makes no sense there. */
function garbled(record: Readonly<Record<string, unknown>>) {
  const parts = ['userIdentity', 'requestParameters', 'responseElements', 'additionalEventData', 'eventSource', 'eventName', 'eventTime'];
  const nonsense = ['nonsense', 7, true, ['a', 'b'], [{}, {}], { omitted: true }];
  const ofPart = parts.flatMap((part) =>
    nonsense
      .filter((value) => typeof value !== 'string' || !part.startsWith('event'))
      .map((value) => ({ what: `${part} ${JSON.stringify(value)}`, garbage: { ...record, [part]: value } })),
  );
  const ofType = [...nonsense, null, ''].map((type) => ({
    what: `userIdentity.type ${JSON.stringify(type)}`,
    garbage: { ...record, userIdentity: { type, userName: 'ana' } },
  }));
  return [...ofPart, ...ofType];
}

function failing(name: string, evaluate: () => undefined): AnyActivityCheck {
  return { ...check(name, ['every']), evaluate };
}

function undefinedly(): never {
  throw new RangeError('out of range');
}

function judgeOf(...checks: readonly AnyActivityCheck[]) {
  return activityJudge(checks.map((one) => readyActivity(one)));
}

function idsOf(judged: readonly JudgedActivity[]): readonly string[] {
  return judged.map(({ check: { id } }) => id);
}
