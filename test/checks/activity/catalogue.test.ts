import { describe, expect, test } from 'vitest';
import { activityChecks } from '../../../checks/activity-registry.ts';
import { activityJudge, readyActivity } from '../../../findings/judge-activities.ts';
import { told } from '../../inventory/events/told-touches.ts';
import { catalogue } from './catalogue.ts';
import { exampleEvent, exampleRecord } from './example-event.ts';

/** They count events, and have tests of their own. */
const COUNTING = /^activity-(apis-probed|calls?-refused|sign-in-failures-repeated|sign-in-users-tried)$/;

const judge = activityJudge(activityChecks.filter(({ id }) => !COUNTING.test(id)).map((check) => readyActivity(check)));
const entries = catalogue();

describe.each([...new Set(entries.map(({ about }) => about))])('%s', (family) => {
  const ofFamily = entries.filter(({ about }) => about === family);

  test.each(ofFamily)('$event.eventName', ({ event, told: expected, touched }) => {
    const said = judge(exampleEvent(event)).map(
      ({ check, severity, unsure }) => `${severity} ${check.id.replace('activity-', '')}${unsure ? ' unsure' : ''}`,
    );
    expect(said).toEqual(expected);
    expect(told(exampleRecord(event))).toEqual(touched);
  });
});

test('no event is told at once by two checks that are sure', () => {
  const loud = entries.filter(({ told: each }) => each.filter((said) => /^(CRITICAL|HIGH) \S+$/.test(said)).length > 1);
  expect(loud.map(({ event, told: each }) => `${event.eventName}: ${each.join(', ')}`)).toEqual([]);
});

test('every activity check but those that count speaks of an event here', () => {
  const spoken = new Set(entries.flatMap(({ told: each }) => each.map((said) => `activity-${said.split(' ')[1]}`)));
  const silent = activityChecks.map(({ id }) => id).filter((id) => !spoken.has(id) && !COUNTING.test(id));
  expect(silent).toEqual([]);
});
