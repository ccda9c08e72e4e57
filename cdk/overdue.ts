import type { Schedule } from '../config/config.ts';
import { toCadence } from '../config/schedule.ts';

const DAY = 24;
/** CloudWatch looks no further back. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const FURTHEST = 7 * DAY;

/**
 * Hours without a finished audit after which audits are overdue: two intervals of the schedule and an hour for the audit itself. `undefined` when
 * audits are planned so seldom that CloudWatch cannot tell.
 */
export function overdueAfterHours({ expression }: Schedule): number | undefined {
  const gap = expression.startsWith('rate(') ? gapOfRate(expression) : gapOfCron(expression);
  if (gap === undefined) return undefined;
  const hours = Math.max(2, Math.ceil(2 * gap)) + 1;
  if (hours <= FURTHEST) return hours;
  return gap < FURTHEST ? FURTHEST : undefined;
}

function gapOfRate(expression: string): number | undefined {
  const cadence = toCadence(expression);
  return 'perDay' in cadence ? DAY / cadence.perDay : undefined;
}

/** The longest gap, or more. Of a schedule that leaves out months or days of the month nothing is said. */
function gapOfCron(expression: string): number | undefined {
  const [, , dayOfMonth = '', months = '', dayOfWeek = '', years = '*'] = expression.slice('cron('.length, -1).trim().split(/\s+/);
  if (!/^[*?]$/.test(dayOfMonth) || months !== '*' || years !== '*') return undefined;
  if (/^[*?]$/.test(dayOfWeek)) return DAY;
  return /^[A-Z0-9]+[,-]/.test(dayOfWeek) ? FURTHEST - DAY : undefined;
}
