import { activityChecks } from '../checks/activity-registry.ts';
import { checks } from '../checks/registry.ts';
import type { Config } from '../config/config.ts';
import { heartbeatOperation } from '../inventory/heartbeat.ts';
import { sources } from '../inventory/registry.ts';
import { type EventRule, eventRules } from './event-rules.ts';

/** The rules of every region, for the checks that a team runs. */
export function watchedEvents({ isEnabled, deployment: { roleName } }: Config): readonly EventRule[] {
  const judged = new Set(checks.filter(({ id }) => isEnabled(id)).flatMap(({ resourceTypes }) => resourceTypes));
  return eventRules({
    activityChecks: activityChecks.filter(({ id }) => isEnabled(id)),
    sources: sources.filter(({ type }) => judged.has(type)),
    roleName,
    heartbeat: heartbeatOperation(sources, judged),
  });
}
