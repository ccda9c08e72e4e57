const DAY = 86_400_000;

/** Spans of age, the youngest first; `below` in days. */
export const AGES = [
  { key: 'day', words: 'under 1 day', short: '< 1 d', below: 1 },
  { key: 'week', words: '1 to 7 days', short: '1–7 d', below: 7 },
  { key: 'month', words: '7 to 30 days', short: '7–30 d', below: 30 },
  { key: 'quarter', words: '30 to 90 days', short: '30–90 d', below: 90 },
  { key: 'year', words: '90 days to 1 year', short: '90 d–1 y', below: 365 },
  { key: 'older', words: 'over 1 year', short: '> 1 y', below: Number.POSITIVE_INFINITY },
] as const;
export type Age = (typeof AGES)[number]['key'];

/** How old something is at `now`; `undefined` if nobody knows since when it is. */
export function ageOf(since: string | null, now: string): Age | undefined {
  const days = daysBetween(since, now);
  return days === undefined ? undefined : AGES.find(({ below }) => days < below)?.key;
}

/** `3 days`, `5 months`: one figure, for a column. */
export function ageInWords(since: string | null, now: string): string {
  const days = daysBetween(since, now);
  if (days === undefined) return '–';
  if (days < 1) return 'under 1 day';
  if (days < 61) return counted(Math.floor(days), 'day');
  return days < 730 ? counted(Math.floor(days / 30.44), 'month') : counted(Math.floor(days / 365.25), 'year');
}

function daysBetween(since: string | null, now: string): number | undefined {
  const days = since === null ? Number.NaN : (Date.parse(now) - Date.parse(since)) / DAY;
  return Number.isNaN(days) ? undefined : Math.max(0, days);
}

/** `1 finding`, `20,000 findings`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function count(number: number): string {
  return number.toLocaleString('en-US');
}
