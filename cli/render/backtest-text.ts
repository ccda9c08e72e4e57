import { SEVERITIES } from '../../checks/check.ts';
import { labelOf, toMinute } from '../../findings/words.ts';
import type { BacktestDocument, BacktestRow, Pair } from '../backtest/backtest-document.ts';
import type { Screen } from './coverage.ts';
import type { Paint } from './palette.ts';
import { paragraph } from './paragraphs.ts';
import { toTable } from './table.ts';
import { count, counted } from './words.ts';

/** Of each list, so many rows are shown; `--format json` has them all. */
const SHOWN = 20;

/** What the new configuration would have added and taken away, for people. */
export function backtestText(document: BacktestDocument, screen: Screen): string {
  const { snapshots, added, removed, changed } = document;
  const parts = [
    headline(document, screen),
    snapshotTable(snapshots, screen),
    checkTable(document, screen),
    rows('Added', added, screen),
    rows('Removed', removed, screen),
    rows(
      'Otherwise severe',
      changed.map((row) => ({ ...row, reason: `was ${row.from}: ${row.reason}` })),
      screen,
    ),
  ];
  return `\n${parts.filter((part) => part !== '').join('\n\n')}\n\n`;
}

function headline(
  { snapshots, config, added, removed, changed, unchanged, notifications }: BacktestDocument,
  { width, palette }: Screen,
): string {
  const present = config.present ?? 'the present configuration';
  const { urgent, digests } = notifications;
  const lines = [
    palette.title(`${config.proposed} in place of ${present}, over ${counted(snapshots.length, 'snapshot')}`),
    `Findings: ${count(added.length)} added, ${count(removed.length)} removed, ${count(changed.length)} otherwise severe, ${count(unchanged)} as before.`,
    `Messages: ${change(urgent)} urgent, ${change(digests, 'digest')}.`,
  ];
  return lines.map((line) => paragraph(line, width)).join('\n');
}

/** `12 → 15 (+3)`. */
function change({ present, proposed }: Pair, noun?: string): string {
  const difference = proposed - present;
  const sign = difference === 0 ? 'no change' : `${difference > 0 ? '+' : '-'}${count(Math.abs(difference))}`;
  return `${count(present)} → ${noun === undefined ? count(proposed) : counted(proposed, noun)} (${sign})`;
}

const SNAPSHOT_COLUMNS = [
  { head: 'Snapshot', min: 12, overflow: 'middle' },
  { head: 'Account', min: 12, overflow: 'end' },
  { head: 'Collected', min: 16, overflow: 'end' },
  { head: 'Open', min: 9, overflow: 'end', align: 'right' },
  { head: 'Urgent', min: 7, overflow: 'end', align: 'right' },
] as const;

function snapshotTable(snapshots: BacktestDocument['snapshots'], { width, palette }: Screen): string {
  const cells = snapshots.map(({ file, accountId, collectedAt, open, urgent }) =>
    [file, accountId, toMinute(collectedAt), arrow(open), arrow(urgent)].map((text) => ({ text })),
  );
  return toTable(SNAPSHOT_COLUMNS, cells, { width, head: palette.faint });
}

function arrow({ present, proposed }: Pair): string {
  return present === proposed ? count(present) : `${count(present)} → ${count(proposed)}`;
}

const CHECK_COLUMNS = [
  { head: 'Check', min: 24, overflow: 'middle' },
  { head: 'Severity', min: 8, overflow: 'end' },
  { head: 'Findings', min: 8, overflow: 'end', align: 'right' },
  { head: 'Added', min: 5, overflow: 'end', align: 'right' },
  { head: 'Removed', min: 7, overflow: 'end', align: 'right' },
  { head: 'Urgent', min: 7, overflow: 'end', align: 'right' },
] as const;

function checkTable({ checks }: BacktestDocument, { width, palette }: Screen): string {
  if (checks.length === 0) return palette.good('The change makes no difference to what these snapshots hold.');
  const cells = checks.map(({ checkId, severity, findings, added, removed, urgent }) => {
    const known = SEVERITIES.find((each) => each === severity);
    const number = (value: number, paint: Paint) => ({
      text: value === 0 ? '·' : count(value),
      paint: value === 0 ? palette.faint : paint,
    });
    return [
      { text: checkId },
      { text: severity, ...(known ? { paint: palette.severity[known] } : {}) },
      { text: arrow(findings) },
      number(added, palette.bad),
      number(removed, palette.good),
      { text: arrow(urgent) },
    ];
  });
  return toTable(CHECK_COLUMNS, cells, { width, head: palette.faint });
}

const ROW_COLUMNS = [
  { head: '', min: 8, overflow: 'end' },
  { head: '', min: 24, overflow: 'middle' },
  { head: '', min: 12, overflow: 'middle' },
  { head: '', min: 12, overflow: 'end' },
  { head: '', min: 30, overflow: 'wrap', under: true },
] as const;

function rows(title: string, found: readonly (BacktestRow & { readonly excepted?: boolean })[], { width, palette }: Screen): string {
  if (found.length === 0) return '';
  const cells = found
    .slice(0, SHOWN)
    .map(({ severity, checkId, resource, reason, excepted }) => [
      { text: severity, paint: palette.severity[severity] },
      { text: checkId },
      { text: labelOf(resource) },
      { text: resource.region, paint: palette.faint },
      { text: excepted ? `excepted: ${reason}` : reason },
    ]);
  const more =
    found.length > SHOWN
      ? [paragraph(`and ${count(found.length - SHOWN)} more; --format json lists them all`, width, 2, palette.faint)]
      : [];
  return [palette.title(title), toTable(ROW_COLUMNS, cells, { width, indent: 2 }), ...more].join('\n');
}
