import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import type { Input } from './inputs.ts';

/** Of a log file's bytes in memory at once. */
const CHUNK = 1024 * 1024;
/** What is packed and smaller is unpacked at once: a stream takes longer to set up than such a file to judge. */
const SMALL = 4 * CHUNK;
const LARGEST_INFLATED = 64 * CHUNK;
const NEVER_ENDING = 'unexpected end of file';

/** Files are read one after another into the same place: their garbage would outgrow them. */
const room = Buffer.allocUnsafeSlow(CHUNK);

/**
 * The bytes of a file, unpacked if they are gzip by their first bytes, whatever the file's name is. Ends with what could be read before it throws. Bytes
 * stay what they are only until the next are asked for.
 * @throws whatever reading or unpacking throws
 */
export async function* bytesOf({ path, size }: Input, stdin: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  if (path === '-' || size === undefined) {
    yield* unpackedStream(path === '-' ? stdin : createReadStream(path, { highWaterMark: CHUNK }));
    return;
  }
  const handle = openSync(path, 'r');
  try {
    const head = room.subarray(0, readSync(handle, room, 0, 2, 0));
    if (isGzip(head)) yield* unpackedFile(path, size, handle);
    else yield* plainFile(handle);
  } finally {
    closeSync(handle);
  }
}

function* plainFile(handle: number): Iterable<Buffer> {
  let position = 0;
  for (;;) {
    const length = readSync(handle, room, 0, CHUNK, position);
    if (length === 0) return;
    position += length;
    yield room.subarray(0, length);
  }
}

async function* unpackedFile(path: string, size: number, handle: number): AsyncIterable<Buffer> {
  const whole = size <= SMALL ? unpacked(handle, size) : undefined;
  if (whole) yield* slices(whole);
  else yield* unpackedStream(createReadStream(path, { highWaterMark: CHUNK }));
}

/** `undefined` for what must be streamed: it is too large, or broken, and then its beginning can still be read. */
function unpacked(handle: number, size: number): Buffer | undefined {
  const packed = Buffer.allocUnsafe(size);
  const length = readSync(handle, packed, 0, size, 0);
  try {
    return gunzipSync(packed.subarray(0, length), { maxOutputLength: LARGEST_INFLATED });
  } catch {
    return undefined;
  }
}

function* slices(bytes: Buffer): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

async function* unpackedStream(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const rest = { [Symbol.asyncIterator]: () => iterator };
  if (isGzip(first.value)) {
    yield* inflated(joined(first.value, rest));
    return;
  }
  yield asBuffer(first.value);
  for await (const chunk of rest) yield asBuffer(chunk);
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield first;
  yield* rest;
}

async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncIterable<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: CHUNK });
  source.on('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** In words what went wrong with a file's bytes. */
export function toByteTrouble(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message === NEVER_ENDING) return 'its gzip data ends too early';
  return 'code' in error ? `it cannot be read (${String(error.code)})` : `it cannot be read (${error.message})`;
}
