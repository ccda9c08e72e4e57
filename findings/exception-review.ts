import type { Exception } from './exception.ts';
import { dayOf, type Exceptable, isInForce, toCoverage } from './exceptions.ts';

/** Why somebody should look at an exception again. */
export type ExceptionFlag = 'ended' | 'ends within 14 days' | 'matches nothing' | 'matches more than 20';

/** How an exception stands at a time. */
export interface ReviewedException {
  readonly exception: Exception;
  readonly state: 'in force' | 'ends soon' | 'ended';
  /** How many findings it covers, or would if it had not ended; `undefined` where nobody knows. */
  readonly findings: number | undefined;
  readonly flags: readonly ExceptionFlag[];
}

const SOON = 14;
const MOST = 20;
const DAY = 86_400_000;

/**
 * Looks at every exception at a time (ISO 8601 UTC), in the order given. `findings` are those that are not resolved, or `undefined` where none is known:
 * then nothing is said of what an exception matches.
 */
export function reviewExceptions(
  exceptions: readonly Exception[],
  findings: Iterable<Exceptable> | undefined,
  now: string,
): readonly ReviewedException[] {
  const counts = findings && countCovered(exceptions, findings);
  return exceptions.map((exception) => {
    const state = stateOf(exception, now);
    const matched = counts?.get(exception);
    return { exception, state, findings: matched, flags: [...flagsOfState(state), ...flagsOfCount(matched)] };
  });
}

function countCovered(exceptions: readonly Exception[], findings: Iterable<Exceptable>): ReadonlyMap<Exception, number> {
  const counts = new Map(exceptions.map((exception) => [exception, 0]));
  const ofCheck = Map.groupBy(
    exceptions.map((exception) => ({ exception, covers: toCoverage(exception) })),
    ({ exception }) => exception.check,
  );
  for (const { checkId, resource } of findings)
    for (const { exception, covers } of ofCheck.get(checkId) ?? [])
      if (covers(resource)) counts.set(exception, (counts.get(exception) ?? 0) + 1);
  return counts;
}

function stateOf(exception: Exception, now: string): ReviewedException['state'] {
  if (!isInForce(exception, now)) return 'ended';
  const left = (Date.parse(exception.expires) - Date.parse(dayOf(now))) / DAY;
  return left <= SOON ? 'ends soon' : 'in force';
}

function flagsOfState(state: ReviewedException['state']): readonly ExceptionFlag[] {
  switch (state) {
    case 'ended':
      return ['ended'];
    case 'ends soon':
      return ['ends within 14 days'];
    case 'in force':
      return [];
    default:
      return state satisfies never;
  }
}

function flagsOfCount(count: number | undefined): readonly ExceptionFlag[] {
  if (count === 0) return ['matches nothing'];
  return count !== undefined && count > MOST ? ['matches more than 20'] : [];
}
