import { labelOf } from '../words.ts';
import { toPlain, toPlainRecord } from './plain.ts';
import type { Report, ReportedFinding } from './report.ts';

/**
 * JUnit XML: a suite per check, a case per resource. There is no standard; what Jenkins and GitLab take is said by the schema of Jenkins's xUnit plugin.
 *
 * - FAIL is a `failure`, and UNKNOWN an `error`: both fail a build. What is `skipped` does not, and stands in no one's way: that would make a pass of what
 *   nobody could read.
 * - What is excepted, or does not apply, is `skipped`, with the reason.
 * - The first suite says whether everything could be read, so that a report without findings still has a test that can fail.
 */
export function* toJunit(report: Report): Iterable<string> {
  const suites = Map.groupBy(report.findings, ({ checkId }) => checkId);
  const gap = report.coverage.complete ? '' : toGap(report);
  const counts = countsOf(report.findings, gap === '' ? 0 : 1);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cloud-posture" tests="${counts.tests}" failures="${counts.failures}" errors="${counts.errors}">\n`;
  yield toCoverageSuite(report, gap);
  for (const [checkId, findings] of suites) yield* toSuite(report, checkId, findings);
  yield '</testsuites>\n';
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

function countsOf(findings: readonly ReportedFinding[], gaps: number): Counts {
  const outcomes = findings.map(outcomeOf);
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  return { tests: findings.length + 1, failures: count('failure'), errors: count('error') + gaps, skipped: count('skipped') };
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf({ status, exception }: ReportedFinding): Outcome {
  if (exception !== null && status !== 'PASS') return 'skipped';
  switch (status) {
    case 'PASS':
      return 'passed';
    case 'FAIL':
      return 'failure';
    case 'UNKNOWN':
      return 'error';
    case 'NOT_APPLICABLE':
      return 'skipped';
    default:
      return status satisfies never;
  }
}

function toGap({ coverage }: Report): string {
  const gaps = coverage.gaps.map(
    ({ operation, cause, region, permissions, count }) =>
      `${operation} in ${region}: ${cause}, ${count} times${permissions.length === 0 ? '' : `; it takes ${permissions.join(', ')}`}`,
  );
  return [`${coverage.unknown} of ${coverage.evaluations} verdicts are unknown`, ...gaps].join('\n');
}

function toCoverageSuite({ run }: Report, gap: string): string {
  const errors = gap === '' ? 0 : 1;
  const fault = gap === '' ? '' : element('error', 'not everything could be read', 'UNKNOWN', gap);
  return `<testsuite name="coverage" tests="1" failures="0" errors="${errors}" skipped="0" timestamp="${attribute(run.finishedAt)}">\n<testcase classname="coverage" name="everything could be read" time="0">${fault}</testcase>\n</testsuite>\n`;
}

function* toSuite(report: Report, checkId: string, findings: readonly ReportedFinding[]): Iterable<string> {
  const { failures, errors, skipped } = countsOf(findings, 0);
  yield `<testsuite name="${attribute(checkId)}" tests="${findings.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" timestamp="${attribute(report.run.finishedAt)}">\n`;
  for (const finding of findings) {
    const name = `${toPlain(labelOf(finding.resource), 200)} ${toPlain(finding.resource.arn)}`;
    yield `<testcase classname="${attribute(checkId)}" name="${attribute(name)}" time="0">${toOutcome(report, finding)}</testcase>\n`;
  }
  yield '</testsuite>\n';
}

function toOutcome(report: Report, finding: ReportedFinding): string {
  const outcome = outcomeOf(finding);
  if (outcome === 'passed') return '';
  const { exception, reason, severity, status } = finding;
  const until = exception && `excepted until ${exception.expires} by ${exception.owner}: ${exception.reason} (${exception.ticket})`;
  return element(
    outcome,
    until ?? `${status === 'FAIL' ? `${severity}: ` : ''}${reason ?? status}`,
    until ? 'EXCEPTED' : status,
    toBody(report, finding),
  );
}

function toBody({ checks }: Report, { checkId, id, reason, evidence, resource, unread, openedAt }: ReportedFinding): string {
  const check = checks.get(checkId);
  const lines = [
    check && `${check.title}. ${check.risk}`,
    reason && `Found: ${toPlain(reason)}`,
    `Where: ${toPlain(resource.arn)} in ${toPlain(resource.region, 64)}, account ${toPlain(resource.accountId, 64)}`,
    openedAt && `Open since: ${openedAt}`,
    unread && `Not read: ${toPlain(unread.operation)} (${toPlain(unread.cause)}); it takes ${toPlain(unread.permissions.join(', '))}`,
    Object.keys(evidence).length > 0 && `Evidence: ${JSON.stringify(toPlainRecord(evidence))}`,
    check && `Fix: ${check.remediation.text}`,
    check?.remediation.cli,
    `Finding: ${id}`,
  ];
  return lines.filter((line) => typeof line === 'string').join('\n');
}

function element(name: Exclude<Outcome, 'passed'>, message: string, type: string, body: string): string {
  const lines = body.split('\n').map((line) => escaped(toPlain(line, 8_192)));
  return `<${name} message="${attribute(message)}" type="${attribute(type)}">${lines.join('\n')}</${name}>`;
}

function attribute(text: string): string {
  return escaped(toPlain(text));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** `>` too, because `]]>` may stand nowhere. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
