import type { AnyActivityCheck } from '../checks/activity.ts';
import type { Evidence, Remediation, Severity } from '../checks/check.ts';
import type { Actor } from '../inventory/events/actor.ts';
import { secondsBetween, toBy, toWhen, toWho } from './actor-words.ts';
import { evidenceLines } from './evidence-lines.ts';
import { toAscii, toInert, wrap, wrapCommand } from './inert.ts';
import type { KeptActivity } from './kept-activity.ts';
import { MESSAGE_SCHEMA, type Message } from './message.ts';
import { cutAtWord, SUBJECT_LENGTH } from './subject.ts';
import { inRegion } from './words.ts';

/** What a program gets to know of an activity. Times are ISO 8601 UTC. */
export interface ActivityMessage {
  readonly schemaVersion: typeof MESSAGE_SCHEMA;
  readonly type: 'activity';
  readonly activity: {
    readonly id: string;
    readonly checkId: string;
    readonly severity: Severity;
    readonly reason: string;
    readonly evidence: Evidence;
    /** The event could not be judged: a part that decides is missing or makes no sense. */
    readonly unsure: boolean;
    readonly seenAt: string;
  };
  readonly actor: Actor;
  readonly event: KeptActivity['event'];
  /** From the event to when it was judged; `null` when the event does not tell when it was. */
  readonly lagSeconds: number | null;
  /** `null` when the check is no longer known. */
  readonly check: {
    readonly title: string;
    readonly risk: string;
    readonly remediation: Remediation;
    readonly controls: readonly string[];
    readonly attack: readonly string[];
  } | null;
}

/** Tells something that somebody did. `check` is absent when it is no longer known. */
export function toActivityMessage(activity: KeptActivity, check: AnyActivityCheck | undefined): Message {
  const { id, checkId, severity, event } = activity;
  return {
    subject: toSubject(activity),
    text: toText(activity, check),
    json: toJson(activity, check),
    attributes: { severity, event: 'activity', accountId: orUnknown(event.accountId), region: orUnknown(event.region), checkId },
    thread: `activity-${id}`,
    deduplicationId: `activity-${id}`,
  };
}

/** SNS takes no empty attribute, and an event that is broken may not tell where it happened. */
function orUnknown(text: string): string {
  return text === '' ? 'unknown' : text;
}

/** How bad, what, who and where. Place and severity always stay; a long name gives way to a short one, and what is long to both. */
function toSubject({ severity, reason, unsure, actor, event }: KeptActivity): string {
  const head = `[${severity}]${unsure ? '[UNSURE]' : ''} `;
  const place = ` (${toAscii(orUnknown(event.accountId), 12)}, ${toAscii(orUnknown(event.region), 16)})`;
  // Not as if whoever did it had refused it.
  const what = toAscii(reason, 500).replace(/, (refused|failed)$/, ' ($1)');
  const isTold = actor.kind === 'root' && /\broot\b/i.test(what);
  const names = isTold ? [] : [...toBy(actor), toBy(actor).at(-1)?.slice(0, SHORTEST_NAME) ?? ''];
  const ends = [...names.map((name) => ` by ${toAscii(name, 64)}${place}`), ...(isTold ? [place] : [])];
  const roomFor = (end: string): number => SUBJECT_LENGTH - head.length - end.length;
  const end = ends.find((each) => what.length <= roomFor(each)) ?? ends.at(-1) ?? place;
  return `${head}${cutAtWord(what, roomFor(end))}${end}`;
}

const SHORTEST_NAME = 24;

function toJson(activity: KeptActivity, check: AnyActivityCheck | undefined): ActivityMessage {
  const { id, checkId, severity, reason, evidence, unsure, seenAt, actor, event } = activity;
  return {
    schemaVersion: MESSAGE_SCHEMA,
    type: 'activity',
    activity: { id, checkId, severity, reason, evidence, unsure, seenAt },
    actor,
    event,
    lagSeconds: secondsBetween(event.at, seenAt) ?? null,
    check: check
      ? { title: check.title, risk: check.risk, remediation: check.remediation, controls: check.controls, attack: check.attack }
      : null,
  };
}

const HEADLINE = 136;

/** What, who, where, when and what to do stand in the first five lines. */
function toText(activity: KeptActivity, check: AnyActivityCheck | undefined): string {
  const { severity, reason, unsure, evidence, actor, event, seenAt } = activity;
  const seen = evidenceLines(evidence);
  const lines = [
    ...wrap(toInert(`${severity}${unsure ? ', unsure' : ''}: ${reason}`, HEADLINE), '', '  '),
    ...wrap(toWho(actor, event.accountId), 'Who:   '),
    ...wrap(`${orUnknown(event.accountId)}, ${toInert(orUnknown(event.region), 40)}`, 'Where: '),
    ...wrap(toWhen(event.at, seenAt), 'When:  '),
    ...wrap(toInert(check?.remediation.text ?? 'see the check', 1_000), 'Do:    '),
    '',
    ...(seen.length > 0 ? ['Seen:', ...seen, ''] : []),
    ...(check ? toAdvice(check, event.region) : []),
    ...toDetails(activity, check),
  ];
  return `${lines.join('\n')}\n`;
}

function toAdvice({ risk, remediation: { cli } }: AnyActivityCheck, region: string): string[] {
  return [
    ...wrap(toInert(risk, 1_000), 'Why it matters: ', '  '),
    '',
    ...(cli === undefined ? [] : ['Command line:', ...wrapCommand(inRegion(toInert(cli, 1_000), [region]), '  '), '']),
  ];
}

function toDetails({ reason, severity, unsure, event, actor, checkId, id }: KeptActivity, check: AnyActivityCheck | undefined): string[] {
  const { name, source, errorCode } = event;
  const outcome = errorCode === undefined ? '' : `, ${toInert(errorCode, 80)}`;
  const line = (label: string, text: string | undefined): string[] =>
    text === undefined || text === '' ? [] : wrap(toInert(text, 1_024), `${label}:`.padEnd(10), '  ');
  return [
    ...(reason.length > HEADLINE - 30 ? line('Reason', reason) : []),
    ...line('Event', `${name} of ${source}${outcome}`),
    ...line('Event id', event.id === '' ? '' : `${event.id} in CloudTrail`),
    ...line('Actor', actor.arn),
    ...line('Issuer', actor.issuer),
    ...(check && !unsure && check.severity !== severity ? line('Severity', `${severity} here, ${check.severity} as a rule`) : []),
    ...line('Check', check ? `${check.title} (${checkId})` : checkId),
    ...line('Controls', check?.controls.join(', ')),
    ...line('ATT&CK', check?.attack.join(', ')),
    `Activity: ${id}`,
  ];
}
