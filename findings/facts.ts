import type { Evidence, EvidenceValue, Severity } from '../checks/check.ts';
import type { Evaluation } from './finding.ts';

/** What a failure says: a finding changes when one of these does. */
export interface Facts {
  readonly severity: Severity;
  readonly reason: string;
  readonly evidence: Evidence;
}

const MAX_REASON = 500;
/** Bytes of JSON. An item of DynamoDB may have 400 kB, but is paid for by the kB. */
const MAX_EVIDENCE = 8_000;
/** How long strings and lists may stay, ever less until the evidence fits. */
const CUTS = [
  { text: 1_000, list: 50 },
  { text: 300, list: 20 },
  { text: 100, list: 8 },
  { text: 50, list: 3 },
] as const;

/** A failure's facts in the form in which every store keeps them: what is read back later is equal to what was observed. */
export function toFacts({ severity, reason, evidence }: Extract<Evaluation, { status: 'FAIL' }>): Facts {
  return { severity, reason: toReason(reason), evidence: toBoundedEvidence(evidence) };
}

/** A reason of at most 500 characters, as every store can keep it. */
export function toReason(text: string): string {
  return cutText(text.toWellFormed(), MAX_REASON);
}

/** True when both say the same, whatever the order of the evidence's keys. */
export function isSameFacts(a: Facts, b: Facts): boolean {
  return a.severity === b.severity && a.reason === b.reason && toCanonicalJson(a.evidence) === toCanonicalJson(b.evidence);
}

/** JSON with sorted keys: equal values give equal text. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Evidence of at most about 8 kB of JSON. What had to be cut says so. */
export function toBoundedEvidence(evidence: Evidence): Evidence {
  const whole = mapRecord(evidence, toPlain);
  const size = sizeOf(whole);
  if (size <= MAX_EVIDENCE) return whole;
  const cut = `shortened from ${Math.ceil(size / 1000)} kB`;
  for (const limits of CUTS) {
    const shorter = { ...mapRecord(whole, (value) => shorten(value, limits)), cut };
    if (sizeOf(shorter) <= MAX_EVIDENCE) return shorter;
  }
  return { cut: `left out, ${Math.ceil(size / 1000)} kB` };
}

function sizeOf(evidence: Evidence): number {
  return Buffer.byteLength(JSON.stringify(evidence));
}

/** JSON has no NaN and no infinity, and a lone surrogate has no UTF-8. */
function toPlain(value: EvidenceValue): EvidenceValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'boolean') return value;
  return isList(value) ? value.map(toPlain) : mapRecord(value, toPlain);
}

function shorten(value: EvidenceValue, limits: { readonly text: number; readonly list: number }): EvidenceValue {
  if (typeof value === 'string') return cutText(value, limits.text);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (!isList(value)) return mapRecord(value, (inner) => shorten(inner, limits));
  const kept = value.slice(0, limits.list).map((inner) => shorten(inner, limits));
  return kept.length === value.length ? kept : [...kept, `and ${value.length - kept.length} more`];
}

function mapRecord(
  record: Readonly<Record<string, EvidenceValue | undefined>>,
  convert: (value: EvidenceValue) => EvidenceValue,
): Record<string, EvidenceValue> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key.toWellFormed(), convert(value)]])),
  );
}

function isList(value: EvidenceValue): value is readonly EvidenceValue[] {
  return Array.isArray(value);
}

function cutText(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}
