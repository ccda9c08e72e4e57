import { SEVERITIES } from '../checks/check.ts';
import { checks } from '../checks/registry.ts';
import type { Report, ReportedFinding } from '../findings/exports/report.ts';
import { findingId } from '../findings/finding.ts';

const STARTED = Date.parse('2026-11-21T08:00:00Z');
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-southeast-2'];
const DAY = 86_400_000;

/** A report of so many findings, as a large account has them: by every check, of many resources, with tags and evidence; of each ten one is unknown and one excepted. */
export function toLargeReport(count: number): Report {
  const findings = Array.from({ length: count }, (_, index) => toFinding(index));
  const unknown = findings.filter(({ status }) => status === 'UNKNOWN').length;
  return {
    run: {
      id: '20261121T080000Z-3f2a',
      accountId: '111122223333',
      partition: 'aws',
      startedAt: new Date(STARTED).toISOString(),
      finishedAt: new Date(STARTED + 60_000).toISOString(),
      regions: ['global', ...REGIONS],
      checks: checks.map(({ id }) => id),
    },
    coverage: { complete: false, evaluations: count * 10, unknown, resources: count, gaps: [] },
    findings,
    checks: new Map(checks.map((check) => [check.id, check])),
    version: '0.1.0',
  };
}

function toFinding(index: number): ReportedFinding {
  const check = at(checks, index);
  const region = at(REGIONS, index);
  const id = `resource-${index.toString(16).padStart(12, '0')}`;
  const arn = `arn:aws:service:${region}:111122223333:resource/${id}`;
  const opened = new Date(STARTED - (index % 400) * DAY).toISOString();
  const isUnknown = index % 10 === 9;
  const exception = {
    owner: 'platform@example.com',
    reason: 'it goes away with the old network',
    expires: '2026-12-31',
    ticket: `SEC-${index}`,
  };
  return {
    id: findingId(check.id, arn),
    checkId: check.id,
    status: isUnknown ? 'UNKNOWN' : 'FAIL',
    open: index % 10 < 8,
    severity: at(SEVERITIES, index),
    reason: `what was found of ${id} is not as it should be, since port ${index % 65_536} is open to 0.0.0.0/0`,
    evidence: {
      rules: [{ port: index % 65_536, source: '0.0.0.0/0', description: `for ${id}` }],
      attachedTo: [`eni-${index}`, `eni-${index + 1}`],
    },
    unread: isUnknown ? { cause: 'denied', operation: 'ec2:DescribeThings', permissions: ['ec2:DescribeThings'] } : null,
    resource: {
      type: at(check.resourceTypes, 0),
      arn,
      id,
      accountId: '111122223333',
      region,
      tags: {
        Name: `Résource ${index}`,
        team: `team-${index % 40}`,
        environment: at(['production', 'staging', 'test'], index),
        cost: `${index % 100}`,
      },
    },
    firstSeenAt: opened,
    openedAt: opened,
    lastSeenAt: new Date(STARTED).toISOString(),
    reopened: index % 3,
    exception: index % 10 === 8 ? exception : null,
  };
}

function at<Element>(list: readonly Element[], index: number): Element {
  const element = list[index % list.length];
  if (element === undefined) throw new Error('the list is empty');
  return element;
}
