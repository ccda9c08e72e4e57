import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Config, type Configurable, toConfig } from './config.ts';
import { parseConfig } from './parse-config.ts';
import type { WrittenConfig } from './written-config.ts';
import { WrongConfig } from './wrong-config.ts';

const DEFAULT_CONFIG = 'posture.yaml';

/**
 * Reads `posture.yaml` in a folder, or the file named instead of it. An absent `posture.yaml` is an empty one.
 * @throws WrongConfig for the first mistake in it; also when a file that was named is not there
 */
export function readConfig(named: string | undefined, cwd: string, checks: readonly Configurable[]): Config {
  return toConfig(readWritten(named, cwd, checks), dirname(resolve(cwd, named ?? DEFAULT_CONFIG)));
}

/** The same as it was written, for those who pass it on: the deployment writes it beside its functions. */
export function readWritten(named: string | undefined, cwd: string, checks: readonly Configurable[]): WrittenConfig {
  const file = named ?? DEFAULT_CONFIG;
  const path = resolve(cwd, file);
  return named === undefined && !existsSync(path) ? {} : parseConfig(readText(path, file), file, checks);
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new WrongConfig(file, `cannot read the configuration ${file} (${why})`, [], { cause: error });
  }
}
