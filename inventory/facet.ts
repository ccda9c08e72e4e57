/** Why something could not be read. `unresolved` is a template's unknown value; `no-data` a service that has nothing to say yet. */
export type UnreadCause =
  | 'denied'
  | 'throttled'
  | 'timeout'
  | 'failed'
  | 'malformed'
  | 'unsupported'
  | 'other-account'
  | 'no-data'
  | 'unresolved';

/** The record of one refusal: what was asked, how it was refused, and which IAM action would have allowed it. */
export interface UnreadReason {
  readonly cause: UnreadCause;
  /** `service:Operation` as the AWS API names it, for example `s3:GetBucketAcl`. */
  readonly operation: string;
  /** IAM actions that the operation needs; empty when no permission would help. */
  readonly permissions: readonly string[];
  /** One line for people; never holds credentials or resource contents. */
  readonly message: string;
  /** To ask again would give the same answer. */
  readonly lasting?: true;
}

/** Thrown when code touches something that was not read. Recognised by `name`, so that pure code needs no import of this class. */
export class Unread extends Error {
  override readonly name = 'Unread';
  readonly reason: UnreadReason;

  constructor(reason: UnreadReason) {
    super(reason.message);
    this.reason = reason;
  }
}

/** A facet of one resource: its value, or why there is none. `asOf`: how old it is, where AWS answers with what it wrote down earlier (ISO 8601 UTC). */
export type Facet<Value> =
  | { readonly read: true; readonly value: Value; readonly asOf?: string }
  | { readonly read: false; readonly reason: UnreadReason };

/**
 * A list of which perhaps only a part was read. Iterating yields the known elements and then, if any are missing, throws `Unread`:
 * a loop that finds what it looks for may stop early, and a loop that must see everything cannot be fooled.
 */
export class Listed<Element> implements Iterable<Element> {
  readonly known: readonly Element[];
  readonly unread: UnreadReason | undefined;
  /** Made once: a list may be iterated by every check of its resource, and an error's stack trace is dear. */
  #refusal: Unread | undefined;

  constructor(known: readonly Element[], unread?: UnreadReason) {
    this.known = known;
    this.unread = unread;
  }

  [Symbol.iterator](): Iterator<Element> {
    return this.unread ? this.#refusingAfter(this.unread) : this.known[Symbol.iterator]();
  }

  *#refusingAfter(unread: UnreadReason): Generator<Element> {
    yield* this.known;
    throw (this.#refusal ??= new Unread(unread));
  }

  filter(keep: (element: Element) => boolean): Listed<Element> {
    return new Listed(this.known.filter(keep), this.unread);
  }

  map<Mapped>(convert: (element: Element) => Mapped): Listed<Mapped> {
    return new Listed(this.known.map(convert), this.unread);
  }

  flatMap<Mapped>(convert: (element: Element) => readonly Mapped[]): Listed<Mapped> {
    return new Listed(this.known.flatMap(convert), this.unread);
  }
}
