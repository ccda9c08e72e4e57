import type { CloudTrailEvent } from '../inventory/events/event.ts';
import type { Equivalents, Evidence, EvidenceValue, Params, Remediation, Severity } from './check.ts';

/**
 * Events that an activity check looks at. The rules of every region are derived from these, so they must be as narrow as events can be told apart by
 * name: everything else is for `evaluate` to decide.
 */
export type EventSelector =
  /** By name, of one service. `readOnly`: AWS delivers them only to a rule that asks for all management events. */
  | { readonly source: string; readonly names: readonly string[]; readonly readOnly?: true }
  /** By name, of whatever service: as the filters of CIS 5.4, 5.5 and 5.10 to 5.14 do. */
  | { readonly source: 'any'; readonly names: readonly string[] }
  /** Whatever the root user does. */
  | { readonly by: 'root' }
  /** Whatever is refused for want of permission. */
  | { readonly outcome: 'refused' }
  /** Every record that reaches us anyway: no rule is made for it. */
  | 'every';

/** Something that somebody did, and that somebody should know of. */
export interface Activity {
  /** The observed fact in at most about 12 words, without the actor, who is told beside it. */
  readonly reason: string;
  readonly evidence: Evidence;
  /** In place of the check's own, where the circumstances make it worse or better; the reason then says which. */
  readonly severity?: Severity;
  /** Told once for all that share this key within so many minutes; each for itself unless told. */
  readonly once?: { readonly key: string; readonly minutes: number };
  /** Told only when so many different items came under a key within so many minutes: then once in that time. */
  readonly threshold?: { readonly key: string; readonly item: string; readonly count: number; readonly minutes: number };
}

/** The event is of no concern to the check. */
export const quiet = undefined;

/** Evidence that the event does not hold is left out. */
export function activity(
  reason: string,
  evidence: Readonly<Record<string, EvidenceValue | undefined>> = {},
  more: Omit<Activity, 'reason' | 'evidence'> = {},
): Activity {
  const held = Object.entries(evidence).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { reason, evidence: Object.fromEntries(held), ...more };
}

/** A CloudTrail record as JSON, as short as can be: what it does not say is filled in as a successful call by an IAM user. */
export type ExampleEvent = Readonly<Record<string, unknown>> & { readonly eventName: string };

export interface ActivityCheck<P extends Params> {
  /** `activity-<what was done>`, and the path of the file: `checks/activity/<what was done>.ts`. */
  readonly id: string;
  /** What was done, as a headline: `The root user was used`. */
  readonly title: string;
  readonly severity: Severity;
  /** `CIS-AWS-7.0:5.3`. */
  readonly controls: readonly string[];
  /** Techniques of MITRE ATT&CK: `T1078.004`. */
  readonly attack: readonly string[];
  readonly equivalents: Equivalents;
  readonly risk: string;
  /** What to do when it was not meant to happen. */
  readonly remediation: Remediation;
  readonly events: readonly EventSelector[];
  readonly params?: P;
  /**
   * Pure. `undefined` when the event is of no concern. Throws `Unread` where it touches what the event has in no form that makes sense: the engine then
   * tells the activity as one that could not be judged, for silence would be a PASS.
   */
  readonly evaluate: (event: CloudTrailEvent, params: P) => Activity | undefined;
  /** `activity`: told. `quiet`: not. `unsure`: cannot be judged. Named for what they show. */
  readonly examples: {
    readonly activity: Readonly<Record<string, ExampleEvent>>;
    readonly quiet: Readonly<Record<string, ExampleEvent>>;
    readonly unsure?: Readonly<Record<string, ExampleEvent>>;
  };
}

/** An activity check of whatever params, as the registry holds it: it is called through `judgeActivity` there. */
export interface AnyActivityCheck extends Omit<ActivityCheck<Params>, 'evaluate'> {
  readonly evaluate: (event: CloudTrailEvent, params: never) => Activity | undefined;
}

/** Declares an activity check. */
export function defineActivityCheck<P extends Params = Record<never, never>>(check: ActivityCheck<P>): AnyActivityCheck {
  return check;
}
