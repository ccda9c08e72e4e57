/** Windows of time in which what belongs together is counted and told once. They are of the events' own time. */
export interface Windows {
  /** The windows that the event is in, oldest first. */
  readonly own: readonly TimeWindow[];
  /** Those in which something may have been told less than so many minutes before or after the event; its own are among them. */
  readonly nearby: readonly TimeWindow[];
  readonly milliseconds: number;
}

export interface TimeWindow {
  /** ISO 8601 UTC. */
  readonly start: string;
  readonly end: Date;
}

/** A day: whoever asks for what happened since a time looks so far back for windows that began before it. */
export const LONGEST_WINDOW = 24 * 60 * 60_000;

/** Windows that lie end to end: the event is in one. */
export function windowsEndToEnd(at: number, minutes: number): Windows {
  const step = toStep(minutes);
  const cell = Math.floor(at / step);
  const window = (index: number): TimeWindow => toWindow(index, step, 1);
  return { own: [window(cell)], nearby: [cell - 1, cell, cell + 1].map(window), milliseconds: step };
}

/** Windows of twice the length, a new one every so many minutes: the event is in two, and whatever lies within so many minutes is in one of them as a whole. */
export function windowsOverlapping(at: number, minutes: number): Windows {
  const step = toStep(minutes);
  const cell = Math.floor(at / step);
  const window = (index: number): TimeWindow => toWindow(index, step, 2);
  return { own: [cell - 1, cell].map(window), nearby: [cell - 2, cell - 1, cell, cell + 1].map(window), milliseconds: step };
}

function toStep(minutes: number): number {
  return Math.min(Math.max(minutes, 1) * 60_000, LONGEST_WINDOW);
}

function toWindow(index: number, step: number, steps: number): TimeWindow {
  return { start: new Date(index * step).toISOString(), end: new Date((index + steps) * step) };
}
