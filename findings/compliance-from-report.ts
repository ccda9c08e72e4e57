import { type Assessment, addCounts, NO_RESOURCES, type ResourceCounts, type Standing } from './compliance.ts';
import type { Report, ReportedFinding } from './exports/report.ts';

/** What one scan says of these checks: a report that holds what passed too, as `posture scan --all` makes it. */
export function assessReport({ run, findings }: Pick<Report, 'run' | 'findings'>, checkIds: ReadonlySet<string>): Assessment {
  const counts = new Map<string, ResourceCounts>();
  const standing: Standing[] = [];
  for (const finding of findings) {
    if (!checkIds.has(finding.checkId)) continue;
    counts.set(finding.checkId, addCounts(counts.get(finding.checkId) ?? NO_RESOURCES, countsOf(finding)));
    if (finding.open || finding.exception) standing.push(toStanding(finding));
  }
  return {
    accounts: [run.accountId],
    ran: new Set(run.checks),
    counts,
    standing,
    seen: { from: run.startedAt, to: run.startedAt },
    notSeen: [],
  };
}

function countsOf({ status, open, exception }: ReportedFinding): ResourceCounts {
  return {
    pass: status === 'PASS' ? 1 : 0,
    fail: open ? 1 : 0,
    unknown: status === 'UNKNOWN' ? 1 : 0,
    excepted: !open && exception ? 1 : 0,
    notApplicable: status === 'NOT_APPLICABLE' ? 1 : 0,
  };
}

function toStanding({ id, checkId, severity, reason, resource, openedAt, exception }: ReportedFinding): Standing {
  return { findingId: id, checkId, severity, reason: reason ?? '', resource, since: openedAt, exception };
}
