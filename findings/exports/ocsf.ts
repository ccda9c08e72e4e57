import type { AnyCheck, Severity } from '../../checks/check.ts';
import { labelOf } from '../words.ts';
import { toJsonArray } from './json-array.ts';
import { type PlainValue, toPlain, toPlainRecord } from './plain.ts';
import type { Report, ReportedException, ReportedFinding } from './report.ts';

/** The version of the schema that the export keeps to. */
export const OCSF_VERSION = '1.5.0';

/**
 * Compliance Findings of the Open Cybersecurity Schema Framework (class 2003, profile `cloud`): a JSON array with one event a line.
 * https://schema.ocsf.io/1.5.0/classes/compliance_finding?profiles=cloud
 *
 * - `compliance.status_id` is what was found: Pass 1, Fail 3, Unknown 0; what does not apply is Other 99. UNKNOWN is never Pass.
 * - `status_id` is what people have to do with it: New 1 while it is open, Suppressed 3 while an exception covers it, Resolved 4 for what passes or does not
 *   apply, and Unknown 0 for what could not be judged and was not open before.
 * - `finding_info.uid` is stable, so that an event updates the one before.
 */
export function toOcsf(report: Report): Iterable<string> {
  return toJsonArray(toEvents(report));
}

function* toEvents(report: Report): Iterable<object> {
  for (const finding of report.findings) yield toEvent(report, finding);
}

type Named = readonly [id: number, name: string];

const CLASS = 2003;

const SEVERITY: Readonly<Record<Severity, Named>> = {
  CRITICAL: [5, 'Critical'],
  HIGH: [4, 'High'],
  MEDIUM: [3, 'Medium'],
  LOW: [2, 'Low'],
  INFORMATIONAL: [1, 'Informational'],
};

const OUTCOME: Readonly<Record<ReportedFinding['status'], Named>> = {
  PASS: [1, 'Pass'],
  FAIL: [3, 'Fail'],
  UNKNOWN: [0, 'Unknown'],
  NOT_APPLICABLE: [99, 'Not applicable'],
};

function toStatus({ status, open, exception }: ReportedFinding): Named {
  if (isOver(status)) return [4, 'Resolved'];
  if (exception !== null) return [3, 'Suppressed'];
  return open ? [1, 'New'] : [0, 'Unknown'];
}

function toActivity({ status, firstSeenAt }: ReportedFinding, { startedAt }: Report['run']): Named {
  if (isOver(status)) return [3, 'Close'];
  return firstSeenAt === null || firstSeenAt >= startedAt ? [1, 'Create'] : [2, 'Update'];
}

function isOver(status: ReportedFinding['status']): boolean {
  return status === 'PASS' || status === 'NOT_APPLICABLE';
}

function toEvent(report: Report, finding: ReportedFinding): object {
  const { run, version } = report;
  const check = report.checks.get(finding.checkId);
  const [activityId, activity] = toActivity(finding, run);
  const [statusId, status] = toStatus(finding);
  const [severityId, severity] = SEVERITY[finding.severity];
  return {
    activity_id: activityId,
    activity_name: activity,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + activityId,
    type_name: `Compliance Finding: ${activity}`,
    time: Date.parse(run.finishedAt),
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    message: toMessage(finding, check),
    ...(finding.exception ? { comment: toComment(finding.exception) } : {}),
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'cloud-posture', vendor_name: 'cloud-posture', version, uid: 'cloud-posture' },
      profiles: ['cloud'],
      uid: `${run.id}/${finding.id}`,
      event_code: finding.checkId,
    },
    cloud: {
      provider: 'AWS',
      region: plain(finding.resource.region),
      account: { uid: plain(finding.resource.accountId), type: 'AWS Account', type_id: 10 },
    },
    finding_info: toFindingInfo(finding, check),
    compliance: toCompliance(finding, check),
    resources: [toResource(finding, run.partition)],
    ...(check ? { remediation: { desc: toRemedy(check) } } : {}),
    ...toEvidence(finding),
    unmapped: toUnmapped(finding, run.id),
  };
}

function plain(text: string): string {
  return toPlain(text, 512);
}

function toMessage({ reason, resource }: ReportedFinding, check: AnyCheck | undefined): string {
  return toPlain(`${check?.title ?? 'Check no longer known'}: ${labelOf(resource)}${reason === null ? '' : `: ${reason}`}`, 1_024);
}

function toComment({ owner, reason, expires, ticket }: ReportedException): string {
  return toPlain(`Excepted until ${expires} by ${owner} (${ticket}): ${reason}`);
}

function toFindingInfo(finding: ReportedFinding, check: AnyCheck | undefined): object {
  const { id, checkId, firstSeenAt, openedAt, lastSeenAt, reason } = finding;
  return {
    uid: id,
    title: check?.title ?? checkId,
    desc: toPlain(reason ?? check?.risk ?? checkId),
    types: ['Compliance'],
    analytic: { uid: checkId, name: check?.title ?? checkId, type_id: 1, type: 'Rule' },
    ...times({ created_time: openedAt, first_seen_time: firstSeenAt, last_seen_time: lastSeenAt }),
  };
}

function times(of: Readonly<Record<string, string | null>>): object {
  return Object.fromEntries(Object.entries(of).flatMap(([name, time]) => (time === null ? [] : [[name, Date.parse(time)]])));
}

/** `requirements` are controls as they are written, `standards` the frameworks that they are of. */
function toCompliance({ checkId, status, reason, unread }: ReportedFinding, check: AnyCheck | undefined): object {
  const [id, name] = OUTCOME[status];
  const controls = check?.controls ?? [];
  const details = [reason, unread && `${unread.cause}: ${unread.operation}; it takes ${unread.permissions.join(', ')}`];
  return {
    control: checkId,
    ...(check ? { desc: toPlain(check.risk) } : {}),
    status_id: id,
    status: name,
    status_code: status,
    status_details: details.filter((detail) => typeof detail === 'string').map((detail) => toPlain(detail)),
    requirements: controls,
    standards: [...new Set(controls.map((control) => control.slice(0, control.indexOf(':'))))],
  };
}

function toResource({ resource }: ReportedFinding, partition: string): object {
  const { type, arn, region, tags } = resource;
  return {
    uid: toPlain(arn),
    name: plain(labelOf(resource)),
    type: plain(type),
    region: plain(region),
    cloud_partition: plain(partition),
    tags: Object.entries(tags)
      .slice(0, 50)
      .map(([name, value]) => ({ name: plain(name), value: plain(value) })),
  };
}

function toRemedy({ remediation: { text, cli, cloudFormation } }: AnyCheck): string {
  return [text, cli, cloudFormation].filter((part) => part !== undefined).join('\n');
}

function toEvidence({ evidence }: ReportedFinding): { readonly evidences?: readonly { readonly data: PlainValue }[] } {
  return Object.keys(evidence).length === 0 ? {} : { evidences: [{ data: toPlainRecord(evidence) }] };
}

function toUnmapped({ open, reopened, exception }: ReportedFinding, runId: string): object {
  return { run_id: runId, open, reopened, ...(exception ? { exception: toPlainRecord(exception) } : {}) };
}
