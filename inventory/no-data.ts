import { Unread } from './facet.ts';

/** What a reader throws where AWS has nothing to tell, yet or any more. `operation` is the call that should have told it. */
export function noData(operation: string, detail: string): Unread {
  return new Unread({ cause: 'no-data', operation, permissions: [], message: `${operation}: ${detail}` });
}

/** What a call about one resource says when that is gone since it was listed. `what` is its kind: `the bucket`. */
export function deletedMeanwhile(operation: string, what: string): Unread {
  return noData(operation, `${what} was deleted during the scan`);
}
