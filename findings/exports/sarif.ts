import type { AnyCheck, Severity } from '../../checks/check.ts';
import { toJsonArray } from './json-array.ts';
import { toPlain, toPlainRecord } from './plain.ts';
import type { Report, ReportedException, ReportedFinding, ReportedGap, ReportedResource } from './report.ts';

/**
 * SARIF 2.1.0: one run, a rule per check, a result per finding.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
 *
 * - UNKNOWN is of kind `open`: the tool had too little to decide (3.27.9). Only FAIL is of kind `fail`, and only that has a level.
 * - What is excepted stays a result and has a suppression, with its justification. Either all results tell their suppressions or none (3.27.23): all do.
 * - A resource has no file. Its logical location is its ARN; its artifact is a path made of account, region, type and id, since code scanning takes no URI
 *   with a scheme of its own.
 *   https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 * - The finding's id is the fingerprint: it stays as long as check and resource are the same.
 */
export function* toSarif(report: Report): Iterable<string> {
  const ruleIds = [...new Set([...report.run.checks, ...report.findings.map(({ checkId }) => checkId)])];
  const indices = new Map(ruleIds.map((id, index) => [id, index]));
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{\n`;
  yield `"tool":{"driver":{"name":"cloud-posture","version":${JSON.stringify(report.version)},"rules":`;
  yield* toJsonArray(ruleIds.map((id) => toRule(id, report.checks.get(id))));
  yield `}},\n"automationDetails":${JSON.stringify({ id: `cloud-posture/${toPlain(report.run.accountId, 64)}/` })},\n`;
  yield `"columnKind":"utf16CodeUnits",\n"invocations":[${JSON.stringify(toInvocation(report))}],\n"results":`;
  yield* toJsonArray(toResults(report, indices));
  yield '}]}\n';
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'note',
  INFORMATIONAL: 'note',
};

/** Code scanning's own scale: critical over 9.0, high from 7.0, medium from 4.0, low over 0. */
const SCORES: Readonly<Record<Severity, string>> = { CRITICAL: '9.5', HIGH: '8.0', MEDIUM: '5.5', LOW: '2.0', INFORMATIONAL: '0.1' };

/** Of a check that is no longer known only the id is. */
function toRule(id: string, check: AnyCheck | undefined): object {
  if (check === undefined) return { id, shortDescription: { text: id }, help: { text: 'This check is no longer known.' } };
  const { title, risk, severity, controls, remediation } = check;
  const { text, cli, cloudFormation } = remediation;
  const steps = [text, cli && `Command: ${cli}`, cloudFormation && `CloudFormation: ${cloudFormation}`].filter(
    (step) => step !== undefined,
  );
  const markdown = [text, cli && `\`\`\`sh\n${cli}\n\`\`\``, cloudFormation && `CloudFormation: \`${cloudFormation}\``];
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: risk },
    help: { text: `${risk}\n\n${steps.join('\n')}`, markdown: [risk, ...markdown.filter((part) => part !== undefined)].join('\n\n') },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SCORES[severity], precision: 'very-high', tags: ['security', ...controls].slice(0, 20) },
  };
}

function toInvocation({ run, coverage }: Report): object {
  return {
    executionSuccessful: true,
    startTimeUtc: run.startedAt,
    endTimeUtc: run.finishedAt,
    toolExecutionNotifications: coverage.gaps.map(toNotification),
  };
}

function toNotification({ operation, cause, region, permissions, count, message }: ReportedGap): object {
  const needed = permissions.length === 0 ? '' : `; it takes ${permissions.join(', ')}`;
  return { level: 'warning', message: { text: toText(`${operation} in ${region}: ${cause}, ${count} times${needed}. ${message}`) } };
}

function* toResults({ findings }: Report, indices: ReadonlyMap<string, number>): Iterable<object> {
  for (const finding of findings) yield toResult(finding, indices.get(finding.checkId) ?? -1);
}

const KINDS = { FAIL: 'fail', UNKNOWN: 'open', PASS: 'pass', NOT_APPLICABLE: 'notApplicable' } as const;

function toResult(finding: ReportedFinding, ruleIndex: number): object {
  const { id, checkId, status, severity, reason, evidence, resource, exception, open, openedAt, reopened } = finding;
  const tags = toPlainRecord(resource.tags);
  return {
    ruleId: checkId,
    ruleIndex,
    kind: KINDS[status],
    level: status === 'FAIL' ? LEVELS[severity] : 'none',
    message: { text: toText(`${reason ?? status}: ${resource.arn}`) },
    locations: [toLocation(resource)],
    partialFingerprints: { 'findingId/v1': id },
    suppressions: exception && status !== 'PASS' ? [toSuppression(exception)] : [],
    properties: {
      severity,
      open,
      openedAt,
      reopened,
      region: toPlain(resource.region, 64),
      evidence: toPlainRecord(evidence),
      resourceTags: tags,
    },
  };
}

function toLocation(resource: ReportedResource): object {
  const { accountId, region, type, id, arn } = resource;
  const uri = ['aws', accountId, region, type, id].map(toSegment).join('/');
  return {
    physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
    logicalLocations: [{ name: toPlain(id, 512), fullyQualifiedName: toPlain(arn), kind: 'resource' }],
  };
}

/** One segment of a path, and never one that leads elsewhere. */
function toSegment(text: string): string {
  const segment = encodeURIComponent(toPlain(text, 512)).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^\.*$/.test(segment) ? '-' : segment;
}

function toSuppression({ owner, reason, expires, ticket }: ReportedException): object {
  return { kind: 'external', status: 'accepted', justification: toPlain(`${reason} (${owner}, until ${expires}, ${ticket})`) };
}

/** Neither a link nor a placeholder begins in it (3.11.5, 3.11.6). */
function toText(text: string): string {
  return toPlain(text, 1_024)
    .replace(/[{}]/g, '$&$&')
    .replace(/[\\[\]]/g, '\\$&');
}
