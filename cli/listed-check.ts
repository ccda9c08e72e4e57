import type { AnyActivityCheck, EventSelector } from '../checks/activity.ts';
import type { AnyCheck } from '../checks/check.ts';

/** What commands list and explain: checks of resources and of what somebody did. */
export type ListedCheck = AnyCheck | AnyActivityCheck;

export const KINDS = ['posture', 'activity'] as const;
export type Kind = (typeof KINDS)[number];

export function isActivityCheck(check: ListedCheck): check is AnyActivityCheck {
  return 'events' in check;
}

/** Which events a selector means, in a line for people: `ec2.amazonaws.com: RunInstances`. */
export function toEventLine(selector: EventSelector): string {
  if (selector === 'every') return 'every event that reaches us';
  if ('by' in selector) return 'whatever the root user does';
  if ('outcome' in selector) return 'whatever is refused for want of permission';
  return `${selector.source === 'any' ? 'of any service' : selector.source}: ${selector.names.join(', ')}`;
}
