import type { AnyCheck } from '../../checks/check.ts';
import type { AssessedCheck, AssessedControl, ComplianceReport, Standing } from '../../findings/compliance.ts';
import { toExceptedBy } from '../../findings/exception-words.ts';
import { standingAgainst } from '../compliance-document.ts';
import { complianceHead } from './compliance-table.ts';
import { countsInWords, paintOf } from './compliance-words.ts';
import type { Screen } from './coverage.ts';
import { findingList, type Listed } from './finding-list.ts';
import { command, labelled, paragraph } from './paragraphs.ts';
import { counted } from './words.ts';

const LABEL = 10;
/** Of one check. */
const MOST_RESOURCES = 100;

/** Each control with its checks, what stands against it, how to fix that, and what a person has to judge. */
export function complianceControls(
  report: ComplianceReport,
  standing: readonly Standing[],
  checks: readonly AnyCheck[],
  screen: Screen,
): string {
  const controls = report.sections.flatMap((section) => section.controls.map((control) => ({ control, section: section.name })));
  const parts = controls.map(({ control, section }) => controlPart(control, section, standingAgainst(control, standing), checks, screen));
  return `\n${[complianceHead(report, screen), ...parts].join('\n\n')}\n\n`;
}

function controlPart(
  control: AssessedControl,
  section: string,
  standing: readonly Standing[],
  checks: readonly AnyCheck[],
  screen: Screen,
): string {
  const { id, title, status, counts, level, manual } = control;
  const { width, palette } = screen;
  const facts = [section, level === undefined ? '' : `level ${level}`, countsInWords(counts)].filter((fact) => fact !== '').join('; ');
  const head = [
    `${palette.title(id)}  ${paintOf(status, palette)(status)}`,
    paragraph(title, width, 2),
    ...(facts === '' ? [] : [paragraph(facts, width, 2, palette.faint)]),
  ].join('\n');
  const decided = control.checks.map((check) => checkPart(check, standing, checks, screen));
  const left = manual && [
    palette.title('Left to a person'),
    labelled('  To do', manual.todo, { width, at: LABEL }),
    labelled('  Shown', manual.evidence, { width, at: LABEL }),
  ];
  return [head, ...decided, ...(left ? [left.join('\n')] : [])].join('\n\n');
}

function checkPart({ id, ran, counts }: AssessedCheck, standing: readonly Standing[], checks: readonly AnyCheck[], screen: Screen): string {
  const { width, palette } = screen;
  const own = standing.filter(({ checkId }) => checkId === id);
  const check = checks.find((one) => one.id === id);
  const said = ran
    ? countsInWords(counts) || 'nothing to judge'
    : `did not run${counts.fail + counts.excepted > 0 ? `; ${countsInWords(counts)}` : ''}`;
  if (own.length === 0 || !check) return `  ${palette.title(id)}  ${palette.faint(said)}`;
  const hidden = own.length - MOST_RESOURCES;
  return [
    findingList(own.slice(0, MOST_RESOURCES).map(toListed), checks, screen),
    ...(hidden > 0 ? [paragraph(`and ${counted(hidden, 'more resource')}; --format csv lists all`, width, 2, palette.faint)] : []),
    paragraph(said, width, 2, palette.faint),
    labelled(palette.title('  Fix'), check.remediation.text, { width, at: LABEL }),
    ...(check.remediation.cli === undefined ? [] : [command(check.remediation.cli, width, LABEL, palette.command)]),
  ].join('\n');
}

function toListed({ checkId, severity, reason, resource, since, exception }: Standing): Listed {
  const until = exception ? `; excepted ${toExceptedBy(exception)}` : '';
  return { checkId, severity, state: exception ? 'excepted' : 'open', since, reason: `${reason}${until}`, resource };
}
