import type { ResourceIdentity } from '../inventory/resource.ts';
import { byWords } from './cause-lines.ts';
import type { Finding, HistoryEntry, TransitionKind } from './finding.ts';
import { toAscii } from './inert.ts';
import { isOfRegion } from './of-region.ts';

export const EVENT_LABELS: Readonly<Record<TransitionKind, string>> = {
  opened: 'NEW',
  reopened: 'REOPENED',
  resolved: 'RESOLVED',
  escalated: 'ESCALATED',
  changed: 'CHANGED',
  excepted: 'EXCEPTED',
  lapsed: 'EXCEPTION ENDED',
};

/** SNS wants printable ASCII in less than 100 characters. https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
export const SUBJECT_LENGTH = 99;

const SHORTEST_LABEL = 24;

/** How bad, what and where; and by whom, if that fits. Account and region always stay; a resource's id gives way to its name, and a long reason to both. */
export function toSubject(finding: Finding, step: HistoryEntry): string {
  const subject = toSubjectAlone(finding, step);
  const whole = byWords(step).map((by) => `${subject} ${toAscii(by, SUBJECT_LENGTH)}`);
  return whole.find(({ length }) => length <= SUBJECT_LENGTH) ?? subject;
}

function toSubjectAlone({ severity, reason, resource }: Finding, { kind }: HistoryEntry): string {
  const head = `[${severity}][${EVENT_LABELS[kind]}] `;
  const place = ` (${toAscii(resource.accountId, 12)}, ${toAscii(resource.region, 16)})`;
  const what = toAscii(reason, 500);
  const ends = toLabels(resource).map((label) => (label === '' ? place : ` on ${label}${place}`));
  const roomFor = (end: string): number => SUBJECT_LENGTH - head.length - end.length;
  const end = ends.find((each) => what.length <= roomFor(each)) ?? ends.at(-1) ?? place;
  return `${head}${cutAtWord(what, roomFor(end))}${end}`;
}

/** What may stand between reason and place: the most telling first, the shortest last. Of an account and a region the place says it all. */
function toLabels({ type, id, tags }: ResourceIdentity): readonly string[] {
  if (type === 'AWS::Organizations::Account' || isOfRegion({ type })) return [''];
  const plainId = toAscii(id, 64);
  const name = toAscii(tags.Name ?? '', 64);
  const isTelling = /[A-Za-z0-9]/.test(name) && name !== plainId;
  return isTelling ? [`${name} ${plainId}`, name, toAscii(name, SHORTEST_LABEL)] : [plainId, toAscii(plainId, SHORTEST_LABEL)];
}

export function cutAtWord(text: string, length: number): string {
  if (text.length <= length) return text;
  const space = text.slice(0, length - 2).lastIndexOf(' ');
  return space > length / 2 ? `${text.slice(0, space).replace(/[,;:]$/, '')}...` : toAscii(text, length);
}
