import type { Format } from '../options.ts';
import type { FindingRow, ScanDocument } from '../scan-schema.ts';
import type { Screen } from './coverage.ts';
import { findingList } from './finding-list.ts';
import { safeJson } from './safe-text.ts';
import { type Summary, scanSummary } from './scan-summary.ts';

/** A scan in the format that was asked for. */
export function scanText(
  summary: Omit<Summary, 'listed'>,
  options: { readonly format: Format; readonly all?: boolean },
  screen: Screen,
): string {
  const { document } = summary;
  switch (options.format) {
    case 'json':
      return `${safeJson(document, 2)}\n`;
    case 'ndjson':
      return toNdjson(document);
    case 'table':
      return `${options.all ? `\n${findingList(document.findings.map(toListed), summary.checks, screen)}\n` : ''}${scanSummary({ ...summary, listed: options.all ?? false }, screen)}`;
    default:
      return options.format satisfies never;
  }
}

/** One finding per line, and the run in the last: a file without it was cut off. */
function toNdjson({ findings, schemaVersion, run, coverage }: ScanDocument): string {
  const lines: readonly object[] = [...findings.map((row) => ({ kind: 'finding', ...row })), { kind: 'run', schemaVersion, run, coverage }];
  return lines.map((line) => `${safeJson(line)}\n`).join('');
}

function toListed(row: FindingRow) {
  return { ...row, state: row.status, since: row.openedAt };
}
