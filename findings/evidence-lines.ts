import type { Evidence, EvidenceValue } from '../checks/check.ts';
import { toInert, wrap } from './inert.ts';
import { SEVERITY } from './severity-evidence.ts';

const MOST = 8;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 300;

/** What was seen, one fact a line, for people, and last what the severity comes of; JSON has all of it. */
export function evidenceLines({ [SEVERITY]: severity = [], ...seen }: Evidence): readonly string[] {
  const lines = Object.entries(seen).flatMap(([name, value]) => partsOf(value).map((part) => `${toInert(name, LONGEST_NAME)}: ${part}`));
  const hidden = lines.length - MOST;
  return [
    ...lines.slice(0, MOST).flatMap(toLine),
    ...(hidden > 0 ? [`  and ${hidden} more`] : []),
    ...linesOf(isList(severity) ? severity : [severity]).flatMap((line) => toLine(`${SEVERITY}: ${line}`)),
  ];
}

function toLine(line: string): readonly string[] {
  return wrap(line, '  ', '    ');
}

/** A list of rules or the like is told one by one. */
function partsOf(value: EvidenceValue): readonly string[] {
  return linesOf(isList(value) && value.some((part) => typeof part === 'object') ? value : [value]);
}

function linesOf(parts: readonly EvidenceValue[]): readonly string[] {
  return parts.map((part) => toInert(toPlainText(part), LONGEST_VALUE));
}

function toPlainText(value: EvidenceValue): string {
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(toPlainText).join(', ');
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${toPlainText(inner)}`)
    .join(', ');
}

function isList(value: EvidenceValue): value is readonly EvidenceValue[] {
  return Array.isArray(value);
}
