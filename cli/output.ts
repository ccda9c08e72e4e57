import { accessSync, closeSync, constants, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Complaint } from './complaint.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Io, Sink } from './io.ts';

/** Where data goes: stdout, or a file that appears only when it is whole. */
export interface Output {
  /** The file itself; `undefined` for stdout. */
  readonly path: string | undefined;
  /** Takes a text in chunks. @throws Complaint if the file cannot be written */
  readonly write: (chunks: Iterable<string>) => Promise<void>;
}

/** @throws Complaint at once, before any work is done, if the file cannot be written */
export function openOutput(io: Io, file: string | undefined): Output {
  const target = targetOf(io, file);
  if (target === undefined) return { path: undefined, write: (chunks) => print(io.stdout, chunks) };
  const { path } = target;
  return { path, write: async (chunks) => (target.isReplaced ? replace(target, chunks) : fill(path, target.shown, chunks)) };
}

/** Few large writes are much quicker than many small ones. */
const LARGE = 65_536;

function* inLargeChunks(chunks: Iterable<string>): Iterable<string> {
  let large = '';
  for (const chunk of chunks) {
    large += chunk;
    if (large.length < LARGE) continue;
    yield large;
    large = '';
  }
  if (large !== '') yield large;
}

/** No faster than it is read, and no further than somebody reads. */
async function print(stdout: Sink, chunks: Iterable<string>): Promise<void> {
  for (const chunk of inLargeChunks(chunks)) {
    stdout.write(chunk);
    if ((await stdout.hasRoom?.()) === false) return;
  }
}

/** A file that is to be written. */
export interface Target {
  readonly path: string;
  /** As the person who asked names it. */
  readonly shown: string;
  /** An ordinary file, or nothing yet; a device or a pipe is written to as it is. */
  readonly isReplaced: boolean;
}

/** `undefined` for stdout. @throws Complaint if the file cannot be written */
export function targetOf(io: Io, file: string | undefined): Target | undefined {
  if (file === undefined || file === '-') return undefined;
  const path = realPath(resolve(io.cwd, file));
  return { path, shown: file, isReplaced: assertWritable(path, file) };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return path;
    throw refused(path, error);
  }
}

/** Whether what is there is an ordinary file, or nothing; a device or a pipe is written to as it is. */
function assertWritable(path: string, file: string): boolean {
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory()) throw new Complaint(EXIT.usage, `cannot write ${file}: it is a folder; name a file with --output`);
    if (there && !there.isFile()) return false;
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch (error) {
    throw error instanceof Complaint ? error : refused(file, error);
  }
}

function replace({ path, shown }: Target, chunks: Iterable<string>): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    fill(draft, shown, chunks);
    unlessRefused(shown, () => renameSync(draft, path));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** What making the chunks throws is a fault of ours, and not of the file. */
function fill(path: string, shown: string, chunks: Iterable<string>): void {
  const file = unlessRefused(shown, () => openSync(path, 'w'));
  try {
    for (const chunk of inLargeChunks(chunks)) unlessRefused(shown, () => writeWhole(file, Buffer.from(chunk)));
  } finally {
    closeSync(file);
  }
}

/** A pipe may take a part only. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** By now the work is done: what could not be written was asked for rightly. */
function unlessRefused<Result>(shown: string, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    throw refused(shown, error, EXIT.undelivered);
  }
}

/** Why a file cannot be written. */
export function refused(file: string, error: unknown, exitCode: ExitCode = EXIT.usage): Complaint {
  const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new Complaint(exitCode, `cannot write ${file} (${why}); name another file with --output`, { cause: error });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
