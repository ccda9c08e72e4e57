import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../findings/exports/report.ts';

/** Every export, loaded when it is wanted: its loading counts. */
export const EXPORTS: Readonly<Record<string, () => Promise<(report: Report) => Iterable<string>>>> = {
  csv: async () => (await import('../findings/exports/csv.ts')).toCsv,
  sarif: async () => (await import('../findings/exports/sarif.ts')).toSarif,
  junit: async () => (await import('../findings/exports/junit.ts')).toJunit,
  ocsf: async () => (await import('../findings/exports/ocsf.ts')).toOcsf,
  asff: async () => (await import('../findings/exports/asff.ts')).toAsff,
  markdown: async () => (await import('../findings/exports/markdown.ts')).toMarkdown,
  html: async () => (await import('../findings/exports/html.ts')).toHtml,
};

export interface ExportFigures {
  readonly name: string;
  readonly seconds: number;
  /** Of the whole process, the report in memory included. */
  readonly peakMb: number;
  readonly bytes: number;
}

/** Writes a report of so many findings in every form, each in a process of its own. */
export function benchExports(findings: number): readonly ExportFigures[] {
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  try {
    return Object.keys(EXPORTS).map((name) => {
      const child = [join(import.meta.dirname, 'export-child.ts'), name, String(findings), join(folder, name)];
      const figures: Omit<ExportFigures, 'name'> = JSON.parse(execFileSync(process.execPath, child, { encoding: 'utf8' }));
      return { name, ...figures };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
