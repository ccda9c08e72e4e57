import pLimit from 'p-limit';
import { isUnread } from '../checks/predicates/logic.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { Resource, ResourceSource } from '../inventory/reader.ts';
import type { ResourceIdentity, Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { causeOf } from './cause-of.ts';
import { isMeant, isSettled, type Thing } from './coalesce.ts';
import { evaluate, type ReadyCheck } from './evaluate.ts';
import type { Exceptions } from './exceptions.ts';
import { isJudged } from './facets-apart.ts';
import { type Evaluation, type Finding, findingId, type Transition } from './finding.ts';
import { reactionId } from './reaction-id.ts';
import { type Look, reconcile } from './reconcile.ts';
import { saveTransitions } from './save.ts';
import type { FindingStore } from './store.ts';

/** Where several types may be looked at together: calls of one place are made once. */
export interface Place {
  readonly session: Session;
  /** Made for this look alone: what AWS answers is remembered as long as it lives. */
  readonly scope: Scope;
  /** When the look began, ISO 8601 UTC. */
  readonly lookedAt: string;
  /** When an audit last looked at the scope. */
  readonly seenAt: string | undefined;
  /** The findings of the scope that are not resolved. */
  readonly openFindings: () => Promise<readonly Finding[]>;
}

/** What is to be looked at of one type. */
export interface TargetedLook {
  readonly place: Place;
  readonly source: ResourceSource;
  /** Those that judge the type. */
  readonly checks: readonly ReadyCheck[];
  readonly things: readonly Thing[];
  readonly store: Pick<FindingStore, 'finding' | 'save'>;
  readonly exceptions?: Exceptions | undefined;
}

/** What a look has changed, and what it could not see. */
export interface Seen {
  readonly transitions: readonly Transition[];
  readonly unread: readonly UnreadReason[];
  /** Ids of checks that failed by a bug of ours. */
  readonly crashed: readonly string[];
}

const CONCURRENT_RESOURCES = 32;
const CONCURRENT_READS = 64;

/**
 * Reads just these things, judges them, and keeps what changed, with who did it. A resource that was touched and is missing from a whole answer is gone.
 * @throws whatever the store throws, and a bug in the source
 */
export async function lookAt(look: TargetedLook): Promise<Seen> {
  const { place, store, checks, source, things } = look;
  const listing = await read(look);
  const evaluations = await judge(look, listing.known);
  const arns = new Set(listing.known.map(({ identity }) => identity.arn));
  const isWhole = listing.unread === undefined;
  const known = await knownFindings(look, evaluations, arns);
  const gone = isWhole ? await findingsOfMissing(look, listing.known) : [];
  const touches = things.flatMap((thing) => thing.touches);
  const how: Look = {
    runId: reactionId(touches),
    observedAt: place.lookedAt,
    scope: place.scope,
    seenAt: place.seenAt,
    listed: new Map(isWhole ? [[source.type, arns]] : []),
    checkTypes: new Map(checks.map(({ check }) => [check.id, check.resourceTypes])),
    announce: true,
    exceptions: look.exceptions,
    causeOf(finding) {
      return causeOf(finding, touches, { checks, isMissing: isWhole && !arns.has(finding.resource.arn), lookedAt: place.lookedAt });
    },
  };
  const { transitions, again } = reconcile([...known, ...gone], evaluations, how);
  const saved = await saveTransitions(store, transitions, again);
  return { transitions: saved.transitions, ...unseen(listing, evaluations) };
}

interface Listing {
  readonly known: readonly Resource[];
  readonly unread: UnreadReason | undefined;
}

/** What is named is read by itself even if all of its type is listed, too: some readers read it more closely. */
async function read({ place: { session, scope }, source, things }: TargetedLook): Promise<Listing> {
  const ids = [...new Set(things.map(({ resourceId }) => resourceId))];
  const named = ids.filter((id) => id !== '*');
  const [some, all] = await Promise.all([
    named.length > 0 ? unlessUnread(() => source.only(session, scope, named)) : NOTHING,
    ids.includes('*') ? unlessUnread(() => source.list(session, scope)) : NOTHING,
  ]);
  const known = new Map([...all.known, ...some.known].map((resource) => [resource.identity.arn, resource]));
  return { known: [...known.values()], unread: some.unread ?? all.unread };
}

const NOTHING: Listing = { known: [], unread: undefined };

async function unlessUnread(ask: () => Promise<Listing>): Promise<Listing> {
  try {
    return await ask();
  } catch (error) {
    if (isUnread(error)) return { known: [], unread: error.reason };
    throw error;
  }
}

async function judge({ checks, things }: TargetedLook, resources: readonly Resource[]): Promise<readonly Evaluation[]> {
  const asked = things.map(({ resourceId, facets }) => ({ resourceId, checks: checks.filter(({ check }) => isJudged(check, facets)) }));
  const checksOf = ({ identity }: Resource) =>
    new Set(asked.flatMap(({ resourceId, checks: wanted }) => (isMeant(resourceId, identity) ? wanted : [])));
  const judged = await pLimit(CONCURRENT_RESOURCES).map(resources, (resource) =>
    Promise.all([...checksOf(resource)].map((ready) => evaluate(ready, resource))),
  );
  return judged.flat();
}

/** Of a few resources each finding is read by itself, consistently; of all of a type, those that are open: one that fails again is found out when it is saved. */
async function knownFindings({ place, things, store }: TargetedLook, evaluations: readonly Evaluation[], arns: ReadonlySet<string>) {
  if (things.some(({ resourceId }) => resourceId === '*'))
    return (await place.openFindings()).filter(({ resource }) => arns.has(resource.arn));
  const ids = evaluations.flatMap(({ status, checkId, resource }) => (status === 'UNKNOWN' ? [] : findingId(checkId, resource.arn)));
  const found = await pLimit(CONCURRENT_READS).map([...new Set(ids)], (id) => store.finding(id));
  return found.flatMap((finding) => finding ?? []);
}

/**
 * Open findings of what was touched itself and is not there. So soon after it was made, an eventually consistent service may not know it yet: unless it was
 * deleted, only a look at what has settled tells that it is gone.
 */
async function findingsOfMissing({ place, source, things }: TargetedLook, resources: readonly Resource[]): Promise<readonly Finding[]> {
  const isThere = (resourceId: string) => resourceId !== '*' && resources.some(({ identity }) => isMeant(resourceId, identity));
  const mayBeGone = (thing: Thing) => isSettled(thing, place.lookedAt) || thing.touches.some(({ touch }) => touch.gone);
  const missing = things.filter((thing) => thing.isDirect && mayBeGone(thing) && !isThere(thing.resourceId));
  if (missing.length === 0) return [];
  const arns = new Set(resources.map(({ identity }) => identity.arn));
  const isMissing = (resource: ResourceIdentity) =>
    resource.type === source.type && !arns.has(resource.arn) && missing.some(({ resourceId }) => isMeant(resourceId, resource));
  return (await place.openFindings()).filter(({ resource }) => isMissing(resource));
}

function unseen({ unread }: Listing, evaluations: readonly Evaluation[]): Pick<Seen, 'unread' | 'crashed'> {
  const unknown = evaluations.filter((evaluation) => evaluation.status === 'UNKNOWN');
  return {
    unread: [...new Set([...(unread ? [unread] : []), ...unknown.flatMap((evaluation) => evaluation.unread ?? [])])],
    crashed: [...new Set(unknown.flatMap(({ checkId, crashed }) => (crashed ? checkId : [])))],
  };
}
