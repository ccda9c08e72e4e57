import { describe, expect, test } from 'vitest';
import { toCadence } from '../../config/schedule.ts';

const perDay = (expression: string): number | string => {
  const cadence = toCadence(expression);
  return 'expected' in cadence ? cadence.expected : Math.round(cadence.perDay * 1000) / 1000;
};

describe('how often an audit begins', () => {
  test.each([
    ['rate(6 hours)', 4],
    ['rate(1 hour)', 24],
    ['rate(1 hours)', 24],
    ['rate(15 minutes)', 96],
    ['rate(1 day)', 1],
    ['rate(7 days)', 0.143],
    ['cron(0 6 * * ? *)', 1],
    ['cron(0 0/6 * * ? *)', 4],
    ['cron(0 */6 * * ? *)', 4],
    ['cron(0,30 8-17 ? * MON-FRI *)', 14.286],
    ['cron(0 20-2 ? * FRI-MON *)', 4],
    ['cron(0 6,18 ? * 2-6 2026-2030)', 1.429],
    ['cron(15 10 ? * 6L *)', 0.033],
    ['cron(0 9 ? * 3#2 *)', 0.033],
    ['cron(0 9 ? * MON#1 *)', 0.033],
    ['cron(0 9 ? * L *)', 0.143],
    ['cron(0 9 L * ? *)', 0.033],
    ['cron(0 9 15W JAN,JUL ? *)', 0.005],
    ['cron(0  9  1  *  ?  *)', 0.033],
    ['cron(0 9 1/7 * ? *)', 0.164],
  ])('%s', (expression, times) => {
    expect(perDay(expression)).toBe(times);
  });
});

describe('what is no schedule is told with what was expected', () => {
  const CLOSE = 'at least 15 minutes between two audits';
  const RATE = 'a number and minutes, hours or days in rate(…), such as rate(6 hours)';
  const ONE_OF_BOTH = '"?" for one of day-of-month and day-of-week in cron(…), and for one only';

  test.each([
    ['every 6 hours', 'rate(6 hours), or cron(…) with six fields'],
    ['rate(6 hours', 'rate(6 hours), or cron(…) with six fields'],
    ['at(2026-11-21T00:00:00)', 'rate(6 hours), or cron(…) with six fields'],
    ['rate(6)', RATE],
    ['rate(0 hours)', RATE],
    ['rate(-6 hours)', RATE],
    ['rate(6 weeks)', RATE],
    ['rate(6 hour)', RATE],
    ['rate(1.5 hours)', RATE],
    ['rate(10 minutes)', CLOSE],
    ['cron(0 6 * * *)', 'six fields in cron(minutes hours day-of-month month day-of-week year), which has 5'],
    ['cron(60 6 * * ? *)', 'minutes from 0 to 59 in cron(…)'],
    ['cron(0 24 * * ? *)', 'hours from 0 to 23 in cron(…)'],
    ['cron(0 6 32 * ? *)', 'day-of-month from 1 to 31 in cron(…)'],
    ['cron(0 6 32W * ? *)', 'day-of-month from 1 to 31 in cron(…)'],
    ['cron(0 6 * 13 ? *)', 'month from 1 to 12 or JAN to DEC in cron(…)'],
    ['cron(0 6 ? * 0 *)', 'day-of-week from 1 to 7 or SUN to SAT in cron(…)'],
    ['cron(0 6 ? * 3#1,6#3 *)', 'day-of-week from 1 to 7 or SUN to SAT in cron(…)'],
    ['cron(0 6 ? * mon *)', 'day-of-week from 1 to 7 or SUN to SAT in cron(…)'],
    ['cron(0 6 * * ? 1969)', 'year from 1970 to 2199 in cron(…)'],
    ['cron(0 6 * * ? 2030-2026)', 'year from 1970 to 2199 in cron(…)'],
    ['cron(0/0 6 * * ? *)', 'minutes from 0 to 59 in cron(…)'],
    ['cron(, 6 * * ? *)', 'minutes from 0 to 59 in cron(…)'],
    ['cron(0 6 * * * *)', ONE_OF_BOTH],
    ['cron(0 6 ? * ? *)', ONE_OF_BOTH],
    ['cron(* 6 * * ? *)', CLOSE],
    ['cron(0/10 6 * * ? *)', CLOSE],
    ['cron(0,50 * * * ? *)', CLOSE],
    ['cron(50,0 23,0 * * ? *)', CLOSE],
  ])('%s', (expression, expected) => {
    expect(perDay(expression)).toBe(expected);
  });
});
