import { Unread } from '../facet.ts';

/** What something in use must have, but a complete listing does not show: in a shared VPC it may belong to another account. */
export function notVisible(operation: string, what: string): Unread {
  return new Unread({
    cause: 'other-account',
    operation,
    permissions: [],
    message: `${operation}: ${what} is not visible to this account`,
  });
}
