import type { ReviewedException } from '../../findings/exception-review.ts';
import type { Screen } from './coverage.ts';
import { paragraph } from './paragraphs.ts';
import { type Column, toTable } from './table.ts';
import { count, counted } from './words.ts';

const COLUMNS: readonly Column[] = [
  { head: 'Until', min: 10, overflow: 'end' },
  { head: 'State', min: 8, overflow: 'end' },
  { head: 'Findings', min: 8, overflow: 'end', align: 'right' },
  { head: 'Owner', min: 8, overflow: 'end' },
  { head: 'Ticket', min: 6, overflow: 'end' },
  { head: 'Check', min: 12, overflow: 'wrap' },
  { head: 'What, and why', min: 36, overflow: 'wrap', under: true },
];

/** Every exception in the order of the configuration, and what to look at again. */
export function exceptionList(reviewed: readonly ReviewedException[], { width, palette }: Screen): string {
  if (reviewed.length === 0) return palette.good('There are no exceptions.');
  const paintOf = { 'in force': palette.good, 'ends soon': palette.doubt, ended: palette.bad };
  const rows = reviewed.map(({ exception, state, findings, flags }) => [
    { text: exception.expires },
    { text: state, paint: paintOf[state] },
    { text: findings === undefined ? '?' : count(findings), ...(flags.some(isOfCount) ? { paint: palette.doubt } : {}) },
    { text: exception.owner },
    { text: exception.ticket },
    { text: exception.check, paint: palette.title },
    { text: `${toWhat(exception)}: ${exception.reason}${toNote(flags)}` },
  ]);
  return [toTable(COLUMNS, rows, { width, head: palette.faint }), '', paragraph(closing(reviewed), width, 0, palette.faint)].join('\n');
}

function isOfCount(flag: ReviewedException['flags'][number]): boolean {
  return flag.startsWith('matches');
}

function toWhat({ resource, tags = {}, accounts }: ReviewedException['exception']): string {
  const tagged = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  return [
    ...(resource === undefined || resource === '*' ? [] : [resource]),
    ...(tagged.length > 0 ? [`with ${tagged.join(', ')}`] : []),
    ...(accounts ? [`in ${accounts.join(', ')}`] : []),
  ].join(' ');
}

function toNote(flags: ReviewedException['flags']): string {
  const told = flags.filter(isOfCount);
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}

function closing(reviewed: readonly ReviewedException[]): string {
  const flagged = reviewed.filter(({ flags }) => flags.length > 0).length;
  const unknown = reviewed.some(({ findings }) => findings === undefined)
    ? '; what they match is not known before "posture scan" has kept something'
    : '';
  return `${counted(reviewed.length, 'exception')}, ${flagged === 0 ? 'none' : count(flagged)} to look at again${unknown}`;
}
