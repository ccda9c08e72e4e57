import { once } from 'node:events';
import { createWriteStream, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { BrokenSnapshot } from '../inventory/snapshot/broken-snapshot.ts';
import { readHeader, readSnapshot } from '../inventory/snapshot/read-snapshot.ts';
import type { Snapshot, SnapshotHeader } from '../inventory/snapshot/snapshot.ts';
import { snapshotLines } from '../inventory/snapshot/snapshot-lines.ts';
import { Complaint } from './complaint.ts';
import { EXIT } from './exit-codes.ts';
import type { Io } from './io.ts';
import { refused, targetOf } from './output.ts';

/** A compressed file of lines that appears when it is whole. */
export interface SnapshotFile {
  /** Resolves when there is room for more. */
  readonly write: (line: string) => Promise<void>;
  /** All is written: gives the file's size in bytes. */
  readonly end: () => Promise<number>;
  /** The work ended before all was written: no file is left behind. */
  readonly abandon: () => Promise<void>;
}

/** Whoever may read an inventory knows where to attack: it is for its owner only. */
const OWNER_ONLY = 0o600;

/** @throws Complaint at once if the file cannot be written, and from all else when the disk does not take what is written */
export function openSnapshotFile(io: Io, file: string): SnapshotFile {
  const target = targetOf(io, file);
  if (!target) throw new Complaint(EXIT.usage, 'a snapshot is no text for a terminal; name a file with --output, such as snapshot.json.gz');
  const { path, shown, isReplaced } = target;
  const draft = isReplaced ? `${path}.${process.pid}.part` : path;
  const gzip = createGzip();
  const written = pipeline(gzip, createWriteStream(draft, { fd: opened(draft, shown) })).catch((error: unknown) => {
    throw refused(shown, error);
  });
  written.catch(() => undefined);
  let room: Promise<unknown> | undefined;
  return {
    async write(line) {
      if (gzip.write(`${line}\n`)) return;
      room ??= Promise.race([once(gzip, 'drain'), written]).finally(() => {
        room = undefined;
      });
      await room;
    },
    async end() {
      gzip.end();
      await written;
      if (isReplaced) renameSync(draft, path);
      return statSync(path).size;
    },
    async abandon() {
      gzip.destroy();
      await written.catch(() => undefined);
      if (isReplaced) rmSync(draft, { force: true });
    },
  };
}

function opened(draft: string, shown: string): number {
  try {
    return openSync(draft, 'w', OWNER_ONLY);
  } catch (error) {
    throw refused(shown, error);
  }
}

/** @throws Complaint for a file that is no snapshot, is not whole or of a newer form */
export function openSnapshot(io: Io, file: string): Promise<Snapshot> {
  return understood(file, () => readSnapshot(snapshotLines(resolve(io.cwd, file))));
}

/** Only its first line. @throws Complaint as `openSnapshot` does, for what that line shows */
export function openSnapshotHeader(io: Io, file: string): Promise<SnapshotHeader> {
  return understood(file, () => readHeader(snapshotLines(resolve(io.cwd, file))));
}

async function understood<Value>(file: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof BrokenSnapshot)
      throw new Complaint(EXIT.usage, `cannot use the snapshot ${file}: ${error.message}`, { cause: error });
    if (error instanceof Error && 'code' in error)
      throw new Complaint(EXIT.usage, `cannot read the snapshot ${file} (${String(error.code)}); "posture collect" makes one`, {
        cause: error,
      });
    throw error;
  }
}
