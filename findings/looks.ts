import pLimit from 'p-limit';
import { isUnread } from '../checks/predicates/logic.ts';
import type { UnreadCause, UnreadReason } from '../inventory/facet.ts';
import type { ResourceSource } from '../inventory/reader.ts';
import type { Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import type { CausedTouch } from './arrival.ts';
import { type Asking, coalesce, isSettled, type Thing } from './coalesce.ts';
import { inUnits, type ReadyCheck } from './evaluate.ts';
import type { Exceptions } from './exceptions.ts';
import { isJudged } from './facets-apart.ts';
import type { Finding } from './finding.ts';
import { endsInTime } from './in-time.ts';
import { lastLookedAt, marksOf, marksThatTell } from './look-marks.ts';
import type { ReactionLog } from './reaction.ts';
import type { ReactionStore } from './reaction-store.ts';
import { NEVER } from './run.ts';
import type { FindingStore } from './store.ts';
import { lookAt, type Place } from './targeted-look.ts';

export interface LooksWorld {
  readonly sources: readonly ResourceSource[];
  readonly checks: readonly ReadyCheck[];
  /** What the team has excepted. Absent: nobody knows, so that no exception begins or ends. */
  readonly exceptions?: Exceptions | undefined;
  /** Whether the team has this account and region audited. */
  readonly isAudited: (scope: Scope) => boolean;
  /** Signs in to an account. Throws `Unread` when STS refuses. */
  readonly enter: (accountId: string) => Promise<Session>;
  /** Has it signed in to anew the next time. */
  readonly leave: (accountId: string) => void;
  readonly store: Pick<FindingStore, 'finding' | 'findings' | 'save' | 'scopeRecordsOf'>;
  readonly reactions: Pick<ReactionStore, 'looks' | 'saveLook'>;
  /** Has these looked at again when a minute has passed. */
  readonly lookAgain: (touches: readonly CausedTouch[]) => Promise<void>;
  readonly now: () => Date;
  /** True when nothing more is waited for: what is slow costs nothing else of the batch anything. */
  readonly outOfTime: () => boolean;
}

const CONCURRENT_LOOKS = 16;
const CONCURRENT_SAVES = 32;
/** What DynamoDB reads in one request. */
const MOST_SCOPES = 100;

const PASSING: ReadonlySet<UnreadCause> = new Set(['throttled', 'timeout', 'failed']);
/** What nobody would be told in whatever session, such as the patches of a machine that is not managed. */
const OF_THE_RESOURCE: ReadonlySet<UnreadCause> = new Set(['malformed', 'other-account', 'no-data', 'unresolved']);

/**
 * Looks at all that was touched and that nobody has looked at since. When everything that a look found is kept, its second look is asked for, and then it is
 * noted that it was made: whoever is killed in between does it again.
 * @throws whatever the stores throw when they are asked what was seen before
 */
export async function lookAtAll(askings: readonly Asking[], world: LooksWorld, log: ReactionLog): Promise<void> {
  const { checks, isAudited, reactions } = world;
  const things = coalesce(askings, world.sources, world.now()).filter(
    ({ scope, type, facets }) =>
      isAudited(scope) && checks.some(({ check }) => check.resourceTypes.includes(type) && isJudged(check, facets)),
  );
  if (things.length === 0) return;
  const [looks, { seenAt, units }] = await Promise.all([
    reactions.looks([...new Set(things.flatMap(marksThatTell))]),
    readRecords(things, world),
  ]);
  const now = world.now();
  const {
    unseen = [],
    seen = [],
    awaited = [],
  } = Object.groupBy(things, (thing) => whenToLook(thing, lastLookedAt(thing, looks), { now, seenAt }));
  log.passedOver(seen.length + awaited.length);
  const unsettled = [...seen.filter((thing) => !isSettled(thing, lastLookedAt(thing, looks))), ...awaited];
  const limit = pLimit(CONCURRENT_LOOKS);
  await Promise.all([
    failing(unsettled, log, () => askAgain(unsettled, world)),
    ...groupsBy(unseen, ({ scope }) => scope.accountId).map((ofAccount) =>
      failing(ofAccount, log, () => lookInto(ofAccount, { world, log, seenAt, units, limit })),
    ),
  ]);
  // What there was no time to begin is not to begin when Lambda lets the function go on.
  limit.clearQueue();
}

/** Milliseconds between two first looks at all of a type because of something else. */
const CALM = 30_000;

/**
 * `seen`: somebody has looked since. So does the first audit of a scope at all that there is in it: what is wrong there by then is told in its digest, and is
 * not the doing of whoever was the first to touch something unnamed. `awaited`: events that may concern any of a type come in crowds. If all of it
 * was looked at a moment ago, the second look sees what they have changed.
 */
function whenToLook(
  thing: Thing,
  lookedAt: string | undefined,
  { now, seenAt }: { readonly now: Date; readonly seenAt: Circumstances['seenAt'] },
): 'unseen' | 'seen' | 'awaited' {
  const isAny = thing.resourceId === '*';
  if (isAny && (seenAt.get(nameOf(thing.scope)) ?? NEVER) === NEVER) return 'seen';
  if (lookedAt === undefined) return 'unseen';
  if (lookedAt >= thing.seenFrom) return 'seen';
  const isCalm = now.getTime() - Date.parse(lookedAt) >= CALM;
  return isAny && !thing.isDirect && thing.settledFrom !== undefined && !isCalm ? 'awaited' : 'unseen';
}

interface Circumstances {
  readonly world: LooksWorld;
  readonly log: ReactionLog;
  /** When audits have last looked, by `nameOf` the scope. */
  readonly seenAt: ReadonlyMap<string, string>;
  /** In which organizational units an audit has last found the account, by `nameOf` the scope. */
  readonly units: ReadonlyMap<string, readonly string[]>;
  readonly limit: ReturnType<typeof pLimit>;
}

/** What is thrown makes the messages fail that have asked for these things, and no others. */
async function failing(things: readonly Thing[], log: ReactionLog, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const { messageIds } of things) log.failed(messageIds, error);
  }
}

