const HOUR = 3_600_000;

/** True if an ISO 8601 time is more than so many hours before now. */
export function isLongAgo(time: string, now: Date, hours: number): boolean {
  return now.getTime() - Date.parse(time) > hours * HOUR;
}
