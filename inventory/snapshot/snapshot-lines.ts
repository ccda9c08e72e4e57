import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BrokenSnapshot } from './broken-snapshot.ts';

/**
 * The lines of a compressed file, while it is read: never the whole of it is held.
 * @throws BrokenSnapshot when it is not compressed, damaged, or cut off; the error of the file system when it cannot be read
 */
export async function* snapshotLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  const decoder = new TextDecoder();
  let begun: string[] = [];
  try {
    for await (const chunk of file.pipe(text)) {
      const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
      begun.push(first);
      for (const other of others) {
        yield begun.join('');
        begun = [other];
      }
    }
  } catch (error) {
    throw toBroken(error);
  } finally {
    file.destroy();
    text.destroy();
    await finished(file).catch(() => undefined);
  }
  if (begun.join('') !== '') throw new BrokenSnapshot('it breaks off in the middle');
}

const DAMAGES: Readonly<Record<string, string>> = {
  'incorrect header check': 'it is no snapshot: "posture collect" writes compressed files',
  'unexpected end of file': 'it breaks off in the middle',
};

function toBroken(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('Z_')) return error;
  return new BrokenSnapshot(DAMAGES[error.message] ?? `it is damaged (${error.message})`, { cause: error });
}
