import type { Field } from '../../inventory/events/field.ts';
import { nameIn } from './deeds.ts';
import { factOf } from './event-facts.ts';

/** A longer one would hide the rest of the sentence. */
const LONGEST = 80;

/** How a reason calls what one of these members names, the first that is there: `image ami-1`. An ARN by its last part; `an image` if none is. */
export function named(kind: string, part: Field, ...members: readonly string[]): string {
  const name = members.map((member) => factOf(part, member)).find((found) => found !== undefined);
  if (name === undefined) return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
  const short = nameIn(name);
  return `${kind} ${short.length > LONGEST ? `${short.slice(0, LONGEST)}…` : short}`;
}
