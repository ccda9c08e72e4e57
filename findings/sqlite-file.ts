import { closeSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { ZodError } from 'zod';
import { ConfigError } from './config-error.ts';
import { SCHEMA } from './stored.ts';

/** 'post': marks a SQLite file as ours. https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x70_6f_73_74;
const BUSY_TIMEOUT = 15_000;

const TABLES = `
  CREATE TABLE finding (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    region TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    observed_at TEXT NOT NULL,
    unannounced INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX finding_by_scope ON finding (account, region);
  CREATE INDEX finding_by_state ON finding (state, account);
  CREATE INDEX finding_unannounced ON finding (account) WHERE unannounced = 1;
  CREATE TABLE scope (account TEXT NOT NULL, region TEXT NOT NULL, seen_at TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (account, region)) STRICT;
  CREATE TABLE run (id TEXT NOT NULL, account TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, account)) STRICT;
  CREATE INDEX run_by_account ON run (account, id);
`;

/**
 * Opens our database, or makes it, and its folder, readable for its owner only. A file that is not ours stays untouched.
 * @throws ConfigError naming the file and what to do
 */
export async function openDatabase(path: string): Promise<DatabaseSync> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw new ConfigError(`the store ${path} cannot be opened for writing (${messageOf(error)}): choose another file with --store`, {
      cause: error,
    });
  }
  await recognise(path);
  return guarded(path, () => prepare(new DatabaseSync(path, { timeout: BUSY_TIMEOUT })));
}

/** Runs something on the database. Its refusals become one line that names the file. */
export function guarded<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw toConfigError(path, error);
  }
}

function prepare(database: DatabaseSync): DatabaseSync {
  try {
    if (isEmpty(database)) createTables(database);
    const check = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (check !== 'ok') throw Object.assign(new Error(String(check)), { errcode: SQLITE_CORRUPT });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function isEmpty(database: DatabaseSync): boolean {
  return database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.tables === 0;
}

/** In one transaction, so that no other process ever sees half of it; the one that comes second finds the work done. */
function createTables(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    if (isEmpty(database)) database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA}; ${TABLES}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

const OURS = 'ours';

/** Looks at the file without SQLite, which might write to it. Asks a second time, in case another process was just making it. */
async function recognise(path: string): Promise<void> {
  if (describe(path) === OURS) return;
  await setTimeout(200);
  const description = describe(path);
  if (description !== OURS) throw new ConfigError(`the store ${path} ${description}`);
}

/** https://www.sqlite.org/fileformat2.html#the_database_header */
function describe(path: string): string {
  if (statSync(path).size === 0) return OURS;
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0')
    return 'is not a database: choose another file with --store, or move it away';
  if (header.readUInt32BE(68) !== APPLICATION_ID) return 'is the database of another program: choose another file with --store';
  const schema = header.readUInt32BE(60);
  if (schema > SCHEMA) return `was written by a newer version of this program (schema ${schema}, known is ${SCHEMA}): update this program`;
  return OURS;
}

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** By SQLite's primary result codes. https://www.sqlite.org/rescode.html */
const ADVICE: Readonly<Record<number, string>> = {
  5: 'another process keeps it locked: wait for it to end, then try again',
  8: 'it is read-only: change its permissions, or choose another file with --store',
  10: 'the disk refuses: check it',
  [SQLITE_CORRUPT]: 'it is damaged: move it away (findings will start afresh) or restore a copy',
  13: 'the disk is full: make room',
  14: 'it cannot be opened: check the permissions of the file and its folder',
  [SQLITE_NOTADB]: 'it is damaged: move it away (findings will start afresh) or restore a copy',
};

function toConfigError(path: string, error: unknown): unknown {
  if (error instanceof ZodError || error instanceof SyntaxError) {
    return new ConfigError(
      `the store ${path} holds a record that is not ours: move it away (findings will start afresh) or restore a copy`,
      { cause: error },
    );
  }
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return error;
  const advice = ADVICE[error.errcode & 0xff] ?? (error.message.startsWith('no such') ? ADVICE[SQLITE_CORRUPT] : undefined);
  return advice === undefined ? error : new ConfigError(`the store ${path} cannot be used (${error.message}): ${advice}`, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
