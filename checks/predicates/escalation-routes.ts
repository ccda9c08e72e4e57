import type { Unread } from '../../inventory/facet.ts';
import type { AccountPrincipal } from '../../inventory/iam/principals.ts';
import type { PolicyDocument } from '../../inventory/policy-document.ts';
import type { ResourceIdentity } from '../../inventory/resource.ts';
import type { Evidence } from '../check.ts';
import { adminGrant, UNREAD_POLICY } from './effective-permissions.ts';
import { type Climber, escalationsOf } from './escalation.ts';
import { type Link, linkBetween, type Station, toStation } from './escalation-links.ts';
import { once } from './remembered.ts';
import { UNHEARD_OF } from './statement-coverage.ts';
import { answerOf, knownOf } from './unread.ts';

/** The way of a principal over others to one that is an administrator or can make itself one. */
export interface Route {
  /** After `may`: `assume role deploy, which is an administrator`. */
  readonly words: string;
  /** Not empty: it can only if these hold. */
  readonly onlyIf: readonly string[];
  readonly evidence: Evidence;
}

/** Somebody from whom there is a way to an administrator: what comes next on it, or at its end what makes one of him. */
interface Reached {
  readonly station: Station;
  readonly unread: Unread | undefined;
  readonly next: { readonly link: Link; readonly to: Reached } | undefined;
  readonly end: string;
}

interface Stop {
  readonly station: Station;
  readonly unread: Unread | undefined;
  /** What makes it an administrator by itself: `is an administrator`. */
  readonly power: string | undefined;
}

/**
 * The shortest way over the account's principals by which one comes to have the permissions of an administrator; of equals the first by ARN. A way that is sure comes
 * before one under conditions. Throws `Unread` where there is none and something that was not read could be part of one. Service-linked roles are nobody's to take.
 */
export function routeToAdmin(climber: Climber & { readonly principals: Iterable<AccountPrincipal> }): Route | undefined {
  const { value: principals = [], unread } = answerOf(() => climber.principals);
  const closures = closuresOf(principals, climber.identity);
  const read = closures.sure().from(climber) ?? closures.conditional().from(climber);
  if (read) return toRoute(read);
  if (unread) throw unread;
  const doubt = closures.worst().from(climber, { withUnread: true });
  for (let at = doubt; at; at = at.next?.to) if (at.unread) throw at.unread;
  return undefined;
}

function toRoute(start: Reached): Route {
  const hops: Reached[] = [];
  for (let at: Reached | undefined = start; at; at = at.next?.to) hops.push(at);
  const first = start.next?.link.words ?? '';
  const steps = hops.length - 1;
  const onlyIf = [...new Set(hops.flatMap(({ next }) => next?.link.onlyIf ?? []))];
  return {
    words: steps === 1 ? `${first}, which ${start.end}` : `${first}, and become administrator in ${steps} steps`,
    onlyIf,
    evidence: {
      route: hops.map(toHop),
      ...(onlyIf.length > 0 ? { onlyIf } : {}),
    },
  };
}

function toHop({ station: { name }, next, end }: Reached): Evidence {
  return next ? { who: name, may: next.link.words, by: next.link.evidence } : { who: name, end };
}

interface Closure {
  /**
   * Where the principal stands on its way; `undefined` if there is none. An administrator needs none. One of which something was not read stands on it only
   * `withUnread`.
   */
  readonly from: (climber: Climber, mode?: { readonly withUnread: true }) => Reached | undefined;
}

interface Closures {
  readonly sure: () => Closure;
  readonly conditional: () => Closure;
  /** With the worst that what was not read may hold. */
  readonly worst: () => Closure;
}

const known = new WeakMap<Iterable<AccountPrincipal>, Closures>();

/** All principals of an account have the same list, over which this is worked out once. */
function closuresOf(principals: Iterable<AccountPrincipal>, home: ResourceIdentity): Closures {
  let closures = known.get(principals);
  if (!closures) known.set(principals, (closures = toClosures(principals, home)));
  return closures;
}

/** `home`: anybody of the account. */
function toClosures(principals: Iterable<AccountPrincipal>, home: ResourceIdentity): Closures {
  const { known: listed, unread } = knownOf(() => principals);
  const movable = listed.filter(({ identity }) => !identity.arn.includes(':role/aws-service-role/')).toSorted(byArn);
  const all = once(() => movable.map(toStop));
  const read = once(() => all().filter((stop) => stop.unread === undefined));
  const sure = once(() => closure(read(), isSure));
  return {
    sure,
    conditional: once(() => closure(read(), () => true)),
    worst: once(() => {
      const stops = [...all(), ...(unread ? [unheardOf(home, unread)] : [])];
      return stops.every((stop) => stop.unread === undefined) ? sure() : closure(stops, isSure);
    }),
  };
}

