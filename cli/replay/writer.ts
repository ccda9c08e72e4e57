import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { Io } from '../io.ts';
import { refused, type Target, targetOf } from '../output.ts';

/** Where results go while they come, without ever holding many of them. */
export interface Writer {
  readonly write: (text: string) => void;
  /** Waits until there is room for more. False: nobody reads any more. */
  readonly hasRoom: () => Promise<boolean>;
  /** All is written. */
  readonly end: () => void;
  /** The work ended before all was written: no file is left behind. */
  readonly abandon: () => void;
}

const BUFFERED = 64 * 1024;

/** @throws Complaint at once if the file cannot be written */
export function openWriter(io: Io, file: string | undefined): Writer {
  const target = targetOf(io, file);
  return buffered(target === undefined ? toStdout(io) : toFile(target));
}

interface Outlet extends Omit<Writer, 'end'> {
  readonly end: () => void;
}

function buffered(outlet: Outlet): Writer {
  let texts: string[] = [];
  let length = 0;
  const flush = () => {
    if (length > 0) outlet.write(texts.join(''));
    texts = [];
    length = 0;
  };
  return {
    write(text) {
      texts.push(text);
      length += text.length;
      if (length >= BUFFERED) flush();
    },
    hasRoom: () => outlet.hasRoom(),
    end() {
      flush();
      outlet.end();
    },
    abandon: outlet.abandon,
  };
}

function toStdout({ stdout }: Io): Outlet {
  return {
    write: stdout.write,
    hasRoom: async () => (stdout.hasRoom ? await stdout.hasRoom() : true),
    end: () => undefined,
    abandon: () => undefined,
  };
}

/** A file appears when it is whole; a device or a pipe is written to as it is. */
function toFile({ path, shown, isReplaced }: Target): Outlet {
  const draft = isReplaced ? `${path}.${process.pid}.part` : path;
  const handle = attempt(shown, () => openSync(draft, 'w'));
  return {
    write: (text) => attempt(shown, () => writeWhole(handle, Buffer.from(text))),
    hasRoom: async () => true,
    end() {
      attempt(shown, () => {
        closeSync(handle);
        if (isReplaced) renameSync(draft, path);
      });
    },
    abandon() {
      closeSync(handle);
      if (isReplaced) rmSync(draft, { force: true });
    },
  };
}

function writeWhole(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

function attempt<Value>(shown: string, write: () => Value): Value {
  try {
    return write();
  } catch (error) {
    throw refused(shown, error);
  }
}
