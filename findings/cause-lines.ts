import { toBy, toWhen, toWho } from './actor-words.ts';
import { type Cause, isProbable } from './cause.ts';
import type { Finding, HistoryEntry } from './finding.ts';
import { toInert, wrap } from './inert.ts';
import { toMinute } from './words.ts';

/** Who is behind a step; nothing when nobody knows. */
export function whoLines({ cause }: HistoryEntry, { resource }: Finding): string[] {
  if (!cause) return [];
  const who = toWho(cause.actor, resource.accountId);
  const whence = cause.found === 'lookup' ? "CloudTrail's history" : 'the nearest event';
  return wrap(isProbable(cause) ? `probably ${who} (${whence})` : who, 'Who:   ');
}

/** What they did and when, and what it changed. */
export function howLines(step: HistoryEntry, before: HistoryEntry | undefined): string[] {
  const { cause, severity, reason, kind, at } = step;
  if (!cause) return [];
  const after = kind === 'resolved' ? toEnd(reason) : before && before.kind !== 'resolved' ? `${severity}: ${reason}` : reason;
  return [
    ...wrap(`${toInert(cause.eventName, 128)}, ${toWhen(cause.at, at)}`, 'How:    '),
    ...wrap(toInert(toBefore(kind, before)), 'Before: '),
    ...wrap(toInert(after), 'After:  '),
    '',
  ];
}

/** `by ana@example.com`, the most telling first; nothing when nobody knows. */
export function byWords({ cause }: HistoryEntry): readonly string[] {
  if (!cause) return [];
  return toBy(cause.actor).map((name) => `${isProbable(cause) ? 'probably ' : ''}by ${name}`);
}

/** What somebody needs to find the event. */
export function eventLines(cause: Cause | undefined): string[] {
  return cause ? wrap(toInert(`${cause.eventId} in CloudTrail`, 300), 'Event id: ', '  ') : [];
}

/** A step as its finding's history has it; -1 when the history does not know it. */
export function stepIndex({ kind, at, runId }: HistoryEntry, { history }: Finding): number {
  return history.findLastIndex((entry) => entry.kind === kind && entry.at === at && entry.runId === runId);
}

/** How the finding stood before a step; `undefined` when it is new, or when that is no longer kept. */
export function stepBefore(step: HistoryEntry, finding: Finding): HistoryEntry | undefined {
  return finding.history[stepIndex(step, finding) - 1];
}

function toBefore(kind: HistoryEntry['kind'], before: HistoryEntry | undefined): string {
  if (!before) return kind === 'opened' ? 'not known before' : 'no longer kept';
  if (before.kind === 'resolved') return `${before.reason === 'passes now' ? 'passed' : before.reason}, since ${toMinute(before.at)}`;
  return `${before.severity}: ${before.reason}`;
}

function toEnd(reason: string): string {
  return reason === 'passes now' ? 'passes' : reason;
}
