import type { ResourceIdentity } from '../inventory/resource.ts';
import type { Exception } from './exception.ts';
import { patternOf } from './pattern.ts';

/** What an exception may cover: a finding, or a verdict that may become one. */
export interface Exceptable {
  readonly checkId: string;
  readonly resource: Pick<ResourceIdentity, 'arn' | 'tags' | 'accountId'>;
}

/** Exceptions in the order in which they are asked for: by check, those that end last first. */
export type Exceptions = ReadonlyMap<string, readonly Candidate[]>;

interface Candidate {
  readonly exception: Exception;
  readonly covers: (resource: Exceptable['resource']) => boolean;
}

export const NO_EXCEPTIONS: Exceptions = new Map();

/** Makes exceptions ready to be asked for many times. */
export function toExceptions(exceptions: readonly Exception[]): Exceptions {
  const candidates = exceptions.map((exception) => ({ exception, covers: toCoverage(exception) }));
  // Sorting is stable: of those that end on the same day the first in the file counts.
  candidates.sort((a, b) => (a.exception.expires > b.exception.expires ? -1 : a.exception.expires < b.exception.expires ? 1 : 0));
  return Map.groupBy(candidates, ({ exception }) => exception.check);
}

/** The exception that is in force for a finding at a time (ISO 8601 UTC): of several the one that ends last. */
export function exceptionFor({ checkId, resource }: Exceptable, exceptions: Exceptions, now: string): Exception | undefined {
  for (const { exception, covers } of exceptions.get(checkId) ?? []) {
    if (!isInForce(exception, now)) return undefined;
    if (covers(resource)) return exception;
  }
  return undefined;
}

/** True until the end of its last day, in UTC. */
export function isInForce({ expires }: Pick<Exception, 'expires'>, now: string): boolean {
  return dayOf(now) <= expires;
}

/** True when an exception is meant for a finding, whether or not it is in force. */
export function isCovered({ checkId, resource }: Exceptable, exception: Exception): boolean {
  return exception.check === checkId && toCoverage(exception)(resource);
}

/** The day of a time (ISO 8601) in UTC: `2026-12-31`. */
export function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Whether an exception is meant for a resource, whether or not it is in force. */
export function toCoverage({ resource: pattern = '*', tags = {}, accounts }: Exception): Candidate['covers'] {
  const fits = patternOf(pattern);
  const wanted = Object.entries(tags);
  return ({ arn, tags: own, accountId }) =>
    (accounts === undefined || accounts.includes(accountId)) &&
    fits(arn) &&
    wanted.every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
}
