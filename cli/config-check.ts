import { parseConfig } from '../config/parse-config.ts';
import { readText } from '../config/read-config.ts';
import { type Fault, WrongConfig } from '../config/wrong-config.ts';
import type { CheckOptions } from './commands/config.ts';
import { type Context, screenOf } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { safeJson, safeText } from './render/safe-text.ts';

/** Says all that is wrong with a configuration, or that it is sound. @throws WrongConfig when it cannot be read */
export function checkConfig(file: string, options: CheckOptions, context: Context): ExitCode {
  const { io } = context;
  const faults = faultsOf(file, context);
  const { palette } = screenOf(context, options);
  if (options.format === 'json') {
    io.stdout.write(`${safeJson({ schemaVersion: 1, file, sound: faults.length === 0, faults }, 2)}\n`);
  } else if (faults.length === 0) {
    io.stdout.write(`${safeText(file)} is sound.\n`);
  } else {
    for (const { line, column, message } of faults)
      io.stdout.write(`${palette.title(safeText(`${file}:${line}:${column}:`))} ${safeText(message)}\n`);
  }
  return faults.length === 0 ? EXIT.clean : EXIT.usage;
}

function faultsOf(file: string, { io, world }: Context): readonly Fault[] {
  const text = readText(file, io.cwd);
  try {
    parseConfig(text, file, [...world.checks, ...world.activityChecks]);
    return [];
  } catch (error) {
    if (error instanceof WrongConfig) return error.faults;
    throw error;
  }
}
