import type { Scope } from '../inventory/resource.ts';
import type { Evaluation, Finding } from './finding.ts';
import type { RunRecord, ScopeRecord } from './run.ts';

const NEVER = new Date(0).toISOString();

/** When a finding was last known to be as it is: open, when its check last judged its scope; resolved, when that was seen. */
export function lastSeenAt(finding: Finding, record: ScopeRecord | undefined): string {
  if (finding.state === 'resolved') return finding.resolvedAt ?? finding.observedAt;
  const seenAt = record && (record.blindSince[finding.checkId] ?? record.seenAt);
  return seenAt !== undefined && seenAt > finding.observedAt ? seenAt : finding.observedAt;
}

/**
 * The record of a scope after a look at it. Blind are the checks that could not judge everything,
 * and those that have findings here but did not run: `findings` are all of the scope.
 */
export function toScopeRecord(
  previous: ScopeRecord | undefined,
  run: Pick<RunRecord, 'id' | 'checkIds'>,
  look: { readonly scope: Scope; readonly observedAt: string; readonly evaluations: readonly Evaluation[] },
  findings: Iterable<Finding>,
): ScopeRecord {
  const ran = new Set(run.checkIds);
  const blind = new Set(look.evaluations.flatMap(({ status, checkId }) => (status === 'UNKNOWN' ? checkId : [])));
  for (const { checkId } of findings) if (!ran.has(checkId)) blind.add(checkId);
  const { accountId, region } = look.scope;
  return {
    accountId,
    region,
    runId: run.id,
    seenAt: look.observedAt,
    blindSince: Object.fromEntries([...blind].sort().map((checkId) => [checkId, sightedAt(previous, checkId)])),
  };
}

function sightedAt(previous: ScopeRecord | undefined, checkId: string): string {
  return previous ? (previous.blindSince[checkId] ?? previous.seenAt) : NEVER;
}
