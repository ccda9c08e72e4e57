import type { Finding } from './finding.ts';
import type { ScopeRecord } from './run.ts';

/** When a finding was last known to be as it is: open or excepted, when its check last judged its scope; resolved, when that was seen. */
export function lastSeenAt(finding: Finding, record: ScopeRecord | undefined): string {
  if (finding.state === 'resolved') return finding.resolvedAt ?? finding.observedAt;
  const seenAt = record && (record.blindSince[finding.checkId] ?? record.seenAt);
  const judgedAt = finding.judgedAt ?? finding.observedAt;
  return seenAt !== undefined && seenAt > judgedAt ? seenAt : judgedAt;
}
