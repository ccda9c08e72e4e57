import type { Failure } from '../check.ts';
import { fail } from '../check.ts';
import { dateOf, daysSince } from './time.ts';

/** What is wrong with something that ends at a time (ISO 8601): that it has ended, or, less severe, that it will within `days`. */
export function judgeExpiry(
  what: string,
  expiresAt: string,
  { days, now }: { readonly days: number; readonly now: Date },
): Failure | false {
  if (Date.parse(expiresAt) <= now.getTime()) return fail(`${what} expired on ${dateOf(expiresAt)}`, { expiresAt });
  if (-daysSince(expiresAt, now) > days) return false;
  return fail(`${what} expires on ${dateOf(expiresAt)}`, { expiresAt }, { severity: 'LOW', because: 'it has not expired yet' });
}
