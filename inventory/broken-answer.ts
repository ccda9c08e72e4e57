import { Unread } from './facet.ts';

/** An answer that lacks what AWS documents, as a cut-off or empty body does. Classified as `malformed`, by name. */
export class BrokenAnswer extends Error {
  override readonly name = 'BrokenAnswer';
}

/**
 * A member that AWS documents as always present: the SDK turns an empty body into an answer without members, and that must not pass for "none".
 * For use while a call is answered.
 * @throws BrokenAnswer when it is missing
 */
export function required<Value>(value: Value | undefined, member: string): Value {
  if (value === undefined) throw new BrokenAnswer(`the answer has no ${member}`);
  return value;
}

/** What a reader throws for a part of an answer that it does not understand. `operation` is the call that gave it. */
export function malformed(operation: string, detail: string): Unread {
  return new Unread({ cause: 'malformed', operation, permissions: [], message: `${operation}: ${detail}` });
}
