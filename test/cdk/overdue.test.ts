import { expect, test } from 'vitest';
import { overdueAfterHours } from '../../cdk/overdue.ts';

test.each([
  ['rate(6 hours)', 13],
  ['rate(15 minutes)', 3],
  ['rate(1 day)', 49],
  ['rate(3 days)', 145],
  ['rate(4 days)', 168],
  ['cron(0 6 * * ? *)', 49],
  ['cron(0 6,18 ? * * *)', 49],
  ['cron(0 6 ? * MON-FRI *)', 168],
  ['cron(0 6 ? * MON,THU *)', 168],
])('with %s audits are overdue after %i hours', (expression, hours) => {
  expect(overdueAfterHours({ expression, timezone: 'UTC' })).toBe(hours);
});

test.each([
  'rate(7 days)',
  'cron(0 6 1 * ? *)',
  'cron(0 6 ? * MON *)',
  'cron(0 6 ? JAN,JUL MON-FRI *)',
  'cron(0 6 L * ? *)',
])('with %s CloudWatch looks back too little to tell', (expression) => {
  expect(overdueAfterHours({ expression, timezone: 'UTC' })).toBeUndefined();
});
