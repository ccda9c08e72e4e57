import type { ReadyActivity } from '../../findings/judge-activities.ts';
import { readyActivity } from '../../findings/judge-activities.ts';
import { rankOf } from '../../findings/severity.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import { Complaint } from '../complaint.ts';
import { configOf } from '../config-of.ts';
import { type Context, warn } from '../context.ts';
import { EXIT, type ExitCode, exitCodeOf } from '../exit-codes.ts';
import { checksNamed } from '../options.ts';
import { replayCounts } from '../render/replay-counts.ts';
import { replayLine } from '../render/replay-progress.ts';
import { counted } from '../render/words.ts';
import { type Input, type Listing, listInputs } from './inputs.ts';
import { readRecords, type Taker } from './read-records.ts';
import { type JudgedRecord, recordJudge } from './record-judge.ts';
import { openReport, type Report } from './report.ts';
import { addRecord, emptyTally, type Tally } from './tally.ts';
import { openThresholds } from './thresholds.ts';
import { openWriter, type Writer } from './writer.ts';

/** Of what cannot be read so many are told one by one; all are counted. */
const MOST_TROUBLES = 20;
/** So long at most nobody else gets a turn: the live line, or Ctrl-C. */
const TURN_MS = 50;

/** Judges log files as they come, in memory that does not grow with them. @throws Complaint for what is known to be wrong before the first is read */
export async function replay(paths: readonly string[], options: ReplayOptions, context: Context): Promise<ExitCode> {
  const checks = chosenActivities(options, context);
  const sources = options.touches ? await context.world.sources() : [];
  const tally = emptyTally();
  const onTrouble = troubles(tally, context);
  const listing = listInputs(paths, context.io.cwd, ({ shown, message }) => onTrouble(shown, '', message));
  const thresholds = openThresholds();
  const run: Run = {
    ...{ options, context, tally, listing, onTrouble },
    judge: recordJudge({ checks, sources, thresholds }),
    report: openReport(options, context),
    writer: openWriter(context.io, options.output),
  };
  if (!(await isWritten(run))) return EXIT.clean;
  if (tally.records + tally.outside === 0) throw noRecords(tally);
  warnOfForgotten(thresholds.forgotten(), context);
  if (options.format !== 'table' || tally.broken > 0) context.io.stderr.write(`${replayCounts(tally, listing.passedOver())}\n`);
  const incomplete = tally.broken + tally.unsure + thresholds.forgotten() > 0;
  return exitCodeOf({ failing: failing(tally, options), incomplete, undelivered: false }, options.strictCoverage ?? false);
}

interface Run {
  readonly options: ReplayOptions;
  readonly context: Context;
  readonly tally: Tally;
  readonly listing: Listing;
  readonly onTrouble: (shown: string, where: string, message: string) => void;
  readonly judge: (body: unknown) => JudgedRecord | undefined;
  readonly report: Report;
  readonly writer: Writer;
}

function chosenActivities(options: ReplayOptions, context: Context): readonly ReadyActivity[] {
  const { activityChecks } = context.world;
  const config = configOf(context, options.config);
  const { checks: named } = options;
  const wanted =
    named === undefined ? activityChecks.filter(({ id }) => config.isEnabled(id)) : checksNamed([...new Set(named)], activityChecks);
  const excluded = new Set(checksNamed(options.exclude ?? [], activityChecks));
  const chosen = wanted.filter((check) => !excluded.has(check));
  if (chosen.length === 0 && !options.touches)
    throw new Complaint(EXIT.usage, 'no check is left to run; see --checks, --exclude, --no-touches and "enabled" in the configuration');
  return chosen.map((check) => {
    const enabled = named !== undefined || !config.isOffAtTop(check.id);
    return readyActivity(check, { ...config.settingsOf(check), enabled }, config.tailoring.tuningOf(check));
  });
}

/** False where nobody reads any more what we write. */
async function isWritten(run: Run): Promise<boolean> {
  const { report, writer, tally, listing } = run;
  const line = replayLine(run.context.io, tally, run.options.quiet ?? false);
  try {
    writer.write(report.begin());
    await replayAll(run);
    writer.write(report.end(tally, listing.passedOver()));
    line.end();
    writer.end();
    return true;
  } catch (error) {
    line.end();
    writer.abandon();
    if (!(error instanceof NobodyReads)) throw error;
    return false;
  }
}

/** Whoever read stdout has closed it, as `head` does: there is nobody to go on for. */
class NobodyReads extends Error {}

async function replayAll(run: Run): Promise<void> {
  const onPause = pauses(run);
  for (const input of run.listing.inputs) {
    run.tally.files += 1;
    await readRecords(input, run.context.io.stdin ?? none(), takerOf(run, input, onPause));
    await onPause();
  }
}

async function* none(): AsyncIterable<Uint8Array> {
  yield* [];
}

function takerOf(run: Run, { shown }: Input, onPause: Taker['onPause']): Taker {
  const { options, tally, report, writer } = run;
  return {
    onPause,
    onTrouble: (where, message) => run.onTrouble(shown, where, message),
    onRecord(body) {
      const judged = run.judge(body);
      if (judged === undefined) {
        run.onTrouble(shown, '', 'it holds an object that is no CloudTrail record');
      } else if (isWithin(judged, options)) {
        addRecord(tally, judged);
        if (options.all || judged.activities.length + judged.touches.length > 0) writer.write(report.record(judged));
      } else {
        tally.outside += 1;
      }
    },
  };
}

/** What tells no time may be of any. */
function isWithin({ event }: JudgedRecord, { since, until }: ReplayOptions): boolean {
  if (since === undefined && until === undefined) return true;
  const at = Date.parse(event.at);
  return Number.isNaN(at) || ((since === undefined || at >= since) && (until === undefined || at < until));
}

function pauses({ context: { io }, writer, tally }: Run): Taker['onPause'] {
  let lastTurn = io.now().getTime();
  return async () => {
    if (!(await writer.hasRoom())) throw new NobodyReads();
    const now = io.now().getTime();
    if (now - lastTurn >= TURN_MS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      lastTurn = now;
    }
    if (io.interrupted.aborted)
      throw new Complaint(
        EXIT.interrupted,
        `stopped after ${counted(tally.records, 'record')} of ${counted(tally.files, 'file')}; the rest was not judged`,
      );
  };
}

function troubles(tally: Tally, context: Context): Run['onTrouble'] {
  return (shown, where, message) => {
    tally.broken += 1;
    if (tally.broken <= MOST_TROUBLES) warn(context, [shown, where, message].filter((part) => part !== '').join(': '));
    if (tally.broken === MOST_TROUBLES) warn(context, 'more that could not be read is counted, and not told one by one');
  };
}

function warnOfForgotten(forgotten: number, context: Context): void {
  if (forgotten > 0) warn(context, `${forgotten} counts of repeated events were given up for want of memory; replay fewer files at once`);
}

function noRecords({ files, broken }: Tally): Complaint {
  const what =
    files === 0 ? 'there is no log file here (.json, .ndjson, .jsonl or .log, or one of these with .gz)' : 'there is not one record';
  return new Complaint(EXIT.usage, broken > 0 ? `${what} that could be read` : what);
}

function failing({ bySeverity }: Tally, { failOn }: ReplayOptions): number {
  if (failOn === 'NONE') return 0;
  return [...bySeverity].reduce((sum, [severity, count]) => (rankOf(severity) <= rankOf(failOn) ? sum + count : sum), 0);
}
