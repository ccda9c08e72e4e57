import type { EventDelivery } from '../inventory/ec2/region-settings.ts';
import type { Scope } from '../inventory/resource.ts';
import { findingId } from './finding.ts';
import type { ReactionStore } from './reaction-store.ts';
import { NEVER, type ScopeRecord } from './run.ts';
import { isRefusal } from './sight.ts';
import type { FindingStore } from './store.ts';

/** The check that judges it. */
export const EVENTS_DELIVERED = 'cloudtrail-region-events-delivered';

/**
 * Events are delivered within minutes (CloudTrail User Guide: about five); nothing is made of the silence before that. Audits may follow each other after
 * a quarter of an hour: were it longer, nobody would ever expect anything.
 */
const DELIVERY_TIME = 12 * 60_000;

export interface Listening {
  readonly store: Pick<FindingStore, 'scopeRecord' | 'finding'>;
  readonly reactions: Pick<ReactionStore, 'heartbeat' | 'saveHeartbeat'>;
  readonly now: () => Date;
}

interface Knowledge extends Omit<Listening, 'reactions'> {
  readonly reactions: Pick<ReactionStore, 'heartbeat'>;
}

/**
 * Whether what the audit before did in a region was heard. Nothing is expected until somebody has listened for a whole audit: the first look notes that
 * listening has begun. `arn` is that of the region's settings, under which silence is a finding; one that is open waits for the next sign of life,
 * however soon it is asked for.
 */
export async function readEventDelivery(listening: Listening, scope: Scope, arn: string): Promise<EventDelivery> {
  const { delivery, isNew } = await deliveryOf(listening, scope, arn);
  if (isNew) await listening.reactions.saveHeartbeat(scope, NEVER);
  return delivery;
}

/** The same for whoever does not look at the region itself: that listening has begun is for the look at the region to note. */
export async function knownEventDelivery(listening: Knowledge, scope: Scope, arn: string): Promise<EventDelivery> {
  return (await deliveryOf(listening, scope, arn)).delivery;
}

async function deliveryOf({ store, reactions, now }: Knowledge, scope: Scope, arn: string) {
  const [record, heard] = await Promise.all([store.scopeRecord(scope), reactions.heartbeat(scope)]);
  const lookedAt = heard === undefined ? undefined : lastLook(record, now());
  const since = lookedAt ?? (await silentSince(store, arn));
  const heardAt = heard === NEVER ? undefined : heard;
  const delivery: EventDelivery = { deployed: true, expectedSince: since && toSecond(since), heardAt };
  return { delivery, isNew: heard === undefined };
}

/**
 * When an audit last looked, or began to, if that is long enough ago. Whoever has looked from a command line since was not listened for: only the audit role's
 * calls are.
 */
function lastLook(record: ScopeRecord | undefined, now: Date): string | undefined {
  if (!record?.sight || isRefusal(record.sight) || record.seenAt === NEVER) return undefined;
  const lookedAt = record.sightRunId === undefined ? record.seenAt : beginOf(record.sightRunId);
  return lookedAt === undefined || now.getTime() - Date.parse(lookedAt) < DELIVERY_TIME ? undefined : lookedAt;
}

/** When a run began, as its id says: `20261121T084927Z-3f2a`. */
function beginOf(runId: string): string | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-/.exec(runId) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
}

async function silentSince(store: Listening['store'], arn: string): Promise<string | undefined> {
  const finding = await store.finding(findingId(EVENTS_DELIVERED, arn));
  return finding && finding.state !== 'resolved' ? finding.openedAt : undefined;
}

/** CloudTrail tells whole seconds: what happened in the second in which a look began may be the look's own. */
function toSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1_000) * 1_000).toISOString();
}
