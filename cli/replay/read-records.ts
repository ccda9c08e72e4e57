import { isObject, memberOf } from '../../inventory/events/member.ts';
import { bytesOf, toByteTrouble } from './bytes-of.ts';
import type { Input } from './inputs.ts';
import { type Found, JsonSplitter, tryParse, Unsplittable } from './json-splitter.ts';
import { LineSplitter } from './line-splitter.ts';

/** Who takes what is in a file, as it comes. */
export interface Taker {
  readonly onRecord: (record: unknown) => void;
  /** What could not be read; `where` is empty when it is the file itself. */
  readonly onTrouble: (where: string, message: string) => void;
  /** Called about once for each megabyte. What it throws ends the reading. */
  readonly onPause: () => Promise<void>;
}

interface Splitter {
  readonly push: (chunk: Buffer) => void;
  readonly end: () => void;
}

const OF_LINES = /\.(ndjson|jsonl|log)(\.gz)?$/i;

/** Reads the records of a file, in whatever form it has them. What is broken is told, and the rest is read. @throws what `onPause` throws */
export async function readRecords(input: Input, stdin: AsyncIterable<Uint8Array>, taker: Taker): Promise<void> {
  let splitter: Splitter | undefined;
  const chunks = bytesOf(input, stdin)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const chunk = await nextOf(chunks, taker);
      if (chunk === undefined) break;
      splitter ??= splitterFor(input, chunk, taker);
      splitter.push(chunk);
      await taker.onPause();
    }
    splitter?.end();
  } catch (error) {
    if (!(error instanceof Unsplittable)) throw error;
    taker.onTrouble('', `${error.message}; nothing after it could be judged`);
  } finally {
    await chunks.return?.();
  }
}

async function nextOf(chunks: AsyncIterator<Buffer>, taker: Taker): Promise<Buffer | undefined> {
  try {
    const { done, value } = await chunks.next();
    return done ? undefined : value;
  } catch (error) {
    taker.onTrouble('', toByteTrouble(error));
    return undefined;
  }
}

function splitterFor({ shown }: Input, chunk: Buffer, taker: Taker): Splitter {
  const isLines = OF_LINES.test(shown) || looksLikeLines(chunk);
  const found: Found = {
    onValue: (value, at) => takeValue(value, isLines ? `line ${at}` : `byte ${at + 1}`, taker),
    onBroken: (at) => taker.onTrouble(isLines ? `line ${at}` : `what begins at byte ${at + 1}`, 'is no JSON'),
  };
  return isLines ? new LineSplitter(found) : new JsonSplitter(found);
}

/** The first line is an object by itself, and another begins on the next. */
function looksLikeLines(chunk: Buffer): boolean {
  const end = chunk.indexOf('\n');
  if (end === -1 || chunk.toString('latin1', end, end + 64).trimStart()[0] !== '{') return false;
  return isObject(tryParse(chunk.toString('utf8', 0, end).replace(/^\uFEFF/, '')));
}

/** A value may be a record, or hold many. */
function takeValue(value: unknown, where: string, { onRecord, onTrouble }: Taker): void {
  const records = Array.isArray(value) ? value : memberOf(value, 'Records');
  for (const record of Array.isArray(records) ? records : [value]) {
    if (isObject(record)) onRecord(record);
    else onTrouble(where, 'is no record');
  }
}
