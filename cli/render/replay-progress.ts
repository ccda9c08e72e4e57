import type { Io } from '../io.ts';
import { widthOfSink } from '../io.ts';
import type { Tally } from '../replay/tally.ts';
import { shortenEnd } from './width.ts';
import { count, counted, duration } from './words.ts';

const CLEAR = '\r\u001b[2K';
const REDRAW_MS = 120;

/** A live line on stderr that follows a replay; silent unless somebody watches: a terminal, outside of CI, without `--quiet`. */
export function replayLine(io: Io, tally: Tally, quiet: boolean): { readonly end: () => void } {
  if (!io.stderr.isTTY || (io.env.CI ?? '') !== '' || quiet) return { end: () => undefined };
  const started = io.now().getTime();
  const draw = () => io.stderr.write(`${CLEAR}${replayProgress(tally, io.now().getTime() - started, widthOfSink(io.stderr) - 1)}`);
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  draw();
  return {
    end() {
      clearInterval(timer);
      io.stderr.write(CLEAR);
    },
  };
}

/** What the live line says, in at most `width` columns. */
export function replayProgress({ files, records, outside, activities }: Tally, elapsed: number, width: number): string {
  const read = records + outside;
  const speed = elapsed < 1_000 ? '' : `, ${count(Math.round(read / (elapsed / 1_000)))} records/s`;
  return shortenEnd(
    `${counted(files, 'file')}, ${counted(read, 'record')}${speed}, ${counted(activities, 'activity', 'activities')}, ${duration(elapsed)}`,
    width,
  );
}
