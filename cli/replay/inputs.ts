import { readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Complaint } from '../complaint.ts';
import { EXIT } from '../exit-codes.ts';

/** A file to replay. */
export interface Input {
  readonly path: string;
  /** As the person who asked would name it. */
  readonly shown: string;
  /** In bytes; `undefined` for what has none, such as a pipe. */
  readonly size: number | undefined;
}

export interface Unlistable {
  readonly shown: string;
  readonly message: string;
}

export interface Listing {
  readonly inputs: Iterable<Input>;
  /** Files in folders that hold no records by their names: CloudTrail's digests, and what is no log file. Known once the inputs have been gone through. */
  readonly passedOver: () => number;
}

export const STDIN: Input = { path: '-', shown: 'stdin', size: undefined };

const LOG_FILE = /\.(json|ndjson|jsonl|log)(\.gz)?$/i;
/** Beside the records in a trail's bucket stand signed lists of its files. */
const DIGEST = /_CloudTrail-Digest_/;

/**
 * The files that are meant by these names, folders with all that is in them: by name, so that two runs read them in the same order. A file that is named
 * itself is read whatever it is called.
 * @throws Complaint for what is not there, before anything is read
 */
export function listInputs(named: readonly string[], cwd: string, onUnlistable: (what: Unlistable) => void): Listing {
  const found = named.map((shown) => ({ shown, stats: shown === '-' ? undefined : statOf(resolve(cwd, shown), shown) }));
  let passedOver = 0;
  const folders = new Set<string>();
  function* walk(path: string, shown: string): Iterable<Input> {
    const real = realpathSync(path);
    if (folders.has(real)) return;
    folders.add(real);
    for (const name of namesIn(path, shown, onUnlistable)) {
      const inner = { path: join(path, name), shown: join(shown, name) };
      const stats = statSync(inner.path, { throwIfNoEntry: false });
      if (stats?.isDirectory()) yield* walk(inner.path, inner.shown);
      else if (stats?.isFile() && LOG_FILE.test(name) && !DIGEST.test(name)) yield { ...inner, size: stats.size };
      else passedOver += 1;
    }
  }
  function* all(): Iterable<Input> {
    for (const { shown, stats } of found) {
      const path = resolve(cwd, shown);
      if (stats === undefined) yield STDIN;
      else if (stats.isDirectory()) yield* walk(path, shown);
      else yield { path, shown, size: stats.isFile() ? stats.size : undefined };
    }
  }
  return { inputs: { [Symbol.iterator]: () => all()[Symbol.iterator]() }, passedOver: () => passedOver };
}

function statOf(path: string, shown: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new Complaint(EXIT.usage, `cannot read ${shown} (${codeOf(error)}); name a file or a folder of CloudTrail logs`, {
      cause: error,
    });
  }
}

function namesIn(path: string, shown: string, onUnlistable: (what: Unlistable) => void): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch (error) {
    onUnlistable({ shown, message: `the folder cannot be listed (${codeOf(error)})` });
    return [];
  }
}

/** `ENOENT`, or what else there is to say in a word. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? String(error.code) : error.message;
}
