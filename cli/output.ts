import { accessSync, constants, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';

/** Where data goes: stdout, or a file that appears only when it is whole. */
export interface Output {
  readonly write: (text: string) => void;
}

/** @throws Complaint at once, before any work is done, if the file cannot be written */
export function openOutput(io: Io, file: string | undefined): Output {
  const target = targetOf(io, file);
  if (target === undefined) return { write: (text) => io.stdout.write(text) };
  const { path, shown, isReplaced } = target;
  return { write: (text) => (isReplaced ? replace(path, shown, text) : writeFileSync(path, text)) };
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

function replace(path: string, file: string, text: string): void {
  const draft = `${path}.${process.pid}.part`;
  try {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw refused(file, error);
  }
}

/** Why a file cannot be written. */
export function refused(file: string, error: unknown): Complaint {
  const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new Complaint(EXIT.usage, `cannot write ${file} (${why}); name another file with --output`, { cause: error });
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
