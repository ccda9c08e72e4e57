import type { Examined } from '../doctor.ts';
import type { Screen } from './coverage.ts';
import { labelled, paragraph } from './paragraphs.ts';
import { toTable } from './table.ts';
import { count, counted, some } from './words.ts';

export interface Diagnosis {
  readonly accountId: string;
  readonly callerArn: string;
  readonly scopes: readonly string[];
  readonly examined: readonly Examined[];
  readonly checks: readonly string[];
}

/** What is refused, which checks that blinds, and what could not be tried. */
export function diagnosis(report: Diagnosis, screen: Screen): string {
  const { width, palette } = screen;
  const at = { width, at: 10 };
  const regions = report.scopes.filter((region) => region !== 'global');
  const parts = [
    [
      labelled(palette.title('Account'), report.accountId, at, palette.title),
      labelled(palette.title('Caller'), report.callerArn, at),
      labelled(palette.title('Tried in'), `${counted(regions.length, 'region')} and what is global`, at),
    ].join('\n'),
    verdict(report, screen),
    refusals('Denied', report, 'denied', screen),
    refusals('Refused for other reasons', report, 'failed', screen),
    blindChecks(report, screen),
    untried(report, screen),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function verdict({ examined }: Diagnosis, { palette, width }: Screen): string {
  const number = (outcome: Examined['outcome']): number => examined.filter((each) => each.outcome === outcome).length;
  const refused = number('denied') + number('failed');
  const text = `${count(number('allowed'))} of ${counted(examined.length, 'call')} allowed, ${count(refused)} refused, ${count(number('untried'))} not tried`;
  return paragraph(text, width, 0, refused === 0 ? palette.good : palette.bad);
}

const COLUMNS = [
  { head: 'Call', min: 16, overflow: 'wrap' },
  { head: 'Needs', min: 16, overflow: 'wrap' },
  { head: 'Where', min: 12, overflow: 'wrap' },
] as const;

function refusals(heading: string, { examined }: Diagnosis, outcome: Examined['outcome'], { width, palette }: Screen): string {
  const refused = examined.filter((each) => each.outcome === outcome);
  if (refused.length === 0) return '';
  const rows = refused.map(({ operation, permissions, regions }) => [
    { text: operation },
    { text: permissions.join(', '), paint: palette.command },
    { text: regions.length <= 3 ? regions.join(', ') : counted(regions.length, 'region'), paint: palette.faint },
  ]);
  const messages = outcome === 'failed' ? [...new Set(refused.flatMap((each) => each.messages))].slice(0, 5) : [];
  return [
    palette.bad(heading),
    toTable(COLUMNS, rows, { width, indent: 2, head: palette.faint }),
    ...messages.map((text) => paragraph(text, width, 2, palette.faint)),
  ].join('\n');
}

function blindChecks({ examined, checks }: Diagnosis, { width, palette }: Screen): string {
  const refused = examined.filter(({ outcome }) => outcome === 'denied' || outcome === 'failed');
  const blind = checks.flatMap((id) => {
    const missing = refused.filter((each) => each.checks.includes(id)).map(({ operation }) => operation);
    return missing.length === 0 ? [] : [[{ text: id }, { text: missing.join(', '), paint: palette.faint }]];
  });
  if (blind.length === 0) return '';
  const columns = [
    { head: 'Check', min: 20, overflow: 'wrap' },
    { head: 'Cannot see', min: 20, overflow: 'wrap' },
  ] as const;
  const heading = palette.doubt(`Blinded, wholly or in part: ${counted(blind.length, 'check')} of ${count(checks.length)}`);
  return [heading, toTable(columns, blind, { width, indent: 2, head: palette.faint })].join('\n');
}

function untried({ examined }: Diagnosis, { width, palette }: Screen): string {
  const calls = examined.filter(({ outcome }) => outcome === 'untried');
  if (calls.length === 0) return '';
  const text = some(
    calls.map(({ operation }) => operation),
    40,
  );
  return [
    palette.title('Not tried'),
    paragraph('Nothing in the account gave cause to ask these, so whether they are allowed is not known:', width, 2, palette.faint),
    paragraph(text, width, 2),
  ].join('\n');
}
