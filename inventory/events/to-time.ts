/** As CloudTrail writes it, and on a day that every month has: there is no more to be looked at. */
const PLAIN = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** Records come by the second: the next often has the time of the last. */
let last = { text: '', time: '' };

/** A time in ISO 8601, UTC with milliseconds; empty when it is no time. */
export function toTime(value: unknown): string {
  if (typeof value !== 'string') return '';
  if (value !== last.text) last = { text: value, time: timeOf(value) };
  return last.time;
}

function timeOf(text: string): string {
  if (PLAIN.test(text)) return `${text.slice(0, -1)}.000Z`;
  const time = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
