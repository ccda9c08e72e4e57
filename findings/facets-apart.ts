import type { AnyCheck } from '../checks/check.ts';

/**
 * Facets that are no part of what a look at a single resource reads: what the root user did is asked of every region, and whether a region reports its
 * events only an audit knows; what names a security group stands in four other services, and a new group is named by nothing yet. They are judged when an event names them, not when it may have changed anything of the resource.
 */
const APART: ReadonlySet<string> = new Set(['rootEvents', 'eventDelivery', 'namedBy']);

/** The facets that a look is about: all but those apart, or just some. */
export type LookedAt = 'all' | readonly string[];

export function isApart(facet: string): boolean {
  return APART.has(facet);
}

/** Whether a look at these facets judges a check: if it rests on one of them, and on none apart that is not among them. */
export function isJudged({ needs }: Pick<AnyCheck, 'needs'>, facets: LookedAt): boolean {
  if (facets === 'all') return !needs.some(isApart);
  return needs.some((need) => facets.includes(need)) && needs.every((need) => !isApart(need) || facets.includes(need));
}
