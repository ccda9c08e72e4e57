import { SEVERITIES, type Severity } from '../../checks/check.ts';
import { labelOf, toMinute } from '../words.ts';
import { toPlain } from './plain.ts';
import type { Report, ReportedFinding } from './report.ts';

/** GitHub takes comments of at most 65,536 characters; some room is left for what a person or a tool writes around it. */
const LONGEST = 65_000;
/** The longest that the line about what was left out can be. */
const CLOSING = 400;
/** Findings with their fix; the rest stands in the collapsed details. */
const SHOWN = 10;

/**
 * Markdown for the comment on a pull request: counts, the worst findings with their fix, and the rest collapsed. At most 65,000 characters; what does not fit
 * is counted in the last line.
 *
 * What strangers have named stands in `code` elements of HTML blocks, in which neither GitHub nor GitLab reads Markdown, mentions, links or emoji.
 * https://spec.commonmark.org/0.31.2/#html-blocks
 */
export function* toMarkdown(report: Report): Iterable<string> {
  let room = LONGEST - CLOSING;
  const fits = (text: string): boolean => (room -= text.length) >= 0;
  for (const part of toHead(report)) {
    if (!fits(part)) break;
    yield part;
  }
  const told = report.findings.filter(isTold);
  let listed = 0;
  for (const { text, findings } of toParts(report, told)) {
    if (!fits(text)) break;
    yield text;
    listed += findings;
  }
  const left = told.length - listed;
  const end = `cloud-posture ${code(report.version)}, run ${code(report.run.id)}, ${toMinute(toPlain(report.run.finishedAt, 30))}`;
  yield `<p>${left === 0 ? '' : `<strong>${plural(left, 'more finding')} left out: a comment has room for 65,536 characters.</strong> `}${end}</p>\n`;
}

function isTold({ status }: ReportedFinding): boolean {
  return status === 'FAIL' || status === 'UNKNOWN';
}

function toHead(report: Report): readonly string[] {
  const { run, coverage, findings } = report;
  const rows = SEVERITIES.map((severity) => toCounts(severity, findings));
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const failing = findings.filter(isFailing).length;
  const verdict =
    failing === 0 ? (coverage.complete ? 'nothing is failing' : 'nothing is known to fail') : `${plural(failing, 'finding')} open`;
  return [
    `## AWS posture: ${verdict}\n\n`,
    `<p>Account ${code(run.accountId)}, ${plural(run.regions.length, 'scope')}, ${plural(run.checks.length, 'check')}, ${plural(coverage.resources, 'resource')}.</p>\n\n`,
    toCoverage(report),
    `| Severity | Failing | Unknown | Excepted |\n| :-- | --: | --: | --: |\n${table}\n\n`,
  ];
}

function toCounts(severity: Severity, findings: readonly ReportedFinding[]): readonly (string | number)[] {
  const ours = findings.filter((finding) => finding.severity === severity);
  const unknown = ours.filter(({ status, exception }) => status === 'UNKNOWN' && exception === null).length;
  const excepted = ours.filter((finding) => isTold(finding) && finding.exception !== null).length;
  return [severity, ours.filter(isFailing).length, unknown, excepted];
}

function isFailing({ status, exception }: ReportedFinding): boolean {
  return status === 'FAIL' && exception === null;
}

function toCoverage({ coverage: { complete, unknown, evaluations, gaps } }: Report): string {
  if (complete) return '';
  const reasons = gaps
    .slice(0, 5)
    .map(({ operation, region, cause, permissions }) => `${code(operation)} in ${code(region)}: ${code(cause)}${needed(permissions)}`);
  const more = gaps.length > 5 ? [`and ${gaps.length - 5} more`] : [];
  const items = [...reasons, ...more].map((item) => `<li>${item}</li>`).join('\n');
  return `<p><strong>Not everything could be read: ${count(unknown)} of ${plural(evaluations, 'verdict')} unknown.</strong></p>\n<ul>\n${items}\n</ul>\n\n`;
}

function needed(permissions: readonly string[]): string {
  return permissions.length === 0 ? '' : `, needs ${permissions.slice(0, 5).map(code).join(' ')}`;
}

interface Part {
  readonly text: string;
  /** How many findings stand in it. */
  readonly findings: number;
}

function* toParts(report: Report, told: readonly ReportedFinding[]): Iterable<Part> {
  const worst = told.filter(isFailing).slice(0, SHOWN);
  if (worst.length > 0) yield { text: '### Worst first\n\n', findings: 0 };
  for (const finding of worst) yield { text: toWorst(report, finding), findings: 1 };
  const shown = new Set(worst);
  const rest = Map.groupBy(
    told.filter((finding) => !shown.has(finding)),
    ({ checkId }) => checkId,
  );
  if (rest.size > 0) yield { text: `### ${worst.length === 0 ? 'All' : 'The rest'}, by check\n\n`, findings: 0 };
  for (const [checkId, findings] of rest) yield* toDetails(report, checkId, findings);
}

function toWorst({ checks }: Report, { checkId, severity, reason, resource, openedAt }: ReportedFinding): string {
  const check = checks.get(checkId);
  const since = openedAt === null ? '' : `, open since ${toMinute(openedAt)}`;
  const fix = check ? [`<p>Fix: ${inHtml(check.remediation.text)}</p>`, ...commandOf(check.remediation.cli)] : [];
  const lines = [
    `<p><strong>${severity}</strong> ${inHtml(check?.title ?? checkId)}<br>`,
    `${code(labelOf(resource))} in ${code(resource.region)}${since}: ${code(reason ?? '')}<br>`,
    `${code(resource.arn)}</p>`,
  ];
  return `${[...lines, ...fix].join('\n')}\n\n`;
}

function commandOf(cli: string | undefined): readonly string[] {
  return cli === undefined ? [] : [`<pre><code>${inHtml(cli)}</code></pre>`];
}

/** As many parts as there are chunks of a check's findings: so a check of thousands is cut and not left out. */
const CHUNK = 20;

function* toDetails({ checks }: Report, checkId: string, findings: readonly ReportedFinding[]): Iterable<Part> {
  for (let from = 0; from < findings.length; from += CHUNK) {
    const chunk = findings.slice(from, from + CHUNK);
    const of = findings.length > CHUNK ? `${from + 1} to ${from + chunk.length} of ${count(findings.length)}` : `${findings.length}`;
    const title = `${inHtml(checks.get(checkId)?.title ?? checkId)} (${of})`;
    const items = chunk.map(toItem).join('\n');
    yield { text: `<details>\n<summary>${title}</summary>\n<ul>\n${items}\n</ul>\n</details>\n\n`, findings: chunk.length };
  }
}

function toItem({ severity, status, resource, reason, exception }: ReportedFinding): string {
  const standing = exception
    ? `excepted until ${code(exception.expires)} by ${code(exception.owner)}`
    : status === 'UNKNOWN'
      ? 'UNKNOWN'
      : severity;
  return `<li>${standing}: ${code(labelOf(resource))} in ${code(resource.region)}: ${code(reason ?? '')}</li>`;
}

/** In a `code` element nothing is a mention, a link or an emoji. */
function code(text: string): string {
  const inside = inHtml(toPlain(text, 200)).trim();
  return inside === '' ? '-' : `<code>${inside}</code>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What Markdown could read is escaped too, for those who render HTML blocks as text. */
function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '').replace(/[`|*_~[\]\\@#$]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function plural(number: number, word: string): string {
  return `${count(number)} ${word}${number === 1 ? '' : 's'}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}
