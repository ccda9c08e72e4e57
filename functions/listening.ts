import type { ReadyCheck } from '../findings/evaluate.ts';
import { EVENTS_DELIVERED, knownEventDelivery, readEventDelivery } from '../findings/event-delivery.ts';
import type { Job } from '../findings/job.ts';
import { type EventDelivery, settingsArn } from '../inventory/ec2/region-settings.ts';
import { heartbeatOperation } from '../inventory/heartbeat.ts';
import { sources } from '../inventory/registry.ts';
import { GLOBAL, type Scope } from '../inventory/resource.ts';
import type { Session } from '../inventory/session.ts';
import { deployedConfig } from './settings.ts';
import { now, openReactions, openStore } from './table.ts';

/**
 * A session that knows whether the events of its region arrive; that of what an account has once, whether those of every region do. It is found out before
 * anything is asked of the account: a table that does not answer fails the scan, not the check.
 */
export async function listening(
  session: Session,
  job: Pick<Job, keyof Scope | 'regions'>,
  checks: readonly ReadyCheck[],
): Promise<Session> {
  if (!checks.some(({ check }) => check.id === EVENTS_DELIVERED) || !makesHeartbeat(checks)) return session;
  const world = { store: await openStore(), reactions: await openReactions(), now };
  const { accountId, region } = job;
  const regions = region === GLOBAL ? job.regions : [region];
  const read = region === GLOBAL ? knownEventDelivery : readEventDelivery;
  const deliveryIn = async (each: string): Promise<readonly [string, EventDelivery]> => {
    const scope = { accountId, region: each };
    return [each, await read(world, scope, settingsArn(scope, session.partition))];
  };
  const deliveries = new Map(await Promise.all(regions.map(deliveryIn)));
  return {
    ...session,
    switchedOff: deployedConfig().switchedOffIn(accountId),
    eventDelivery: (scope) => deliveries.get(scope.region) ?? { deployed: false },
  };
}

function makesHeartbeat(checks: readonly ReadyCheck[]): boolean {
  const judged = checks.flatMap(({ check }) => check.resourceTypes);
  return heartbeatOperation(sources, judged) !== undefined;
}
