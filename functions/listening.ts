import type { ReadyCheck } from '../findings/evaluate.ts';
import { EVENTS_DELIVERED, readEventDelivery } from '../findings/event-delivery.ts';
import { settingsArn } from '../inventory/ec2/region-settings.ts';
import { heartbeatOperation } from '../inventory/heartbeat.ts';
import { sources } from '../inventory/registry.ts';
import { GLOBAL, type Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { now, openReactions, openStore } from './table.ts';

/**
 * A session that knows whether the events of its region arrive. It is found out before anything is asked of the account: a table that does not
 * answer fails the scan, not the check.
 */
export async function listening(session: Session, scope: Scope, checks: readonly ReadyCheck[]): Promise<Session> {
  const isJudged = checks.some(({ check }) => check.id === EVENTS_DELIVERED);
  if (scope.region === GLOBAL || !isJudged || !makesHeartbeat(checks)) return session;
  const [store, reactions] = await Promise.all([openStore(), openReactions()]);
  const delivery = await readEventDelivery({ store, reactions, now }, scope, settingsArn(scope, session.partition));
  return { ...session, eventDelivery: () => delivery };
}

function makesHeartbeat(checks: readonly ReadyCheck[]): boolean {
  const judged = checks.flatMap(({ check }) => check.resourceTypes);
  return heartbeatOperation(sources, judged) !== undefined;
}
