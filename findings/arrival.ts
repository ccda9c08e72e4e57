import * as z from 'zod';
import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { Touch } from '../inventory/events/touch.ts';
import type { Cause } from './cause.ts';
import { toInert } from './inert.ts';
import { cause, resourceType, text } from './stored.ts';

/** A touched resource, and the event that touched it. */
export interface CausedTouch {
  readonly touch: Touch;
  readonly cause: Cause;
}

/** A message that calls for a reaction: an event; or what events have touched a while ago and is to be looked at again, now that the dust has settled. */
export type Arrival =
  | { readonly messageId: string; readonly event: CloudTrailEvent }
  | { readonly messageId: string; readonly again: readonly CausedTouch[] };

const touch = z.object({
  resourceType,
  resourceId: text,
  accountId: text,
  region: text,
  facets: z.union([z.literal('all'), z.array(text)]),
  gone: z.boolean(),
  indirect: z.boolean(),
});

const secondLook = z.object({ again: z.array(z.object({ touch, cause })).min(1) });

/** What a message asks us to look at again; `undefined` when it is something else. @throws ZodError when it asks for nothing that makes sense */
export function toSecondLook(body: unknown): readonly CausedTouch[] | undefined {
  const isSecondLook = typeof body === 'object' && body !== null && 'again' in body;
  return isSecondLook ? secondLook.parse(body).again : undefined;
}

/** Longer than any name that AWS gives: an event may say anything. */
const MOST = 128;

export function toCause(event: CloudTrailEvent): Cause {
  const { id, name, source, at, accountId, region, actor } = event;
  return {
    found: 'event',
    eventId: toInert(id, MOST),
    eventName: toInert(name, MOST),
    eventSource: toInert(source, MOST),
    ...{ at, accountId: toInert(accountId, MOST), region: toInert(region, MOST), actor },
  };
}
