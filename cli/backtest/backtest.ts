import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SnapshotHeader } from '../../inventory/snapshot/snapshot.ts';
import type { BacktestOptions } from '../commands/backtest.ts';
import { Complaint } from '../complaint.ts';
import { type Context, screenOf } from '../context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { unlessInterrupted } from '../interruption.ts';
import type { Io } from '../io.ts';
import { backtestText } from '../render/backtest-text.ts';
import { safeJson } from '../render/safe-text.ts';
import { openSnapshot, openSnapshotHeader } from '../snapshot-file.ts';
import { type Judged, toBacktestDocument } from './backtest-document.ts';
import { openTrial } from './trial.ts';

/** Judges snapshots in the order of time with two configurations, one snapshot in memory at a time. Both configurations are found sound before. */
export async function backtest(options: BacktestOptions, context: Context): Promise<ExitCode> {
  const { io } = context;
  const { checks, exclude, config, against } = options;
  const chosen = { ...(checks ? { checks } : {}), ...(exclude ? { exclude } : {}) };
  const proposed = openTrial({ ...chosen, config }, context);
  const present = openTrial({ ...chosen, ...(against === undefined ? {} : { config: against }) }, context);
  const judged: Judged[] = [];
  for (const { file, header } of await inTimeOrder(io, options.snapshots)) {
    const snapshot = await unlessInterrupted(openSnapshot(io, file), io.interrupted);
    const standings = { present: await present.judge(file, snapshot), proposed: await proposed.judge(file, snapshot) };
    judged.push({ file, header, ...standings });
  }
  const document = toBacktestDocument({ present: against ?? null, proposed: config }, judged);
  io.stdout.write(options.format === 'json' ? `${safeJson(document, 2)}\n` : backtestText(document, screenOf(context, options)));
  return EXIT.clean;
}

interface Found {
  readonly file: string;
  readonly header: SnapshotHeader;
}

/** @throws Complaint when there are none, or one that is broken */
async function inTimeOrder(io: Io, named: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const file of filesIn(io, named)) found.push({ file, header: await openSnapshotHeader(io, file) });
  if (found.length === 0) throw new Complaint(EXIT.usage, `there is no snapshot (*.json.gz) in ${named}; "posture collect" makes them`);
  return found.sort((a, b) => (a.header.collectedAt < b.header.collectedAt ? -1 : 1));
}

function filesIn(io: Io, named: string): readonly string[] {
  const path = resolve(io.cwd, named);
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) throw new Complaint(EXIT.usage, `there is no folder ${named}; name one with snapshots in --snapshots`);
  if (!there.isDirectory()) return [named];
  return readdirSync(path)
    .filter((name) => name.endsWith('.json.gz'))
    .sort()
    .map((name) => join(named, name));
}
