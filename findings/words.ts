import type { UnreadCause } from '../inventory/facet.ts';
import type { ResourceIdentity } from '../inventory/resource.ts';

/** A resource as people know it: the name that its tags give it, and its id. The name is anybody's text. */
export function labelOf({ id, tags }: Pick<ResourceIdentity, 'id' | 'tags'>): string {
  const name = tags.Name;
  return name === undefined || name === '' || name === id ? id : `${name} (${id})`;
}

/** `2026-11-21 08:49 UTC`, of an ISO 8601 time in UTC. */
export function toMinute(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

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

/** A remediation's command with its region filled in where all agree on one; all else stays a placeholder, because names come from outside. */
export function inRegion(cli: string, regions: Iterable<string>): string {
  const [region = '', ...others] = new Set(regions);
  return others.length === 0 && /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(region) ? cli.replaceAll('<region>', region) : cli;
}
