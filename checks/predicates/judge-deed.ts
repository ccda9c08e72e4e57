import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import type { Field } from '../../inventory/events/field.ts';
import { type Activity, activity, quiet } from '../activity.ts';
import type { EvidenceValue, Severity } from '../check.ts';
import { refuseToJudge } from './unread.ts';

/** What somebody did, or would have done if the call had succeeded. */
export interface Deed {
  /** Of a call that succeeded: `user bob was made administrator`. */
  readonly done: string;
  /** Of one that did not, after `tried to`: `make user bob administrator`. */
  readonly attempt: string;
  readonly evidence: Readonly<Record<string, EvidenceValue | undefined>>;
  /** Of a call that succeeded; the check's own unless told. */
  readonly severity?: Severity;
  /** Of one that was refused; MEDIUM unless told. One that failed for another reason is LOW. */
  readonly refused?: Severity;
  readonly once?: Activity['once'];
}

/**
 * Tells a deed by what became of the call. `describe` is asked only where the event has a request: services leave it out of calls that they refuse, and
 * then nothing happened, nobody can say what would have, and `attempt` is told as LOW. Dry runs are quiet.
 */
export function judgeDeed(event: CloudTrailEvent, attempt: string, describe: () => Deed | undefined): Activity | undefined {
  if (event.outcome === 'dry run') return quiet;
  const isUntold = event.outcome !== 'succeeded' && !event.request.exists;
  const deed = isUntold ? { done: attempt, attempt, evidence: {}, refused: 'LOW' as const } : describe();
  return deed && tell(event, deed);
}

function tell({ outcome, errorCode }: CloudTrailEvent, { done, attempt, evidence, severity, refused, once }: Deed): Activity {
  const more = once === undefined ? {} : { once };
  if (outcome === 'succeeded') return activity(done, evidence, severity === undefined ? more : { severity, ...more });
  const worth = outcome === 'refused' ? (refused ?? 'MEDIUM') : 'LOW';
  return activity(`tried to ${attempt}, ${outcome}`, { ...evidence, errorCode }, { severity: worth, ...more });
}

/** Says that what decides is missing from an event that must have it. */
export function refuseWithout(event: CloudTrailEvent, member: string): never {
  refuseToJudge('no-data', `cloudtrail:${event.name}`, `the event does not tell ${member}`);
}

/** Says so where none of these members is there, of which every such call has one: whoever reads on would take what is missing for a default. */
export function demandOneOf(event: CloudTrailEvent, part: Field, ...members: readonly string[]): undefined {
  if (!members.some((member) => part.at(member).exists))
    refuseWithout(event, members.length > 3 ? 'anything that is known' : members.join(' or '));
  return undefined;
}
