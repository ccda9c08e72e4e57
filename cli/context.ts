import type { Io } from './io.ts';
import { widthOfSink } from './io.ts';
import type { Shared } from './options.ts';
import type { Screen } from './render/coverage.ts';
import { toPalette, wantsColor } from './render/palette.ts';
import { safeText } from './render/safe-text.ts';
import type { World } from './world.ts';

/** What every command is given. */
export interface Context {
  readonly io: Io;
  readonly world: World;
}

/** How to draw on stdout; a file is drawn on without colours. */
export function screenOf({ io }: Context, { color }: Shared, file?: string): Screen {
  return { width: widthOfSink(io.stdout), palette: toPalette(file === undefined && wantsColor(io.stdout, io.env, color)) };
}

/** Says something on stderr that must be known whatever the format. */
export function warn({ io }: Context, message: string): void {
  io.stderr.write(`posture: ${safeText(message)}\n`);
}
