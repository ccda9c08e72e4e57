import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import type { Evidence } from '../check.ts';
import { answerOf, knownOf } from './unread.ts';

const LONGEST = 256;
const MOST = 20;

/**
 * Members of a part of an event, as far as they are there and make sense: what is told beside a fact and decides nothing. Only those that are named,
 * for others may hold secrets.
 */
export function factsOf(part: Field, ...names: readonly string[]): Evidence {
  return Object.fromEntries(
    names.flatMap((name) => {
      const text = factOf(part, name);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** The same for one: `undefined` if it is not there or makes no sense. */
export function factOf(part: Field, ...path: readonly string[]): string | undefined {
  return answerOf(() => part.at(...path).text).value?.slice(0, LONGEST);
}

/** The texts of a list, at most twenty, as far as they make sense. */
export function factsIn(part: Field, ...path: readonly string[]): readonly string[] {
  const { known } = knownOf(() => part.at(...path).list);
  return known.slice(0, MOST).flatMap((each) => {
    const text = answerOf(() => each.text).value;
    return text === undefined ? [] : [text.slice(0, LONGEST)];
  });
}

/** Whether an event tells what was asked at all: `{}` tells no more than nothing does. Throws `Unread` where it makes no sense. */
export function isRecorded({ request }: Pick<CloudTrailEvent, 'request'>): boolean {
  return request.exists && request.names.length > 0;
}
