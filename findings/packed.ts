import { gunzipSync, gzipSync } from 'node:zlib';

/** Compressed JSON: lists that say the same over and over would otherwise be larger than an item of DynamoDB may be (400 kB). */
export function pack(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value));
}

/** What was packed; `undefined` of anything that is not. @throws SyntaxError when it was no JSON */
export function unpack(packed: unknown): unknown {
  return packed instanceof Uint8Array ? JSON.parse(gunzipSync(packed).toString()) : undefined;
}
