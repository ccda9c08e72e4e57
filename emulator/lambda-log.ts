import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file without a name that processes write to. Unlike a pipe it has everything as soon as they have written it, and of those that were killed too. */
export class LambdaLog {
  /** For `stdio`. */
  readonly file: number;
  #closed: readonly string[] | undefined;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'local-lambda-'));
    this.file = openSync(join(folder, 'log'), 'a+');
    rmSync(folder, { recursive: true });
  }

  lines(): readonly string[] {
    if (this.#closed) return this.#closed;
    const text = Buffer.alloc(fstatSync(this.file).size);
    readSync(this.file, text, 0, text.length, 0);
    return text
      .toString()
      .split('\n')
      .filter((line) => line !== '');
  }

  /** What was written stays readable. */
  close(): void {
    if (this.#closed) return;
    this.#closed = this.lines();
    closeSync(this.file);
  }
}
