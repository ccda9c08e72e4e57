import type { AnyCheck } from '../../checks/check.ts';
import type { AssessedControl, ComplianceReport, Standing } from '../../findings/compliance.ts';
import { toPlain } from '../../findings/exports/plain.ts';
import { labelOf } from '../../findings/words.ts';
import { standingAgainst } from '../compliance-document.ts';
import { countsInWords, coverageInWords, notesOf, scoreInWords, statusesInWords } from './compliance-words.ts';
import { count } from './words.ts';

/** Of one control: a comment on a pull request is no place for thousands. */
const MOST_RESOURCES = 100;

/** The controls as tables of Markdown, by section; with `standing` also what stands against each, and its fix. */
export function complianceMarkdown(
  report: ComplianceReport,
  standing: readonly Standing[] | undefined,
  checks: readonly AnyCheck[],
): string {
  const head = [
    `## ${report.framework.name}`,
    [`**Score**: ${scoreInWords(report)}`, `**Coverage**: ${coverageInWords(report)}`, `**Controls**: ${statusesInWords(report)}`]
      .map((line) => `- ${line}`)
      .join('\n'),
    notesOf(report)
      .map((note) => `${note}.`)
      .join(' '),
  ];
  const sections = report.sections.flatMap(({ id, name, controls }) => [
    `### ${name === '' ? id : `${id} ${name}`}`,
    tableOf(['Control', 'Status', 'Resources', 'What should be'], controls.map(toRow)),
    ...(standing ? controls.flatMap((control) => against(control, standingAgainst(control, standing), checks)) : []),
  ]);
  return `${[...head, ...sections].join('\n\n')}\n`;
}

function toRow({ id, status, counts, title, manual }: AssessedControl): readonly string[] {
  return [id, status, countsInWords(counts), `${title}${manual ? `<br>A person: ${manual.todo}` : ''}`];
}

function against({ id, checks: own }: AssessedControl, standing: readonly Standing[], checks: readonly AnyCheck[]): readonly string[] {
  const ids = new Set(own.map((check) => check.id));
  const fixes = checks.filter((check) => ids.has(check.id) && standing.some(({ checkId }) => checkId === check.id));
  const rows = standing
    .slice(0, MOST_RESOURCES)
    .map(({ checkId, severity, reason, resource, exception }) => [
      checkId,
      severity,
      strange(labelOf(resource)),
      `${resource.accountId} ${strange(resource.region)}`,
      `${strange(reason)}${exception ? `<br>excepted until ${strange(exception.expires)} by ${strange(exception.owner)}` : ''}`,
    ]);
  const hidden = standing.length - rows.length;
  return standing.length === 0
    ? []
    : [
        `#### ${id}`,
        tableOf(['Check', 'Severity', 'Resource', 'Where', 'Reason'], rows),
        ...(hidden > 0 ? [`and ${count(hidden)} more; \`--format csv\` lists all.`] : []),
        fixes.map((check) => `- \`${check.id}\`: ${check.remediation.text}`).join('\n'),
      ];
}

function tableOf(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '&#124;')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text that anybody may have written: in a `code` element, with nothing left that Markdown, HTML, links or mentions could be made of. */
function strange(text: string): string {
  return `<code>${toPlain(text, 300).replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}
