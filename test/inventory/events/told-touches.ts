import { toEvent } from '../../../inventory/events/to-event.ts';
import type { Touch } from '../../../inventory/events/touch.ts';
import { touchIndex } from '../../../inventory/events/touches.ts';
import { sources } from '../../../inventory/registry.ts';
import type { Raw } from './corpus.ts';

const touchesOf = touchIndex(sources);

export function touches(raw: Raw): readonly Touch[] {
  const event = toEvent(raw);
  if (event === undefined) throw new Error('that is no record');
  return touchesOf(event);
}

/** The touches of a record in a form to read, sorted: `SecurityGroup sg-1: ingress`, `User ana gone`, in parentheses where indirect; `-` for no facet. */
export function told(raw: Raw): readonly string[] {
  return touches(raw).map(toText).sort();
}

function toText({ resourceType, resourceId, facets, gone, indirect }: Touch): string {
  const which = facets === 'all' ? '' : `: ${[...facets].sort().join(' ') || '-'}`;
  const text = `${resourceType.split('::').at(-1)} ${resourceId}${which}${gone ? ' gone' : ''}`;
  return indirect ? `(${text})` : text;
}
