import { remembered } from './remembered.ts';

const DAY = 86_400_000;

/** Milliseconds since 1970 of an ISO 8601 time or date; `NaN` for other text. Every check of a resource asks for the same few. */
export const millisecondsOf: (time: string) => number = remembered((time) => Date.parse(time));

/** Whole days from an ISO 8601 time to now; negative for the future. */
export function daysSince(time: string, now: Date): number {
  return Math.floor((now.getTime() - millisecondsOf(time)) / DAY);
}

/** The date of an ISO 8601 time, for reasons and evidence. */
export function dateOf(time: string): string {
  return time.slice(0, 10);
}
