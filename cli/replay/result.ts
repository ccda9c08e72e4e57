import type { Severity } from '../../checks/check.ts';
import type { JudgedActivity } from '../../findings/judge-activities.ts';
import type { Actor } from '../../inventory/events/actor.ts';
import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { inertText } from '../../inventory/events/inert-text.ts';
import { memberOf } from '../../inventory/events/member.ts';
import type { Touch } from '../../inventory/events/touch.ts';

/** What one record came to: a line of NDJSON. */
export interface Result {
  readonly eventId: string;
  /** As in the record. */
  readonly eventTime: string;
  readonly eventSource: string;
  /** As in the record, with the date that Lambda appends. */
  readonly eventName: string;
  readonly accountId: string;
  readonly region: string;
  /** Unless it succeeded. */
  readonly outcome?: CloudTrailEvent['outcome'];
  /** What is broken in the record. */
  readonly faults?: readonly string[];
  readonly actor: Actor;
  readonly activities: readonly ResultActivity[];
  readonly touches: readonly Pick<Touch, 'resourceType' | 'resourceId' | 'accountId' | 'region'>[];
}

export interface ResultActivity {
  readonly checkId: string;
  readonly severity: Severity;
  readonly reason: string;
  readonly controls: readonly string[];
  /** The check could not tell. */
  readonly unsure?: true;
}

const LONGEST = 512;

export function toResult(
  record: unknown,
  event: CloudTrailEvent,
  activities: readonly JudgedActivity[],
  touches: readonly Touch[],
): Result {
  const { accountId, region, outcome, faults, actor } = event;
  return {
    eventId: textIn(record, 'eventID'),
    eventTime: textIn(record, 'eventTime'),
    eventSource: textIn(record, 'eventSource'),
    eventName: textIn(record, 'eventName'),
    accountId,
    region,
    ...(outcome === 'succeeded' ? {} : { outcome }),
    ...(faults.length === 0 ? {} : { faults }),
    actor,
    activities: activities.map(({ check, severity, activity, unsure }) => ({
      checkId: check.id,
      severity,
      reason: activity.reason,
      controls: check.controls,
      ...(unsure ? { unsure } : {}),
    })),
    touches: touches.map(({ resourceType, resourceId, accountId: owner, region: where }) => ({
      resourceType,
      resourceId,
      accountId: owner,
      region: where,
    })),
  };
}

function textIn(record: unknown, name: string): string {
  return inertText(memberOf(record, name), LONGEST) ?? '';
}
