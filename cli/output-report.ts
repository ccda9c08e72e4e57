import type { AnyCheck } from '../checks/check.ts';
import type { Report } from '../findings/exports/report.ts';
import type { Format } from './options.ts';
import type { OutputFormat } from './output-format.ts';
import { readVersion } from './version.ts';

/** The forms of other tools; the rest are the command line's own. */
export type ExportFormat = Exclude<OutputFormat, Format>;

export function isOwnFormat(format: OutputFormat): format is Format {
  return format === 'table' || format === 'json' || format === 'ndjson';
}

/** What has been scanned, as every export takes it. */
export function toReport(scanned: Pick<Report, 'run' | 'coverage' | 'findings'>, checks: readonly AnyCheck[]): Report {
  const { run, coverage, findings } = scanned;
  return { run, coverage, findings, checks: new Map(checks.map((check) => [check.id, check])), version: readVersion() };
}

/** A report in a form of other tools, in chunks. Only that form's code is loaded. */
export async function toExport(format: ExportFormat, report: Report): Promise<Iterable<string>> {
  switch (format) {
    case 'csv':
      return (await import('../findings/exports/csv.ts')).toCsv(report);
    case 'sarif':
      return (await import('../findings/exports/sarif.ts')).toSarif(report);
    case 'junit':
      return (await import('../findings/exports/junit.ts')).toJunit(report);
    case 'ocsf':
      return (await import('../findings/exports/ocsf.ts')).toOcsf(report);
    case 'asff':
      return (await import('../findings/exports/asff.ts')).toAsff(report);
    case 'markdown':
      return (await import('../findings/exports/markdown.ts')).toMarkdown(report);
    case 'html':
      return (await import('../findings/exports/html.ts')).toHtml(report);
    default:
      return format satisfies never;
  }
}
