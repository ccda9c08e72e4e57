import picocolors from 'picocolors';
import type { Severity } from '../../checks/check.ts';
import type { Status } from '../../findings/finding.ts';
import type { Sink } from '../io.ts';

export type Paint = (text: string) => string;

/** The few colours we use, by what they mean. Every meaning also stands there as a word. */
export interface Palette {
  readonly title: Paint;
  readonly faint: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly doubt: Paint;
  readonly command: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly status: Readonly<Record<Status, Paint>>;
}

/** Colours, or none: then every paint gives back its text. */
export function toPalette(coloured: boolean): Palette {
  const { bold, dim, red, yellow, green, cyan, blue, magenta } = picocolors.createColors(coloured);
  const faint = dim;
  return {
    title: bold,
    faint,
    good: green,
    bad: red,
    doubt: magenta,
    command: cyan,
    severity: { CRITICAL: (text) => bold(red(text)), HIGH: red, MEDIUM: yellow, LOW: blue, INFORMATIONAL: faint },
    status: { FAIL: red, UNKNOWN: magenta, PASS: green, NOT_APPLICABLE: faint },
  };
}

/** Whether to colour: `--no-color` and NO_COLOR say no, FORCE_COLOR says yes, else a terminal decides. */
export function wantsColor(sink: Sink, env: Readonly<Record<string, string | undefined>>, color: boolean): boolean {
  if (!color || (env.NO_COLOR ?? '') !== '') return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return sink.isTTY && env.TERM !== 'dumb';
}
