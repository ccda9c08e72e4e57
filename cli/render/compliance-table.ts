import type { AssessedControl, ComplianceReport, Section } from '../../findings/compliance.ts';
import { countsInWords, coverageInWords, notesOf, paintOf, scoreInWords, statusesInWords } from './compliance-words.ts';
import { LABEL, type Screen } from './coverage.ts';
import { labelled, paragraph } from './paragraphs.ts';
import { type Column, toTable } from './table.ts';

/** The score with what it rests on, and the controls by section. */
export function complianceTable(report: ComplianceReport, screen: Screen): string {
  const { width, palette } = screen;
  const closing = `"posture report --framework ${report.framework.id} --control <id>" shows what stands against one`;
  const parts = [
    complianceHead(report, screen),
    ...report.sections.map((section) => sectionTable(section, screen)),
    paragraph(closing, width, 0, palette.faint),
  ];
  return `\n${parts.join('\n\n')}\n\n`;
}

/** What stands above every table of controls. */
export function complianceHead(report: ComplianceReport, { width, palette }: Screen): string {
  const at = { width, at: LABEL };
  const { verdicts, controls } = report.coverage;
  const isWhole = verdicts.of > 0 && verdicts.count === verdicts.of && controls.count === controls.of;
  return [
    palette.title(report.framework.name),
    ...notesOf(report).map((note) => paragraph(note, width, 0, palette.faint)),
    '',
    labelled(palette.title('Score'), scoreInWords(report), at),
    labelled(palette.title('Coverage'), coverageInWords(report), at, isWhole ? palette.good : palette.doubt),
    labelled(palette.title('Controls'), statusesInWords(report), at),
  ].join('\n');
}

const COLUMNS: readonly Column[] = [
  { head: 'Control', min: 7, overflow: 'wrap' },
  { head: 'Status', min: 8, overflow: 'wrap' },
  { head: 'Resources', min: 16, overflow: 'wrap' },
  { head: 'What should be', min: 24, overflow: 'wrap', under: true },
];

function sectionTable({ id, name, controls }: Section, { width, palette }: Screen): string {
  const rows = controls.map(({ id: control, status, counts, title }) => [
    { text: control },
    { text: status, paint: paintOf(status, palette) },
    { text: countsInWords(counts), paint: palette.faint },
    { text: title },
  ]);
  const heading = `${palette.title(name === '' ? id : `${id}  ${name}`)}  ${palette.faint(passing(controls))}`;
  return [heading, toTable(COLUMNS, rows, { width, indent: 2, head: palette.faint })].join('\n');
}

function passing(controls: readonly AssessedControl[]): string {
  return `${controls.filter(({ status }) => status === 'pass').length} of ${controls.length} pass`;
}
