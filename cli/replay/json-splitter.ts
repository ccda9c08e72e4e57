/** What is told of each value that was split off. `offset`: the byte of the file at which it begins, from 0, or one of those that were parsed with it. */
export interface Found {
  readonly onValue: (value: unknown, offset: number) => void;
  /** What has a beginning and an end, and is still no JSON. */
  readonly onBroken: (offset: number) => void;
}

/** The bytes are no JSON, in a way that nothing after them can be told apart. */
export class Unsplittable extends Error {
  override readonly name = 'Unsplittable';
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** What stands between two records as CloudTrail writes them. */
const SEAM = Buffer.from('},{"eventVersion":');
/** So many bytes of records are parsed together: more would only be garbage that lives longer. */
const GUESSED = 64 * 1024;
const MOST_WRONG_GUESSES = 8;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

/** `{"Records": [`, and room for more spaces than anybody writes. */
const OPENING = /^\{\s*"Records"\s*:\s*\[/;
const LONGEST_OPENING = 256;
/** More than any record can have: CloudTrail delivers none of more than 1 MB. */
const LONGEST_VALUE = 64 * 1024 * 1024;

/**
 * Splits JSON that may be larger than memory into records while it comes: the elements of `{"Records": […]}`, those of a list, or whole values one after
 * another. Nothing in a string is taken for structure. Where records end is guessed first, by what stands between them: what `JSON.parse` takes for
 * a list of whole values is one, and that spares looking at every byte. Only where `Records` is the first member is its object not held whole.
 */
export class JsonSplitter {
  readonly #found: Found;
  #state: 'between values' | 'in list' | 'in value' | 'in scalar' = 'between values';
  /** Where the value stands in whose middle or behind which we are. */
  #outside: 'top' | 'list' = 'top';
  /** The list is that of `{"Records": […]}`, whose object goes on behind it. */
  #isMember = false;
  /** What goes on behind the records is of no interest. */
  #isSkipped = false;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Of the whole file, where the chunk at hand and the value at hand begin. */
  #chunkOffset = 0;
  #valueOffset = 0;
  /** The value's part in earlier chunks. */
  #parts: Buffer[] = [];
  #partsBytes = 0;
  /** The end of a chunk that is too short to tell what it begins. */
  #held: Buffer | undefined;

  #wrongGuesses = 0;

  constructor(found: Found) {
    this.#found = found;
  }

  /** The chunk may be written over afterwards. @throws Unsplittable */
  push(chunk: Buffer): void {
    this.#split(chunk, false);
  }

  /** @throws Unsplittable when the last value is not whole */
  end(): void {
    this.#split(Buffer.alloc(0), true);
    if (this.#state === 'between values') return;
    throw new Unsplittable(`it ends in the middle of what begins at byte ${this.#valueOffset + 1}`);
  }

  #split(chunk: Buffer, isLast: boolean): void {
    const bytes = this.#held ? Buffer.concat([this.#held, chunk]) : chunk;
    this.#held = undefined;
    let at = 0;
    while (at < bytes.length) {
      if (this.#state === 'between values' && !isLast && bytes.length - at < LONGEST_OPENING) {
        this.#held = Buffer.from(bytes.subarray(at));
        break;
      }
      at = this.#advance(bytes, at);
    }
    this.#chunkOffset += at;
  }

  /** Goes on from a byte to the first that is not understood by the state that we are in. */
  #advance(bytes: Buffer, at: number): number {
    switch (this.#state) {
      case 'between values':
        return this.#begin(bytes, at);
      case 'in list':
        return this.#beginElement(bytes, at);
      case 'in value':
        return this.#value(bytes, at);
      case 'in scalar':
        return this.#scalar(bytes, at);
      default:
        return this.#state satisfies never;
    }
  }

  #begin(bytes: Buffer, at: number): number {
    const byte = bytes[at];
    if (isSpace(byte)) return at + 1;
    const isStart = this.#chunkOffset + at === 0;
    if (isStart && bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)) return at + BYTE_ORDER_MARK.length;
    this.#valueOffset = this.#chunkOffset + at;
    if (byte === OPEN_LIST) return this.#enterList(at + 1, false);
    if (byte !== OPEN_OBJECT) throw new Unsplittable(`there is no JSON at byte ${this.#valueOffset + 1}`);
    const opening = OPENING.exec(bytes.toString('latin1', at, at + LONGEST_OPENING));
    if (opening) return this.#enterList(at + opening[0].length, true);
    this.#outside = 'top';
    return this.#enterValue(at);
  }

