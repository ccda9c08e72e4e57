import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Config, type Configurable, toConfig } from './config.ts';
import { parseConfig } from './parse-config.ts';
import type { WrittenConfig } from './written-config.ts';
import { WrongConfig } from './wrong-config.ts';

/** Where the configuration is when nobody names another file. */
export const CONFIG_FILE = 'posture.yaml';

/**
 * Reads `posture.yaml` in a folder, or the file named instead of it. An absent `posture.yaml` is an empty one.
 * @throws WrongConfig for the first mistake in it; also when a file that was named is not there
 */
export function readConfig(named: string | undefined, cwd: string, checks: readonly Configurable[], today = new Date()): Config {
  return toConfig(readWritten(named, cwd, checks, today), dirname(resolve(cwd, named ?? CONFIG_FILE)));
}

/** The same as it was written, for those who pass it on: the deployment writes it beside its functions. */
export function readWritten(named: string | undefined, cwd: string, checks: readonly Configurable[], today = new Date()): WrittenConfig {
  const text = readIfThere(named, cwd);
  return text === undefined ? {} : parseConfig(text, named ?? CONFIG_FILE, checks, today);
}

/** The text of the file that was named, or of posture.yaml if there is one. @throws WrongConfig when a file that was named cannot be read */
export function readIfThere(named: string | undefined, cwd: string): string | undefined {
  return named === undefined && !existsSync(resolve(cwd, CONFIG_FILE)) ? undefined : readText(named ?? CONFIG_FILE, cwd);
}

/** The text of a configuration. @throws WrongConfig when it cannot be read */
export function readText(file: string, cwd: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new WrongConfig(file, `cannot read the configuration ${file} (${why})`, [], { cause: error });
  }
}
