import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import type { FindingStore } from '../findings/store.ts';
import { Complaint } from './complaint.ts';
import { configOf } from './config-of.ts';
import type { Context } from './context.ts';
import { ownCredentials } from './credentials.ts';
import { EXIT } from './exit-codes.ts';

const DEFAULT_STORE = '.posture/findings.db';

/** Where findings are kept: what was asked for, else what the configuration says, else a file under the working directory. */
export function locationOf(asked: string | undefined, config: Config, cwd: string): string {
  if (asked === undefined) return config.store ?? resolve(cwd, DEFAULT_STORE);
  return isFile(asked) ? resolve(cwd, asked) : asked;
}

/** How a location is named to people: files as they are seen from the working directory. */
export function shownLocation(location: string, cwd: string): string {
  if (!isFile(location)) return location;
  const path = relative(cwd, location);
  return path.startsWith('..') || path === '' ? location : path;
}

/** True for a file, which costs nothing to open; a table must be asked. */
export function isFile(location: string): boolean {
  return !location.includes('://');
}

export interface StoreChoice {
  readonly store?: string;
  readonly config?: string;
  readonly profile?: string;
}

/** Opens the store for a command that only reads: it does not make one. */
export async function openKept(context: Context, choice: StoreChoice): Promise<FindingStore> {
  const { io, world } = context;
  const location = locationOf(choice.store, configOf(context, choice.config), io.cwd);
  if (isFile(location) && !existsSync(location))
    throw new Complaint(
      EXIT.usage,
      `there is no store at ${shownLocation(location, io.cwd)}; run "posture scan" first, or name it with --store`,
    );
  return world.openStore(location, isFile(location) ? undefined : ownCredentials(choice.profile));
}