  #enterList(at: number, isMember: boolean): number {
    this.#state = 'in list';
    this.#outside = 'list';
    this.#isMember = isMember;
    return at;
  }

  #enterValue(at: number): number {
    this.#state = 'in value';
    this.#depth = 0;
    return at;
  }

  #beginElement(bytes: Buffer, at: number): number {
    const byte = bytes[at];
    if (byte === COMMA || isSpace(byte)) return at + 1;
    if (byte === CLOSE_LIST) return this.#leaveList(at + 1);
    if (byte === CLOSE_OBJECT) throw new Unsplittable(`a list is closed as an object at byte ${this.#chunkOffset + at + 1}`);
    this.#valueOffset = this.#chunkOffset + at;
    if (byte === OPEN_OBJECT && this.#wrongGuesses < MOST_WRONG_GUESSES) {
      const end = this.#guess(bytes, at);
      if (end !== undefined) return end;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#enterValue(at);
    this.#state = 'in scalar';
    return at;
  }

  /** Where the last of some records ends, of which the first begins here; `undefined` where the guess was wrong. */
  #guess(bytes: Buffer, at: number): number | undefined {
    const ahead = bytes.subarray(at, at + GUESSED);
    const seam = ahead.lastIndexOf(SEAM);
    const values = seam === -1 ? undefined : tryParse(`[${ahead.toString('utf8', 0, seam + 1)}]`);
    if (!Array.isArray(values)) {
      if (seam !== -1 || ahead.length === GUESSED) this.#wrongGuesses += 1;
      return undefined;
    }
    for (const value of values) this.#found.onValue(value, this.#valueOffset);
    return at + seam + 1;
  }

  #leaveList(at: number): number {
    this.#outside = 'top';
    if (!this.#isMember) {
      this.#state = 'between values';
      return at;
    }
    this.#isMember = false;
    this.#isSkipped = true;
    this.#state = 'in value';
    this.#depth = 1;
    return at;
  }

  #value(bytes: Buffer, start: number): number {
    const { length } = bytes;
    let at = this.#escaped ? start + 1 : start;
    this.#escaped = false;
    for (;;) {
      if (this.#inString) {
        at = quoteFrom(bytes, at);
        if (at >= length) break;
        this.#inString = false;
        at += 1;
      }
      at = structureFrom(bytes, at);
      if (at >= length) break;
      if (this.#passes(bytes[at])) {
        this.#finish(bytes, start, at + 1);
        return at + 1;
      }
      at += 1;
    }
    this.#escaped = at > length;
    this.#keep(bytes, start);
    return length;
  }

  /** Whether a byte of structure is the value's last. */
  #passes(byte: number | undefined): boolean {
    if (byte === QUOTE) {
      this.#inString = true;
      return false;
    }
    this.#depth += byte === OPEN_OBJECT || byte === OPEN_LIST ? 1 : -1;
    return this.#depth === 0;
  }

  #scalar(bytes: Buffer, start: number): number {
    for (let at = start; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = this.#inString;
      else if (byte === QUOTE) this.#inString = !this.#inString;
      else if (!this.#inString && (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT)) {
        this.#finish(bytes, start, at);
        return at;
      }
    }
    this.#keep(bytes, start);
    return bytes.length;
  }

  #finish(bytes: Buffer, start: number, end: number): void {
    this.#state = this.#outside === 'list' ? 'in list' : 'between values';
    if (this.#isSkipped) {
      this.#isSkipped = false;
      return;
    }
    if (this.#parts.length === 0) {
      this.#tell(bytes.toString('utf8', start, end));
      return;
    }
    const whole = Buffer.concat([...this.#parts, bytes.subarray(start, end)]);
    this.#parts = [];
    this.#partsBytes = 0;
    this.#tell(whole.toString('utf8'));
  }

  #tell(text: string): void {
    const value = tryParse(text);
    if (value === undefined) this.#found.onBroken(this.#valueOffset);
    else this.#found.onValue(value, this.#valueOffset);
  }

  #keep(bytes: Buffer, start: number): void {
    if (this.#isSkipped) return;
    this.#parts.push(Buffer.from(bytes.subarray(start)));
    this.#partsBytes += bytes.length - start;
    if (this.#partsBytes <= LONGEST_VALUE) return;
    throw new Unsplittable(`what begins at byte ${this.#valueOffset + 1} is longer than ${LONGEST_VALUE} bytes`);
  }
}

/** `undefined` for what is no JSON. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const IS_STRUCTURE = new Uint8Array(256);
for (const byte of [QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) IS_STRUCTURE[byte] = 1;

/** The first quote from there on that is not escaped; the end if there is none, and one more if the last byte escapes the next. */
function quoteFrom(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function structureFrom(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && IS_STRUCTURE[bytes[at] ?? 0] === 0) at += 1;
  return at;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