/** @throws Error named `OutOfTime` */
async function inTime<Result>(work: Promise<Result>, { outOfTime }: LooksWorld): Promise<Result> {
  if (await endsInTime(work, outOfTime, 0)) return work;
  throw tooLate();
}

/**
 * A store that takes nothing any more when time is out. Lambda stops the function in the middle of what was not waited for, and lets it go on when it is next
 * called, hours later perhaps: what was read before then is no news, and may be no longer true.
 */
function timely({ store, outOfTime }: LooksWorld): Pick<LooksWorld['store'], 'finding' | 'save'> {
  return { finding: store.finding, save: async (finding) => (outOfTime() ? Promise.reject(tooLate()) : store.save(finding)) };
}

function tooLate(): Error {
  return Object.assign(new Error('there was not enough time to look'), { name: 'OutOfTime' });
}

async function readRecords(things: readonly Thing[], { store }: LooksWorld): Promise<Pick<Circumstances, 'seenAt' | 'units'>> {
  const scopes = [...new Map(things.map(({ scope }) => [nameOf(scope), scope])).values()];
  const seenAt = new Map<string, string>();
  const units = new Map<string, readonly string[]>();
  for (let start = 0; start < scopes.length; start += MOST_SCOPES) {
    for (const record of await store.scopeRecordsOf(scopes.slice(start, start + MOST_SCOPES))) {
      seenAt.set(nameOf(record), record.lookedAt ?? record.seenAt);
      if (record.units) units.set(nameOf(record), record.units);
    }
  }
  return { seenAt, units };
}

/** All of one account. */
async function lookInto(things: readonly Thing[], circumstances: Circumstances): Promise<void> {
  const { world, log, limit } = circumstances;
  const [
    {
      scope: { accountId },
    } = NOWHERE,
  ] = things;
  const entered = world.enter(accountId).catch((error: unknown) => {
    if (!isUnread(error) || isPassing(error.reason)) throw error;
    log.blind({ accountId, region: 'global', reason: error.reason });
  });
  const session = await inTime(entered, world);
  if (!session) return;
  const looks = groupsBy(things, ({ scope }) => scope.region).flatMap((inPlace) => {
    const place = toPlace(inPlace, session, circumstances);
    return groupsBy(inPlace, ({ type }) => type).map((ofType) =>
      failing(ofType, log, () =>
        inTime(
          limit(() => lookAtType(ofType, place, circumstances)),
          world,
        ),
      ),
    );
  });
  await Promise.all(looks);
}

