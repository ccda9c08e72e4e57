import type { RunRecord } from '../../findings/run.ts';
import { toMinute } from '../../findings/words.ts';
import type { Screen } from './coverage.ts';
import { type Column, toTable } from './table.ts';
import { count, duration } from './words.ts';

/** Runs, newest first. One that was cut short says so. */
export function runList(runs: readonly RunRecord[], { width, palette }: Screen): string {
  if (runs.length === 0) return palette.faint('No scan was kept yet.');
  const several = new Set(runs.map(({ accountId }) => accountId)).size > 1;
  const columns: readonly Column[] = [
    { head: 'Run', min: 21, overflow: 'end' },
    ...(several ? [{ head: 'Account', min: 12, overflow: 'end' as const }] : []),
    { head: 'Started (UTC)', min: 10, overflow: 'wrap' },
    { head: 'Took', min: 5, overflow: 'wrap' },
    { head: 'Verdicts', min: 5, overflow: 'end', align: 'right' },
    { head: 'Unknown', min: 5, overflow: 'end', align: 'right' },
  ];
  const rows = runs.map(({ id, accountId, startedAt, finishedAt, coverage }) => [
    { text: id },
    ...(several ? [{ text: accountId, paint: palette.faint }] : []),
    { text: toMinute(startedAt).replace(' UTC', '') },
    finishedAt === undefined
      ? { text: 'cut short', paint: palette.bad }
      : { text: duration(Date.parse(finishedAt) - Date.parse(startedAt)) },
    { text: coverage === undefined ? '' : count(coverage.evaluations) },
    { text: coverage === undefined ? '' : count(coverage.unknown), ...(coverage?.unknown ? { paint: palette.doubt } : {}) },
  ]);
  return toTable(columns, rows, { width, head: palette.faint });
}
