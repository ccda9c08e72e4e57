import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { type Hub, toAsff as toImported } from '../asff.ts';
import { toJsonArray } from './json-array.ts';
import { toPlainRecord } from './plain.ts';
import type { Report, ReportedFinding } from './report.ts';

/**
 * Findings in the AWS Security Finding Format, for BatchImportFindings in the audited account itself: a JSON array with one finding a line. Each is far below
 * the 240 KB that Security Hub takes; it takes 100 of them in a call.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
 *
 * UNKNOWN is WARNING ("some information is missing"), and active; what does not apply is NOT_AVAILABLE. What is excepted is archived, and still FAILED or
 * WARNING.
 */
export function toAsff(report: Report): Iterable<string> {
  const { run } = report;
  const region = run.regions.find((name) => name !== 'global') ?? 'us-east-1';
  return toJsonArray(toFindings(report, { partition: run.partition, region, accountId: run.accountId }));
}

function* toFindings(report: Report, hub: Hub): Iterable<object> {
  for (const finding of report.findings) yield toFinding(report, finding, hub);
}

const COMPLIANCE = { PASS: 'PASSED', FAIL: 'FAILED', UNKNOWN: 'WARNING', NOT_APPLICABLE: 'NOT_AVAILABLE' } as const;

function toFinding({ run, checks }: Report, finding: ReportedFinding, hub: Hub): AwsSecurityFinding {
  const { checkId, status, exception, resource } = finding;
  const isActive = exception === null && (status === 'FAIL' || status === 'UNKNOWN');
  const firstSeenAt = finding.firstSeenAt ?? run.startedAt;
  const { Compliance, ...imported } = toImported(
    {
      ...finding,
      reason: finding.reason ?? 'passes',
      evidence: toPlainRecord(finding.evidence),
      scope: { accountId: resource.accountId, region: resource.region },
      resource: { ...resource, partition: run.partition },
      state: isActive ? 'open' : 'resolved',
      firstSeenAt,
      openedAt: finding.openedAt ?? firstSeenAt,
      resolvedAt: isActive ? undefined : run.startedAt,
      observedAt: run.startedAt,
      version: 1,
      history: [],
      unannounced: false,
      exception: undefined,
    },
    checks.get(checkId),
    hub,
  );
  return { ...imported, Compliance: { ...Compliance, Status: COMPLIANCE[status] } };
}
