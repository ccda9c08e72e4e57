import { toCanonicalJson } from './facts.ts';
import type { Evaluation, Status } from './finding.ts';
import { rankOf } from './severity.ts';

/** A proven failure counts most; then what is not known, so that it is never covered up by a PASS. */
const ORDER: Readonly<Record<Status, number>> = { FAIL: 0, UNKNOWN: 1, PASS: 2, NOT_APPLICABLE: 3 };

/** Negative when the first counts more. A total order: only equal evaluations give 0. */
export function compareEvaluations(a: Evaluation, b: Evaluation): number {
  if (a.status !== b.status) return ORDER[a.status] - ORDER[b.status];
  if (a.status === 'FAIL' && b.status === 'FAIL' && a.severity !== b.severity) return rankOf(a.severity) - rankOf(b.severity);
  const [first, second] = [toCanonicalJson(a), toCanonicalJson(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}
