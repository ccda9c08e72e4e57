import type { Unread, UnreadReason } from '../../inventory/facet.ts';
import { isUnread } from './logic.ts';

/** What a list holds as far as it was read, and why the rest is missing. */
export interface Known<Element> {
  readonly known: readonly Element[];
  readonly unread: Unread | undefined;
}

/** Reads a list that may be partial. The list is a question, because touching the facet that holds it may throw `Unread` too. */
export function knownOf<Element>(list: () => Iterable<Element>): Known<Element> {
  const known: Element[] = [];
  try {
    for (const element of list()) known.push(element);
  } catch (error) {
    if (!isUnread(error)) throw error;
    return { known, unread: error };
  }
  return { known, unread: undefined };
}

/** An answer, or why it cannot be had. */
export type Answer<Value> = { readonly value: Value; readonly unread: undefined } | { readonly value: undefined; readonly unread: Unread };

export function answerOf<Value>(question: () => Value): Answer<Value> {
  try {
    return { value: question(), unread: undefined };
  } catch (error) {
    if (!isUnread(error)) throw error;
    return { value: undefined, unread: error };
  }
}

/** Says UNKNOWN where AWS did answer, but with nothing that this check could judge. `operation` is the API call, `service:Operation`. */
export function refuseToJudge(cause: 'no-data' | 'malformed', operation: string, message: string): never {
  const reason: UnreadReason = { cause, operation, permissions: [], message };
  throw Object.assign(new Error(message), { name: 'Unread', reason });
}

/** True only where the whole list was read and holds nothing. */
export function isProvenEmpty(list: () => Iterable<unknown>): boolean {
  const { known, unread } = knownOf(list);
  return known.length === 0 && unread === undefined;
}
