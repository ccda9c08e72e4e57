import type { Evidence, EvidenceValue } from '../checks/check.ts';
import { toInert, wrap } from './inert.ts';

const MOST = 8;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 300;

/** What was seen, one fact a line, for people; JSON has all of it. */
export function evidenceLines(evidence: Evidence): readonly string[] {
  const lines = Object.entries(evidence).flatMap(([name, value]) =>
    partsOf(value).map((part) => `${toInert(name, LONGEST_NAME)}: ${part}`),
  );
  const hidden = lines.length - MOST;
  return [...lines.slice(0, MOST).flatMap((line) => wrap(line, '  ', '    ')), ...(hidden > 0 ? [`  and ${hidden} more`] : [])];
}

/** A list of rules or the like is told one by one. */
function partsOf(value: EvidenceValue): readonly string[] {
  const parts = isList(value) && value.some((part) => typeof part === 'object') ? value : [value];
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
