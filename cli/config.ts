import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import type { AnyCheck, Params, Severity } from '../checks/check.ts';
import { Complaint } from './complaint.ts';
import { keysAt, toConfigSchema } from './config-schema.ts';
import { EXIT } from './exit-codes.ts';
import { parseYaml } from './yaml-faults.ts';

/** What a team has set. Everything is optional; an absent file is an empty one. */
export interface Config {
  readonly regions: readonly string[] | undefined;
  /** `dynamodb://<table>`, or an absolute path: a relative one starts at the configuration's folder. */
  readonly store: string | undefined;
  readonly topic: string | undefined;
  /** Whether the team runs this check when nobody names checks. */
  readonly isEnabled: (checkId: string) => boolean;
  /** Severity and params of a check, where they differ from its own. */
  readonly settingsOf: (check: AnyCheck) => Settings;
}

export interface Settings {
  readonly severity?: Severity;
  readonly params?: Params;
}

type Written = z.infer<ReturnType<typeof toConfigSchema>>;

const DEFAULT_CONFIG = 'posture.yaml';

/**
 * Reads `posture.yaml`, or the file named instead of it.
 * @throws Complaint with file, line, column, key and what was expected; also when a file that was named is not there
 */
export function readConfig(named: string | undefined, cwd: string, checks: readonly AnyCheck[]): Config {
  const path = resolve(cwd, named ?? DEFAULT_CONFIG);
  if (named === undefined && !existsSync(path)) return toConfig({}, cwd);
  return toConfig(parseConfig(readText(path, named ?? DEFAULT_CONFIG), named ?? DEFAULT_CONFIG, checks), dirname(path));
}

/** The contents of a configuration text, checked against these checks. `file` is how a complaint names it. */
export function parseConfig(text: string, file: string, checks: readonly AnyCheck[]): Written {
  const parsed = parseYaml(text, toConfigSchema(checks), (path) => keysAt(path, checks));
  if ('value' in parsed) return parsed.value;
  const [{ line, column, message }, ...more] = parsed.faults;
  throw new Complaint(EXIT.usage, `${file}:${line}:${column}: ${message}${more.length === 0 ? '' : ` (and ${more.length} more)`}`);
}

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new Complaint(EXIT.usage, `cannot read the configuration ${file} (${why}); name another with --config`, { cause: error });
  }
}

function toConfig(written: Written, folder: string): Config {
  const { regions, store, topic, trustedAccounts, approvedImageOwners, checks } = written;
  const shared = Object.entries({ trustedAccounts, approvedImageOwners });
  return {
    regions,
    store: store === undefined || store.includes('://') ? store : resolve(folder, store),
    topic,
    isEnabled: (checkId) => checks?.[checkId]?.enabled !== false,
    settingsOf(check) {
      const own = checks?.[check.id];
      const filled = shared.flatMap(([name, list]) => (list !== undefined && check.params?.[name] !== undefined ? [[name, list]] : []));
      return { severity: own?.severity, params: { ...Object.fromEntries(filled), ...own?.params } };
    },
  };
}
