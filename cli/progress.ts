import type { Progress } from '../findings/audit.ts';
import type { Io } from './io.ts';
import { widthOfSink } from './io.ts';
import { safeText } from './render/safe-text.ts';
import { shortenEnd, widthOf } from './render/width.ts';
import { count, counted, duration } from './render/words.ts';

/** What a scan is about, for the live line. */
export interface Undertaking {
  readonly accountId: string;
  readonly regions: number;
  readonly services: number;
}

/** One line on the terminal that follows a scan. */
export interface LiveLine {
  readonly update: (progress: Progress) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const CLEAR = '\r\u001b[2K';
const REDRAW_MS = 120;

/** A live line on stderr; silent unless somebody watches: a terminal, outside of CI, without `--quiet`. */
export function liveLine(io: Io, undertaking: Undertaking, quiet: boolean, meter: () => Pick<Progress, 'calls' | 'throttles'>): LiveLine {
  if (!io.stderr.isTTY || (io.env.CI ?? '') !== '' || quiet) return { update: () => undefined, end: () => undefined };
  const started = io.now().getTime();
  let steps = { done: 0, total: 0 };
  const draw = () => {
    const elapsed = io.now().getTime() - started;
    io.stderr.write(`${CLEAR}${progressText(undertaking, { ...steps, ...meter() }, elapsed, widthOfSink(io.stderr) - 1)}`);
  };
  const timer = setInterval(draw, REDRAW_MS);
  timer.unref();
  draw();
  return {
    update(progress) {
      steps = progress;
    },
    end() {
      clearInterval(timer);
      io.stderr.write(CLEAR);
    },
  };
}

/** What the live line says, in one line of at most `width` columns: where it is narrow, what never changes gives way first. */
export function progressText({ accountId, regions, services }: Undertaking, progress: Progress, elapsed: number, width: number): string {
  const { done, total, calls, throttles } = progress;
  const share = total === 0 ? 'listing' : `${count(done)}/${count(total)} listed`;
  const parts = [share, counted(calls, 'call'), `${count(throttles)} throttled`, duration(elapsed)].join(', ');
  const within = `${counted(regions, 'region')} × ${counted(services, 'service')}`;
  const texts = [
    `${accountId}  ${counted(1, 'account')} × ${within}  ${parts}`,
    `${accountId}  ${within}  ${parts}`,
    `${within}  ${parts}`,
  ].map(safeText);
  return texts.find((text) => widthOf(text) <= width) ?? shortenEnd(parts, width);
}
