const HOUR = 3_600_000;

/** True if an ISO 8601 time is more than so many hours before now. */
export function isLongAgo(time: string, now: Date, hours: number): boolean {
  return now.getTime() - Date.parse(time) > hours * HOUR;
}

/**
 * True if something was delivered once, and nothing for a day and more although it logs for as long: the calls of every audit are events, so that a trail of all
 * management events always has something to deliver.
 */
export function isOverdue(latest: string | undefined, startedAt: string | undefined, now: Date): boolean {
  return latest !== undefined && isLongAgo(latest, now, 24) && (startedAt === undefined || isLongAgo(startedAt, now, 24));
}