function isSure({ onlyIf }: Link): boolean {
  return onlyIf.length === 0;
}

/** Backwards from those that are administrators, one step at a time. */
function closure(stops: readonly Stop[], isUsable: (link: Link) => boolean): Closure {
  const reached = stops.flatMap(({ station, unread, power }): Reached[] =>
    power === undefined ? [] : [{ station, unread, next: undefined, end: power }],
  );
  const ends = new Set(reached.map(({ station }) => station));
  let last = reached.toSorted((one, other) => Number(one.end !== ADMINISTRATOR) - Number(other.end !== ADMINISTRATOR));
  const levels = [last];
  let rest = stops.filter(({ station }) => !ends.has(station));
  while (last.length > 0 && rest.length > 0) {
    const steps = rest.map((stop) => ({ stop, found: stepFrom(stop, last, isUsable) }));
    last = steps.flatMap(({ found }) => found ?? []);
    levels.push(last);
    rest = steps.flatMap(({ stop, found }) => (found ? [] : stop));
  }
  const places = new Map(levels.flat().map((one) => [one.station.known.principal.arn, one]));
  const lost = new Set(rest.map(({ station }) => station.known.principal.arn));
  return {
    from(climber, mode) {
      const { arn } = climber.identity;
      const place = places.get(arn);
      if (place) return place.next || (mode?.withUnread && place.unread) ? place : undefined;
      if (lost.has(arn)) return undefined;
      const stop = toStop(withoutTrust(climber));
      if (stop.unread && !mode?.withUnread) return undefined;
      return levels
        .values()
        .map((level) => stepFrom(stop, level, isUsable))
        .find((step) => step !== undefined);
    },
  };
}

function stepFrom({ station, unread }: Stop, level: readonly Reached[], isUsable: (link: Link) => boolean): Reached | undefined {
  for (const to of level) {
    const link = linkBetween(station, to.station);
    if (link && isUsable(link)) return { station, unread, next: { link, to }, end: to.end };
  }
  return undefined;
}

const ADMINISTRATOR = 'is an administrator';

/** What was not read is taken at its worst, and the reason kept. */
function toStop(principal: AccountPrincipal): Stop {
  const policies = knownOf(() => principal.policies);
  const boundary = answerOf(() => principal.boundary);
  const trust = answerOf(() => principal.trustPolicy);
  const over = policies.unread ? [...policies.known, UNREAD_POLICY] : policies.known;
  const climber = { identity: principal.identity, policies: over, boundary: boundary.value };
  return {
    station: toStation(principal, over, boundary.value, trust.unread ? TRUSTS_ANYBODY : trust.value),
    unread: policies.unread ?? boundary.unread ?? trust.unread,
    power: powerOf(climber),
  };
}

function powerOf(climber: Climber): string | undefined {
  if (adminGrant(climber)) return ADMINISTRATOR;
  const way = escalationsOf(climber).find(({ onlyIf }) => onlyIf.length === 0);
  return way && `may ${way.words}`;
}

const TRUSTS_ANYBODY: PolicyDocument = {
  statements: [
    { effect: 'Allow', principals: { aws: ['*'], service: [], federated: [], canonicalUser: [] }, actions: ['*'], conditions: [] },
  ],
};

/** A role that is an administrator and trusts anybody, for what the list lacks. */
function unheardOf(home: ResourceIdentity, unread: Unread): Stop {
  const { partition, accountId } = home;
  const arn = `arn:${partition}:iam::${accountId}:role/${UNHEARD_OF}`;
  const role = { ...home, type: 'AWS::IAM::Role', arn, id: UNHEARD_OF, tags: {} } as const;
  return { station: toStation({ identity: role }, [UNREAD_POLICY], undefined, TRUSTS_ANYBODY), unread, power: ADMINISTRATOR };
}

function withoutTrust(climber: Climber): AccountPrincipal {
  return {
    identity: climber.identity,
    get policies() {
      return climber.policies;
    },
    get boundary() {
      return climber.boundary;
    },
    trustPolicy: undefined,
  };
}

function byArn({ identity: one }: AccountPrincipal, { identity: other }: AccountPrincipal): number {
  return one.arn < other.arn ? -1 : Number(one.arn > other.arn);
}
