import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A Node option: pacing takes no time in the process that has it. */
export const UNPACED = `--import=${pathToFileURL(join(import.meta.dirname, 'unpaced.ts')).href}`;

/** Where Node keeps by default what it has compiled, for processes of our sources: half of the time of a short one is compiling. */
export const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };
