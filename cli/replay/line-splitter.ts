import { type Found, tryParse, Unsplittable } from './json-splitter.ts';

const NEWLINE = 0x0a;
const LONGEST_LINE = 64 * 1024 * 1024;

/** Splits what has one value on each line. A broken line costs only itself. Tells numbers of lines, from 1, where the other splitter tells bytes. */
export class LineSplitter {
  readonly #found: Found;
  #line = 0;
  #parts: Buffer[] = [];
  #partsBytes = 0;

  constructor(found: Found) {
    this.#found = found;
  }

  /** @throws Unsplittable for a line of more than 64 MB */
  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#tell(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) return;
    this.#parts.push(Buffer.from(chunk.subarray(start)));
    this.#partsBytes += chunk.length - start;
    if (this.#partsBytes > LONGEST_LINE) throw new Unsplittable(`line ${this.#line + 1} is longer than ${LONGEST_LINE} bytes`);
  }

  end(): void {
    if (this.#partsBytes > 0) this.#tell(Buffer.alloc(0));
  }

  #tell(rest: Buffer): void {
    this.#line += 1;
    const text = (this.#partsBytes === 0 ? rest : Buffer.concat([...this.#parts, rest])).toString('utf8').trim();
    this.#parts = [];
    this.#partsBytes = 0;
    if (text === '') return;
    const value = tryParse(text);
    if (value === undefined) this.#found.onBroken(this.#line);
    else this.#found.onValue(value, this.#line);
  }
}