const NOWHERE = { scope: { accountId: '', region: '' } };

function toPlace(things: readonly Thing[], session: Session, { world, seenAt }: Circumstances): Place {
  const [
    {
      scope: { accountId, region },
    } = NOWHERE,
  ] = things;
  const scope = { accountId, region };
  let open: Promise<readonly Finding[]> | undefined;
  const openFindings = () => (open ??= collect(world.store.findings(scope, 'unresolved')));
  return { session, scope, lookedAt: world.now().toISOString(), seenAt: seenAt.get(nameOf(scope)), openFindings };
}

async function lookAtType(things: readonly Thing[], place: Place, { world, log, units }: Circumstances): Promise<void> {
  const [first] = things;
  const source = world.sources.find(({ type }) => type === first?.type);
  if (!source) return;
  const judges = world.checks.filter(({ check }) => check.resourceTypes.includes(source.type));
  const checks = inUnits(judges, units.get(nameOf(place.scope)));
  const { transitions, unread, crashed } = await lookAt({
    place,
    source,
    checks,
    things,
    store: timely(world),
    exceptions: world.exceptions,
  });
  log.looked(things.length);
  log.changed(transitions);
  crashed.forEach(log.crashed);
  // Whoever was let in under a role that has been replaced since is refused everything, in one way or another.
  const isRefused = unread.some(({ cause }) => !OF_THE_RESOURCE.has(cause));
  if (isRefused) world.leave(place.scope.accountId);
  const passing = unread.find(isPassing);
  if (passing) throw toError(passing);
  for (const reason of unread) log.blind({ ...place.scope, type: source.type, reason });
  const { settled = [], unsettled = [] } = Object.groupBy(things, (thing) => (isSettled(thing, place.lookedAt) ? 'settled' : 'unsettled'));
  // What came so late that this was to be its only look is looked at once more, as whoever is let in by then.
  const refused = isRefused ? settled.filter(({ settledFrom }) => settledFrom !== undefined) : [];
  await askAgain([...unsettled, ...refused], world);
  const marks = [...new Set(things.filter((thing) => !refused.includes(thing)).flatMap(marksOf))];
  await pLimit(CONCURRENT_SAVES).map(marks, (mark) => world.reactions.saveLook(mark, place.lookedAt));
}

/** A refusal that may be over when a message comes again. */
function isPassing({ cause, lasting }: UnreadReason): boolean {
  return PASSING.has(cause) && !lasting;
}

function toError({ operation, cause, message }: UnreadReason): Error {
  return Object.assign(new Error(message), { name: 'NotRead', operation, cause });
}

async function askAgain(things: readonly Thing[], { lookAgain }: LooksWorld): Promise<void> {
  const touches = newestOfEach(things.flatMap((thing) => thing.touches));
  if (touches.length > 0) await lookAgain(touches);
}

/** The newest touch of each kind: older ones are behind nothing that it is not behind, too. */
function newestOfEach(touches: readonly CausedTouch[]): readonly CausedTouch[] {
  const newest = new Map<string, CausedTouch>();
  for (const caused of touches) {
    const { accountId, region, resourceType, resourceId, facets, gone, indirect } = caused.touch;
    const key = JSON.stringify([accountId, region, resourceType, resourceId, facets, gone, indirect]);
    const known = newest.get(key);
    if (!known || known.cause.at <= caused.cause.at) newest.set(key, caused);
  }
  return [...newest.values()];
}

function groupsBy(things: readonly Thing[], keyOf: (thing: Thing) => string): readonly (readonly Thing[])[] {
  return [...Map.groupBy(things, keyOf).values()];
}

function nameOf({ accountId, region }: Scope): string {
  return `${accountId} ${region}`;
}

async function collect<Element>(elements: AsyncIterable<Element>): Promise<readonly Element[]> {
  const all: Element[] = [];
  for await (const element of elements) all.push(element);
  return all;
}
