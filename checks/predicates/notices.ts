import type { CloudTrailEvent } from '../../inventory/events/event.ts';
import { type Activity, activity, quiet } from '../activity.ts';
import type { Evidence, Severity } from '../check.ts';
import { actingService, toDeed } from './deeds.ts';

export interface Change {
  /** The service that the check is about: the filters of CIS take events of other services too that happen to have the same name. */
  readonly service: string;
  /** Names what was changed. */
  readonly what?: string | undefined;
  readonly evidence?: Evidence;
  /** Why this one is ordinary. */
  readonly routine?: string | undefined;
}

/**
 * That something was changed of which CIS has every change monitored. As severe as the check says when somebody changed it; LOW when an AWS service
 * did, when it is ordinary, and when it did not come about. A dry run is none.
 */
export function changeNotice(event: CloudTrailEvent, { service, what, evidence, routine }: Change): Activity | undefined {
  if (event.outcome === 'dry run') return quiet;
  const lesser = lesserFor(event, service, routine);
  const isMinor = event.outcome !== 'succeeded' || lesser !== undefined;
  return activity(
    toDeed(event, what, lesser),
    { ...evidence, ...errorOf(event) },
    { ...(isMinor ? { severity: 'LOW' } : {}), once: { key: inOneGo(event, what), minutes: TOGETHER } },
  );
}

/** Minutes within which the same is told once of the same thing and hand: a program that deploys changes one thing many times. */
const TOGETHER = 5;

function inOneGo({ accountId, region, source, name, outcome, actor }: CloudTrailEvent, what = ''): string {
  return [accountId, region, source, name, outcome, actor.arn ?? actor.name, what].join(' ');
}

function lesserFor(event: CloudTrailEvent, service: string, routine: string | undefined): string | undefined {
  if (event.source !== service) return `in ${event.source}`;
  const by = actingService(event);
  if (by !== undefined) return `by ${by}`;
  return event.outcome === 'succeeded' ? routine : undefined;
}

/** How it was done, where it depends on what was asked and the event does not tell that: services leave the request out of calls that they refuse. */
export const NOT_RECORDED = 'the request not recorded';

export interface Tampering {
  /** Names what was tampered with. */
  readonly what?: string | undefined;
  /** What the name of the event does not tell, in few words. */
  readonly how?: string | undefined;
  readonly evidence?: Evidence;
  /** In place of the check's own. */
  readonly severity?: Severity | undefined;
}

/**
 * That somebody did something which makes others see less. Who was refused has tried, which is as severe; a call that failed for another reason has
 * changed nothing and is LOW, and so is one that was refused and perhaps asked for nothing of the kind. A dry run is none. It matters not whether a service did it for somebody.
 */
export function tamperingNotice(event: CloudTrailEvent, { what, how, evidence, severity }: Tampering = {}): Activity | undefined {
  if (event.outcome === 'dry run') return quiet;
  const isIdle = event.outcome === 'failed' || (event.outcome === 'refused' && how === NOT_RECORDED);
  const worth = isIdle ? 'LOW' : severity;
  return activity(toDeed(event, what, how), { ...evidence, ...errorOf(event) }, worth === undefined ? {} : { severity: worth });
}

/** The same, where AWS services do it all day long in the course of their work: LOW if one did. */
export function tamperingByHand(event: CloudTrailEvent, tampering: Tampering): Activity | undefined {
  const by = actingService(event);
  return tamperingNotice(event, by === undefined ? tampering : { ...tampering, how: `by ${by}`, severity: 'LOW' });
}

function errorOf({ outcome, errorCode }: CloudTrailEvent): Evidence {
  return outcome === 'succeeded' || errorCode === undefined ? {} : { errorCode: errorCode.slice(0, 256) };
}
