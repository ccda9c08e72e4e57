import pLimit from 'p-limit';
import { isUnread } from '../checks/predicates/logic.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { Resource, ResourceSource } from '../inventory/reader.ts';
import type { ResourceIdentity, ResourceType, Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { evaluate, type ReadyCheck } from './evaluate.ts';
import type { Evaluation } from './finding.ts';
import { endsInTime } from './in-time.ts';
import type { Bookmark } from './job.ts';

/** Resources of one type judged at once: enough to keep every connection busy; a thousand would only wait for their turn with all they need in memory. */
const CONCURRENT_RESOURCES = 32;

/** Milliseconds for what was begun to come to its end when time is out: what still waits then is left for the next look. */
const GRACE = 15_000;

/** What one look at one scope gave: every verdict, and which listings may not be trusted to be whole. */
export interface Observation {
  readonly scope: Scope;
  /** When the look began, ISO 8601 UTC: what happened later may not be in it. */
  readonly observedAt: string;
  readonly evaluations: readonly Evaluation[];
  /** How many resources were judged. */
  readonly resources: number;
  /** Types whose listing failed or broke off. */
  readonly incompleteTypes: ReadonlySet<ResourceType>;
  /** The ARNs of all that there is, of each type that was judged to its end and whose listing was whole: what is not among them is gone. */
  readonly listed: ReadonlyMap<ResourceType, ReadonlySet<string>>;
  /** How far this look and those before it came. */
  readonly reached: Reached;
  /** False when time ran out first. */
  readonly finished: boolean;
}

/** How far a scan came: types that are done, and where in the order of ARNs it stopped in others. */
export type Reached = Pick<Bookmark, 'done' | 'judgedUpTo'>;

export interface Observer {
  readonly session: Session;
  /** Only those that belong to the scope's kind are asked. */
  readonly sources: readonly ResourceSource[];
  readonly checks: readonly ReadyCheck[];
  readonly now: () => Date;
  readonly onTypeDone?: ((type: ResourceType, scope: Scope) => void) | undefined;
}

/** How long a look may take, and where the one before it stopped. */
export interface TimeLimit {
  /** True when nothing more is to be begun. */
  readonly outOfTime: () => boolean;
  readonly bookmark: Bookmark | undefined;
}

/** The sources that a scope lists for these checks: types that no check judges are not listed. */
export function sourcesOf(scope: Scope, sources: readonly ResourceSource[], checks: readonly ReadyCheck[]): readonly ResourceSource[] {
  const kind = scope.region === 'global' ? 'global' : 'regional';
  return sources.filter((source) => source.scope === kind && checks.some((ready) => ready.check.resourceTypes.includes(source.type)));
}

/**
 * Lists everything of a scope that the checks judge, and judges it, until time runs out. With a bookmark it goes on from there: what was judged
 * is not judged again, but a type that was begun is listed anew, for what is gone can only be told from a listing made as a whole.
 */
export async function observe(observer: Observer, { accountId, region }: Scope, limit?: TimeLimit): Promise<Observation> {
  const scope = { accountId, region };
  const observedAt = observer.now().toISOString();
  const done = limit?.bookmark?.done ?? [];
  const left = sourcesOf(scope, observer.sources, observer.checks).filter(({ type }) => !done.includes(type));
  const looks = await Promise.all(left.map((source) => lookAt(observer, source, scope, limit)));
  const evaluations = looks.flatMap((look) => look.evaluations);
  noteNotUnderstood(evaluations, observer.session, scope);
  return {
    scope,
    observedAt,
    evaluations,
    resources: looks.reduce((sum, { resources }) => sum + resources, 0),
    incompleteTypes: new Set(looks.flatMap(({ type, incomplete }) => (incomplete ? type : []))),
    listed: new Map(looks.flatMap(({ type, listed }) => (listed ? [[type, listed]] : []))),
    reached: {
      done: [...done, ...looks.flatMap(({ type, finished }) => (finished ? type : []))],
      judgedUpTo: Object.fromEntries(looks.flatMap(({ type, finished, upTo }) => (finished || upTo === undefined ? [] : [[type, upTo]]))),
    },
    finished: looks.every(({ finished }) => finished),
  };
}

/** What one look gave of one type. */
interface TypeLook {
  readonly type: ResourceType;
  readonly evaluations: readonly Evaluation[];
  readonly resources: number;
  readonly incomplete: boolean;
  readonly listed: ReadonlySet<string> | undefined;
  readonly upTo: string | undefined;
  readonly finished: boolean;
}

async function lookAt(observer: Observer, source: ResourceSource, scope: Scope, limit: TimeLimit | undefined): Promise<TypeLook> {
  const { session } = observer;
  const { type } = source;
  const bookmark = limit?.bookmark;
  const before = bookmark?.judgedUpTo[type];
  const listing = await listInTime(source, session, scope, limit);
  if (!listing) return { type, evaluations: [], resources: 0, incomplete: false, listed: undefined, upTo: before, finished: false };
  const { known, unread, crashed = false } = listing;
  const checks = observer.checks.filter((ready) => ready.check.resourceTypes.includes(type));
  const judged = await judgeAll(checks, known, before, limit?.outOfTime);
  if (judged.finished) observer.onTypeDone?.(type, scope);
  const incomplete = unread !== undefined;
  const isNoted = bookmark?.sight.incompleteTypes.includes(type) === true;
  return {
    type,
    ...judged,
    evaluations:
      incomplete && !isNoted
        ? [...judged.evaluations, ...unseen(checks, type, scope, session.partition, { unread, crashed })]
        : judged.evaluations,
    incomplete,
    listed: judged.finished && !incomplete ? new Set(known.map(({ identity }) => identity.arn)) : undefined,
  };
}

/** Refused calls are in the coverage already. Answers that came but make no sense are only found out when something is to be judged by them. */
function noteNotUnderstood(evaluations: readonly Evaluation[], session: Session, { region }: Scope): void {
  for (const evaluation of evaluations) {
    if (evaluation.status !== 'UNKNOWN' || !evaluation.unread) continue;
    const { unread, crashed } = evaluation;
    if (crashed || unread.cause === 'malformed' || unread.cause === 'unsupported') session.coverage.recordUnlessKnown(unread, region);
  }
}

interface Listing {
  readonly known: readonly Resource[];
  readonly unread: UnreadReason | undefined;
  /** Not AWS but our own code failed. */
  readonly crashed?: true;
}

/** `undefined` when there was no time to begin, or not enough to come to the last page. */
async function listInTime(
  source: ResourceSource,
  session: Session,
  scope: Scope,
  limit: TimeLimit | undefined,
): Promise<Listing | undefined> {
  if (limit?.outOfTime()) return undefined;
  const listing = listResources(source, session, scope);
  return !limit || (await endsInTime(listing, limit.outOfTime, 0)) ? listing : undefined;
}

async function listResources(source: ResourceSource, session: Session, scope: Scope): Promise<Listing> {
  try {
    return await source.list(session, scope);
  } catch (error) {
    return { known: [], ...(isUnread(error) ? { unread: error.reason } : { unread: toFault(error, source), crashed: true }) };
  }
}

/** A bug in the listing of one type costs no other type its verdicts. */
function toFault(error: unknown, { type }: ResourceSource): UnreadReason {
  const message = `the listing of ${type} itself failed: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`;
  return { cause: 'failed', operation: `list ${type}`, permissions: [], message };
}

/** Judges those after an ARN; where time may run out, in the order of ARNs, up to some ARN. */
async function judgeAll(
  checks: readonly ReadyCheck[],
  resources: readonly Resource[],
  after: string | undefined,
  outOfTime: TimeLimit['outOfTime'] | undefined,
): Promise<Pick<TypeLook, 'evaluations' | 'resources' | 'upTo' | 'finished'>> {
  const left = after === undefined ? resources : resources.filter(({ identity }) => identity.arn > after);
  const inOrder = outOfTime ? left.toSorted(byArn) : left;
  const judge = (resource: Resource) => Promise.all(checks.map((ready) => evaluate(ready, resource)));
  const judged = outOfTime ? await firstJudged(inOrder, judge, outOfTime) : await pLimit(CONCURRENT_RESOURCES).map(inOrder, judge);
  return {
    evaluations: judged.flat(),
    resources: judged.length,
    upTo: inOrder[judged.length - 1]?.identity.arn ?? after,
    finished: judged.length === inOrder.length,
  };
}

/** What was judged in time of the first resources; nothing of the rest. Resources that share an ARN are not parted. */
async function firstJudged(
  resources: readonly Resource[],
  judge: (resource: Resource) => Promise<readonly Evaluation[]>,
  outOfTime: TimeLimit['outOfTime'],
): Promise<readonly (readonly Evaluation[])[]> {
  const isFirstOfArn = (index: number) => resources[index - 1]?.identity.arn !== resources[index]?.identity.arn;
  const judged = resources.map((): readonly Evaluation[] | undefined => undefined);
  let stopped = false;
  const limit = pLimit(CONCURRENT_RESOURCES);
  const work = limit.map(resources, async (resource, index) => {
    stopped ||= isFirstOfArn(index) && outOfTime();
    if (!stopped) judged[index] = await judge(resource);
  });
  if (!(await endsInTime(work, outOfTime, GRACE))) limit.clearQueue();
  const missing = judged.indexOf(undefined);
  let count = missing === -1 ? resources.length : missing;
  while (count > 0 && count < resources.length && !isFirstOfArn(count)) count -= 1;
  return judged.slice(0, count).map((verdicts) => verdicts ?? []);
}

function byArn({ identity: a }: Resource, { identity: b }: Resource): number {
  return a.arn < b.arn ? -1 : a.arn > b.arn ? 1 : 0;
}

/** What was not even listed is UNKNOWN too: one row per check, for all the resources that nobody saw. */
function unseen(
  checks: readonly ReadyCheck[],
  type: ResourceType,
  scope: Scope,
  partition: string,
  { unread, crashed }: { readonly unread: UnreadReason; readonly crashed: boolean },
): readonly Evaluation[] {
  const service = type.split('::')[1]?.toLowerCase() ?? '';
  const region = scope.region === 'global' ? '' : scope.region;
  const resource: ResourceIdentity = {
    type,
    id: '*',
    arn: `arn:${partition}:${service}:${region}:${scope.accountId}:*`,
    ...scope,
    partition,
    tags: {},
  };
  return checks.map(({ check, severity }) => ({
    checkId: check.id,
    resource,
    status: 'UNKNOWN',
    severity,
    reason: unread.message,
    unread,
    crashed,
  }));
}
