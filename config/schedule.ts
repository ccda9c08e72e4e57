/** How often a schedule begins an audit, on average; or, of what is no schedule, what was expected in its place. */
export type Cadence = { readonly perDay: number } | { readonly expected: string };

const CLOSEST_MINUTES = 15;
const TOO_CLOSE = `at least ${CLOSEST_MINUTES} minutes between two audits`;
const DAY_MINUTES = 24 * 60;
const MONTH_DAYS = 365.25 / 12;

/** Reads `rate(…)` or `cron(…)` by the grammar of EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function toCadence(expression: string): Cadence {
  const [, kind, inner = ''] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return ofRate(inner);
  if (kind === 'cron') return ofCron(inner.trim().split(/\s+/));
  return { expected: 'rate(6 hours), or cron(…) with six fields' };
}

const UNIT_MINUTES: Readonly<Record<string, number>> = { minute: 1, hour: 60, day: DAY_MINUTES };

function ofRate(inner: string): Cadence {
  const [, value, unit = '', plural] = /^([1-9]\d{0,5})\s+(minute|hour|day)(s?)$/.exec(inner) ?? [];
  if (value === undefined || (plural === '' && value !== '1'))
    return { expected: 'a number and minutes, hours or days in rate(…), such as rate(6 hours)' };
  const minutes = Number(value) * (UNIT_MINUTES[unit] ?? 1);
  return minutes < CLOSEST_MINUTES ? { expected: TOO_CLOSE } : { perDay: DAY_MINUTES / minutes };
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** What else may stand in it as a whole. */
  readonly also?: RegExp;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const MINUTES: Field = { name: 'minutes', from: 0, to: 59 };
const HOURS: Field = { name: 'hours', from: 0, to: 23 };
const DAYS_OF_MONTH: Field = { name: 'day-of-month', from: 1, to: 31, also: /^(\?|L|([1-9]|[12]\d|3[01])W)$/ };
const MONTHS_OF_YEAR: Field = { name: 'month', from: 1, to: 12, names: MONTHS };
const DAYS_OF_WEEK: Field = {
  name: 'day-of-week',
  from: 1,
  to: 7,
  names: WEEKDAYS,
  also: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
};
const YEARS: Field = { name: 'year', from: 1970, to: 2199 };
const FIELDS = [MINUTES, HOURS, DAYS_OF_MONTH, MONTHS_OF_YEAR, DAYS_OF_WEEK, YEARS];

function ofCron(written: readonly string[]): Cadence {
  if (written.length !== FIELDS.length)
    return { expected: `six fields in cron(minutes hours day-of-month month day-of-week year), which has ${written.length}` };
  const wrong = FIELDS.find((field, index) => valuesOf(field, written[index] ?? '') === undefined);
  if (wrong) return { expected: rangeOf(wrong) };
  const [minutes = '', hours = '', dayOfMonth = '', months = '', dayOfWeek = ''] = written;
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    return { expected: '"?" for one of day-of-month and day-of-week in cron(…), and for one only' };
  const times = timesOfDay(valuesOf(HOURS, hours) ?? [], valuesOf(MINUTES, minutes) ?? []);
  if (closest(times) < CLOSEST_MINUTES) return { expected: TOO_CLOSE };
  const monthly = dayOfWeek === '?' ? daysOfMonth(dayOfMonth) : daysOfWeek(dayOfWeek);
  return { perDay: (times.length * monthly * (valuesOf(MONTHS_OF_YEAR, months) ?? []).length) / 12 / MONTH_DAYS };
}

function rangeOf({ name, from, to, names }: Field): string {
  const named = names === undefined ? '' : ` or ${names[0]} to ${names.at(-1)}`;
  return `${name} from ${from} to ${to}${named} in cron(…)`;
}

/** The values that a field stands for, none for one of its other forms; `undefined` if it is malformed. Ranges may go round: `20-2`, `FRI-MON`. */
function valuesOf(field: Field, written: string): readonly number[] | undefined {
  if (field.also?.test(written)) return [];
  const values = new Set<number>();
  for (const part of written.split(',')) {
    const of = valuesOfPart(field, part);
    if (of === undefined) return undefined;
    for (const value of of) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function valuesOfPart(field: Field, part: string): readonly number[] | undefined {
  const [, first = '', last, step] = /^(\*|[0-9A-Z]+)(?:-([0-9A-Z]+))?(?:\/(\d{1,4}))?$/.exec(part) ?? [];
  if (first === '' || step === '0' || (first === '*' && last !== undefined)) return undefined;
  const start = first === '*' ? field.from : numberOf(field, first);
  const open = first === '*' || (last === undefined && step !== undefined);
  const end = open ? field.to : last === undefined ? start : numberOf(field, last);
  if (start === undefined || end === undefined || (end < start && field === YEARS)) return undefined;
  const size = field.to - field.from + 1;
  const length = ((end - start + size) % size) + 1;
  return Array.from(
    { length: Math.ceil(length / Number(step ?? 1)) },
    (_, index) => field.from + ((start - field.from + index * Number(step ?? 1)) % size),
  );
}

function numberOf({ from, to, names }: Field, word: string): number | undefined {
  const named = names?.indexOf(word) ?? -1;
  if (named >= 0) return from + named;
  const value = /^\d{1,4}$/.test(word) ? Number(word) : Number.NaN;
  return value >= from && value <= to ? value : undefined;
}

function timesOfDay(hours: readonly number[], minutes: readonly number[]): readonly number[] {
  return hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
}

/** Minutes between the two times of a day that are closest, over midnight too. */
function closest(times: readonly number[]): number {
  const [first = 0] = times;
  return Math.min(...times.map((time, index) => (times[index + 1] ?? first + DAY_MINUTES) - time));
}

function daysOfMonth(written: string): number {
  return written === '*' ? MONTH_DAYS : Math.max(1, (valuesOf(DAYS_OF_MONTH, written) ?? []).length);
}

function daysOfWeek(written: string): number {
  const values = valuesOf(DAYS_OF_WEEK, written) ?? [];
  if (values.length > 0) return (values.length * MONTH_DAYS) / 7;
  return written === 'L' ? MONTH_DAYS / 7 : 1;
}
