const DAY = 86_400_000;

/** Whole days from an ISO 8601 time to now; negative for the future. */
export function daysSince(time: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(time)) / DAY);
}

/** The date of an ISO 8601 time, for reasons and evidence. */
export function dateOf(time: string): string {
  return time.slice(0, 10);
}
