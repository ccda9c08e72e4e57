import type { CausedTouch } from './arrival.ts';
import type { Cause } from './cause.ts';
import { isMeant } from './coalesce.ts';
import type { ReadyCheck } from './evaluate.ts';
import type { Finding } from './finding.ts';

interface Seen {
  readonly checks: readonly ReadyCheck[];
  /** The resource is no longer there. */
  readonly isMissing: boolean;
  /** When the look began, ISO 8601 UTC. */
  readonly lookedAt: string;
}

/** Milliseconds after which an event is late: EventBridge tries for a day to deliver one, and meanwhile others may have changed the same. */
const LATE = 10 * 60_000;

/**
 * Who is behind a change of a finding: the newest event that touched its resource and a facet that its check rests on; for certain only if it names the
 * resource, nobody else touched it, and it did not come late. Of a resource that is gone, the event that deleted it if there is one; of one that is there,
 * no deletion can have opened anything.
 */
export function causeOf(
  { checkId, resource, state }: Pick<Finding, 'checkId' | 'resource' | 'state'>,
  touches: readonly CausedTouch[],
  { checks, isMissing, lookedAt }: Seen,
): Cause | undefined {
  const needs = checks.find(({ check }) => check.id === checkId)?.check.needs ?? [];
  const fitting = touches.filter(({ touch }) => isMeant(touch.resourceId, resource));
  if (isMissing) return likeliest(fitting.filter(({ touch }) => touch.gone)) ?? likeliest(fitting);
  const cause = likeliest(
    fitting.filter(
      ({ touch: { facets, gone } }) => (!gone || state === 'resolved') && (facets === 'all' || needs.some((need) => facets.includes(need))),
    ),
  );
  const isLate = cause !== undefined && Date.parse(lookedAt) - Date.parse(cause.at) > LATE;
  return isLate ? { ...cause, unsure: true } : cause;
}

/** Who changed the resource itself comes before who changed something else, and who named it before who named none. */
function likeliest(touches: readonly CausedTouch[]): Cause | undefined {
  const named = touches.filter(({ touch }) => touch.resourceId !== '*');
  const direct = named.filter(({ touch }) => !touch.indirect);
  const cause = newest(direct) ?? newest(named) ?? newest(touches);
  if (!cause) return undefined;
  const isAlone = touches.every((other) => isSameActor(other.cause, cause));
  return named.length > 0 && isAlone ? cause : { ...cause, unsure: true };
}

/** Of several at the same second, the one that came last. */
function newest(touches: readonly CausedTouch[]): Cause | undefined {
  let found: Cause | undefined;
  for (const { cause } of touches) if (!found || cause.at >= found.at) found = cause;
  return found;
}

function isSameActor({ actor: one }: Cause, { actor: other }: Cause): boolean {
  return one.arn === other.arn && one.name === other.name;
}
