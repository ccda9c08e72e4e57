import type { ResourceIdentity } from '../inventory/resource.ts';
import { toCanonicalJson } from './facts.ts';
import type { Evaluation, Status } from './finding.ts';
import { rankOf } from './severity.ts';

/** A proven failure counts most; then what is not known, so that it is never covered up by a PASS. */
const ORDER: Readonly<Record<Status, number>> = { FAIL: 0, UNKNOWN: 1, PASS: 2, NOT_APPLICABLE: 3 };

/** Negative when the first counts more. A total order: only equal evaluations give 0. */
function compareEvaluations(a: Evaluation, b: Evaluation): number {
  if (a.status !== b.status) return ORDER[a.status] - ORDER[b.status];
  if (a.status === 'FAIL' && b.status === 'FAIL' && a.severity !== b.severity) return rankOf(a.severity) - rankOf(b.severity);
  const [first, second] = [toCanonicalJson(a), toCanonicalJson(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}

/** Several evaluations of one resource by one check count as the worst of them, so that their order does not matter. By `keyOf`. */
export function worstPerFinding(evaluations: readonly Evaluation[]): Map<string, Evaluation> {
  const verdicts = new Map<string, Evaluation>();
  for (const evaluation of evaluations) {
    const key = keyOf(evaluation);
    const other = verdicts.get(key);
    if (!other || compareEvaluations(evaluation, other) < 0) verdicts.set(key, evaluation);
  }
  return verdicts;
}

/** Cheaper than the finding's id, which is a hash: most resources that are judged have no finding. */
export function keyOf({ checkId, resource }: { readonly checkId: string; readonly resource: Pick<ResourceIdentity, 'arn'> }): string {
  return `${checkId}\n${resource.arn}`;
}
