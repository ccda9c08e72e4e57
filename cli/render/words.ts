import type { UnreadCause } from '../../inventory/facet.ts';
import type { FindingRow } from '../scan-schema.ts';

const CAUSES: Readonly<Record<UnreadCause, string>> = {
  denied: 'access denied',
  throttled: 'throttled',
  timeout: 'no answer',
  failed: 'failed',
  malformed: 'unreadable answer',
  unsupported: 'not supported there',
  'other-account': 'belongs to another account',
  'no-data': 'no data yet',
  unresolved: 'unresolved',
};

/** Why something was not read, in words. */
export function causeInWords(cause: string): string {
  return Object.entries(CAUSES).find(([name]) => name === cause)?.[1] ?? cause;
}

/** `1,240`: the same on every machine. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** `1 region`, `2 regions`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `a, b and 3 more`. */
export function some(names: readonly string[], limit: number): string {
  return names.length <= limit ? names.join(', ') : `${names.slice(0, limit).join(', ')} and ${count(names.length - limit)} more`;
}

/** A resource as people know it: its id, and the name that its tags give it. */
export function labelOf({ id, tags }: Pick<FindingRow['resource'], 'id' | 'tags'>): string {
  const name = tags.Name;
  return name === undefined || name === '' || name === id ? id : `${id} (${name})`;
}

/** `2026-11-21`. */
export function toDate(time: string | null): string {
  return time?.slice(0, 10) ?? '';
}

/** `2026-11-21 08:49 UTC`. */
export function toMinute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** `42 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
