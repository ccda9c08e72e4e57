import { isUnread } from '../checks/predicates/logic.ts';
import type { ChangeLookup, SoughtChange } from '../inventory/events/lookup.ts';
import type { Session } from '../inventory/session.ts';
import { toCause } from './arrival.ts';
import type { Cause } from './cause.ts';
import type { ReadyCheck } from './evaluate.ts';
import type { Transition, TransitionKind } from './finding.ts';
import { endsInTime } from './in-time.ts';
import { GONE } from './reconcile.ts';
import { NEVER } from './run.ts';
import { rankOf } from './severity.ts';
import { SWITCHED_OFF } from './switched-off.ts';

export interface Attribution {
  readonly session: Session;
  readonly checks: readonly ReadyCheck[];
  /** When a check could last judge what it judges now, ISO 8601 UTC: what changed, changed since. */
  readonly sightedAt: (checkId: string) => string;
  readonly lookUp: ChangeLookup;
  readonly now: () => Date;
  /** When there is no time left for what can be done without. */
  readonly outOfTime: () => boolean;
}

/** LookupEvents answers twice a second in a region of an account: these are about as many questions as fit into the time. */
const MOST_FINDINGS = 20;
const MOST_REQUESTS = 40;
const MOST_MILLISECONDS = 30_000;
/** What was seen last may have been as old as a credential report may be. */
const OLDEST_REPORT = 4 * 60 * 60 * 1000;

/** A step that is new to people comes before the end of one that they know; a change of the reason alone is told to nobody, and an exception is
 * of the configuration's making. */
const ORDER: Readonly<Record<TransitionKind, number | undefined>> = {
  opened: 0,
  reopened: 0,
  escalated: 0,
  resolved: 1,
  lapsed: undefined,
  excepted: undefined,
  changed: undefined,
};

/**
 * Who is probably behind steps that an audit found, by finding id: from CloudTrail's history, the worst first, as many as time allows. Best effort: what is
 * refused or not found leaves a step without a cause, and is no gap in what the audit has seen.
 */
export async function causesOf(transitions: readonly Transition[], attribution: Attribution): Promise<ReadonlyMap<string, Cause>> {
  const causes = new Map<string, Cause>();
  const { now, outOfTime } = attribution;
  const endsAt = now().getTime() + MOST_MILLISECONDS;
  const isOver = () => outOfTime() || now().getTime() >= endsAt;
  let requests = 0;
  const maySend = () => !isOver() && (requests += 1) <= MOST_REQUESTS;
  // What is still under way when time is out is no longer waited for, and may no longer add anything.
  await endsInTime(lookUpAll(inOrder(transitions).slice(0, MOST_FINDINGS), attribution, { causes, maySend }), isOver, 0);
  return new Map(causes);
}

function inOrder(transitions: readonly Transition[]): readonly Transition[] {
  const told = transitions.flatMap((transition) => {
    const order = transition.finding.history.at(-1)?.reason === SWITCHED_OFF ? undefined : ORDER[transition.kind];
    return order === undefined ? [] : [{ transition, order, rank: rankOf(transition.finding.severity) }];
  });
  return told.sort((one, other) => one.order - other.order || one.rank - other.rank).map(({ transition }) => transition);
}

interface Lookups {
  readonly causes: Map<string, Cause>;
  readonly maySend: () => boolean;
}

/** One after the other: they share what LookupEvents allows. A region that refuses once is not asked again. */
async function lookUpAll(transitions: readonly Transition[], attribution: Attribution, { causes, maySend }: Lookups) {
  const { session, lookUp } = attribution;
  const known = new Map<string, Cause | undefined>();
  const refusing = new Set<string>();
  for (const transition of transitions) {
    const sought = toSought(transition, attribution);
    const { type, arn, region } = sought.resource;
    if (refusing.has(region)) continue;
    const key = JSON.stringify([type, arn, sought.facets, sought.gone, sought.since]);
    if (!known.has(key)) {
      const found = await unlessRefused(lookUp(session, sought, maySend));
      if (found === 'refused') refusing.add(region);
      else known.set(key, found && { ...toCause(found), found: 'lookup' });
    }
    const cause = known.get(key);
    if (cause) causes.set(transition.finding.id, cause);
  }
}

async function unlessRefused(lookup: ReturnType<ChangeLookup>): Promise<Awaited<ReturnType<ChangeLookup>> | 'refused'> {
  try {
    return await lookup;
  } catch (error) {
    if (isUnread(error)) return 'refused';
    throw error;
  }
}

/** What time alone has brought about, such as a key that is too old now, is nobody's doing: of what happened before the last look, nothing is sought. */
function toSought({ kind, before, finding }: Transition, { checks, sightedAt }: Attribution): SoughtChange {
  const { checkId, resource, observedAt, history } = finding;
  const seenOtherwise = Math.max(Date.parse(sightedAt(checkId)), Date.parse(before?.observedAt ?? NEVER));
  return {
    resource,
    facets: checks.find(({ check }) => check.id === checkId)?.check.needs ?? [],
    gone: kind === 'resolved' && history.at(-1)?.reason === GONE,
    since: new Date(Math.max(0, seenOtherwise - OLDEST_REPORT)),
    until: new Date(observedAt),
  };
}
