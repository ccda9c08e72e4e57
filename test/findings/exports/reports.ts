import { checks } from '../../../checks/registry.ts';
import type { Report, ReportedFinding, ReportedResource } from '../../../findings/exports/report.ts';
import { findingId } from '../../../findings/finding.ts';

export const RUN_STARTED = '2026-11-21T08:00:00.000Z';
const CHECK = 'ec2-security-group-admin-ports-closed';

/** A failing security group that was open before the run. */
export function reported(changes: Partial<ReportedFinding> = {}, resource: Partial<ReportedResource> = {}): ReportedFinding {
  const id = resource.id ?? 'sg-1';
  const arn = resource.arn ?? `arn:aws:ec2:eu-west-1:111122223333:security-group/${id}`;
  return {
    id: findingId(changes.checkId ?? CHECK, arn),
    checkId: CHECK,
    status: 'FAIL',
    open: true,
    severity: 'HIGH',
    reason: 'SSH (22) open to the internet',
    evidence: { rules: [{ port: 22, source: '0.0.0.0/0' }] },
    unread: null,
    resource: {
      type: 'AWS::EC2::SecurityGroup',
      accountId: '111122223333',
      region: 'eu-west-1',
      tags: { Name: 'web' },
      ...resource,
      id,
      arn,
    },
    firstSeenAt: '2026-11-01T08:00:00.000Z',
    openedAt: '2026-11-02T08:00:00.000Z',
    lastSeenAt: RUN_STARTED,
    reopened: 1,
    exception: null,
    ...changes,
  };
}

const never = { firstSeenAt: null, openedAt: null, lastSeenAt: null, reopened: 0, evidence: {} };

export const failing = reported();
/** Could not be judged, and was not failing before. */
export const unknown = reported(
  {
    ...never,
    status: 'UNKNOWN',
    open: false,
    reason: 'ec2:DescribeSecurityGroups was denied',
    unread: { cause: 'denied', operation: 'ec2:DescribeSecurityGroups', permissions: ['ec2:DescribeSecurityGroups'] },
  },
  { id: 'sg-2' },
);
/** Could not be judged, and was failing before. */
export const stillOpen = reported({ status: 'UNKNOWN', reason: 'last seen failing: SSH open; not known now: denied' }, { id: 'sg-3' });
export const exception = { owner: 'jane@example.com', reason: 'the bastion, until it moves', expires: '2026-12-31', ticket: 'SEC-42' };
export const excepted = reported({ open: false, exception }, { id: 'sg-4' });
/** Excepted, and could not be judged. */
export const exceptedUnknown = reported({ status: 'UNKNOWN', open: false, exception, reason: 'denied' }, { id: 'sg-5' });
export const passing = reported({ ...never, status: 'PASS', open: false, reason: null }, { id: 'sg-6' });
export const notApplicable = reported(
  { ...never, status: 'NOT_APPLICABLE', open: false, reason: 'switched off by the configuration' },
  { id: 'sg-7' },
);
/** Of a check that is no longer known. */
export const forgotten = reported({ checkId: 'ec2-something-once-judged', severity: 'CRITICAL' }, { id: 'sg-8' });
export const fresh = reported({ firstSeenAt: RUN_STARTED, openedAt: RUN_STARTED, reopened: 0 }, { id: 'sg-9' });

export const every = [forgotten, failing, fresh, excepted, unknown, stillOpen, exceptedUnknown, passing, notApplicable];

/** A run with these findings; coverage is what their statuses make of it. */
export function reportOf(findings: readonly ReportedFinding[]): Report {
  const unread = findings.filter(({ status }) => status === 'UNKNOWN').length;
  const gap = {
    operation: 'ec2:DescribeSecurityGroups',
    cause: 'denied',
    permissions: ['ec2:DescribeSecurityGroups'],
    region: 'eu-west-1',
    message: 'AccessDenied: [no] policy {0} allows it',
    count: 3,
  };
  return {
    run: {
      id: '20261121T080000Z-3f2a',
      accountId: '111122223333',
      partition: 'aws',
      startedAt: RUN_STARTED,
      finishedAt: '2026-11-21T08:01:00.000Z',
      regions: ['global', 'eu-west-1'],
      checks: [CHECK, 's3-bucket-public-read-absent'],
    },
    coverage: { complete: unread === 0, evaluations: 1_000, unknown: unread, resources: 120, gaps: unread === 0 ? [] : [gap] },
    findings,
    checks: new Map(checks.map((check) => [check.id, check])),
    version: '0.1.0',
  };
}

export function textOf(chunks: Iterable<string>): string {
  return [...chunks].join('');
}
