import { activityJudge, type JudgedActivity, type ReadyActivity } from '../../findings/judge-activities.ts';
import { recordIn } from '../../inventory/events/envelope.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { toEvent } from '../../inventory/events/to-event.ts';
import type { Touch } from '../../inventory/events/touch.ts';
import { touchIndex } from '../../inventory/events/touches.ts';
import type { ResourceSource } from '../../inventory/reader.ts';
import type { Thresholds } from './thresholds.ts';

/** A record, and what is to be said of it. */
export interface JudgedRecord {
  /** Out of its envelope. */
  readonly record: unknown;
  readonly event: CloudTrailEvent;
  readonly activities: readonly JudgedActivity[];
  /** Without indirect ones: they are of other resources than those that somebody changed. */
  readonly touches: readonly Touch[];
}

export interface Judging {
  readonly checks: readonly ReadyActivity[];
  /** Of which resource types changes are told. */
  readonly sources: readonly ResourceSource[];
  readonly thresholds: Thresholds;
}

/** Judges as the deployed reaction does. `undefined` for what is no CloudTrail record. */
export function recordJudge({ checks, sources, thresholds }: Judging): (body: unknown) => JudgedRecord | undefined {
  const judge = activityJudge(checks);
  const touchesOf = touchIndex(sources);
  return (body) => {
    const record = recordIn(body);
    const event = toEvent(record);
    if (event === undefined || !isRecord(event)) return undefined;
    const judged = judge(event);
    const activities = judged.length === 0 ? judged : judged.filter((one) => thresholds.isReached(event, one));
    const touched = touchesOf(event);
    const touches = touched.length === 0 ? touched : touched.filter(({ indirect }) => !indirect);
    return { record, event, activities, touches };
  };
}

/** Whatever is broken of it, a record names its event, its service or itself. */
function isRecord(event: CloudTrailEvent): boolean {
  return event.name !== '' || event.source !== '' || event.id !== '';
}
