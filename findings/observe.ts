import pLimit from 'p-limit';
import { isUnread } from '../checks/predicates/logic.ts';
import type { UnreadReason } from '../inventory/facet.ts';
import type { Resource, ResourceSource } from '../inventory/reader.ts';
import type { ResourceIdentity, ResourceType, Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { evaluate, type ReadyCheck } from './evaluate.ts';
import type { Evaluation } from './finding.ts';

/** Resources of one type judged at once: enough to keep every connection busy; a thousand would only wait for their turn with all they need in memory. */
const CONCURRENT_RESOURCES = 32;

/** What one look at one scope gave: every verdict, and which listings may not be trusted to be whole. */
export interface Observation {
  readonly scope: Scope;
  /** When the look began, ISO 8601 UTC: what happened later may not be in it. */
  readonly observedAt: string;
  readonly evaluations: readonly Evaluation[];
  readonly resources: number;
  readonly incompleteTypes: ReadonlySet<ResourceType>;
}

export interface Observer {
  readonly session: Session;
  /** Only those that belong to the scope's kind are asked. */
  readonly sources: readonly ResourceSource[];
  readonly checks: readonly ReadyCheck[];
  readonly now: () => Date;
  readonly onTypeDone: (type: ResourceType, scope: Scope) => void;
}

/** The sources that a scope lists for these checks: types that no check judges are not listed. */
export function sourcesOf(scope: Scope, sources: readonly ResourceSource[], checks: readonly ReadyCheck[]): readonly ResourceSource[] {
  const kind = scope.region === 'global' ? 'global' : 'regional';
  return sources.filter((source) => source.scope === kind && checks.some((ready) => ready.check.resourceTypes.includes(source.type)));
}

/** Lists everything of a scope that the checks judge, and judges it. */
export async function observe(observer: Observer, { accountId, region }: Scope): Promise<Observation> {
  const scope = { accountId, region };
  const observedAt = observer.now().toISOString();
  const incompleteTypes = new Set<ResourceType>();
  let resources = 0;
  const perType = await Promise.all(
    sourcesOf(scope, observer.sources, observer.checks).map(async (source) => {
      const checks = observer.checks.filter((ready) => ready.check.resourceTypes.includes(source.type));
      const listing = await listResources(source, observer.session, scope);
      resources += listing.known.length;
      const evaluations = await judgeAll(checks, listing.known);
      observer.onTypeDone(source.type, scope);
      if (listing.unread === undefined) return evaluations;
      incompleteTypes.add(source.type);
      return [...evaluations, ...unseen(checks, source.type, scope, observer.session.partition, listing.unread)];
    }),
  );
  const evaluations = perType.flat();
  noteNotUnderstood(evaluations, observer.session, scope);
  return { scope, observedAt, evaluations, resources, incompleteTypes };
}

/** Refused calls are in the coverage already. Answers that came but make no sense are only found out when something is to be judged by them. */
function noteNotUnderstood(evaluations: readonly Evaluation[], session: Session, { region }: Scope): void {
  for (const evaluation of evaluations) {
    const unread = evaluation.status === 'UNKNOWN' ? evaluation.unread : undefined;
    if (unread?.cause === 'malformed' || unread?.cause === 'unsupported') session.coverage.recordUnlessKnown(unread, region);
  }
}

async function listResources(
  source: ResourceSource,
  session: Session,
  scope: Scope,
): Promise<{ readonly known: readonly Resource[]; readonly unread: UnreadReason | undefined }> {
  try {
    return await source.list(session, scope);
  } catch (error) {
    if (!isUnread(error)) throw error;
    return { known: [], unread: error.reason };
  }
}

async function judgeAll(checks: readonly ReadyCheck[], resources: readonly Resource[]): Promise<readonly Evaluation[]> {
  const perResource = await pLimit(CONCURRENT_RESOURCES).map(resources, (resource) =>
    Promise.all(checks.map((ready) => evaluate(ready, resource))),
  );
  return perResource.flat();
}

/** What was not even listed is UNKNOWN too: one row per check, for all the resources that nobody saw. */
function unseen(
  checks: readonly ReadyCheck[],
  type: ResourceType,
  scope: Scope,
  partition: string,
  unread: UnreadReason,
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
    crashed: false,
  }));
}
