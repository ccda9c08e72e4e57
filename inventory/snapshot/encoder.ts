import { Listed, type UnreadReason } from '../facet.ts';

/** Thrown for what no facet should hold: a function, a promise, an object of a class that a snapshot does not know. */
export class Unstorable extends Error {
  override readonly name = 'Unstorable';
}

/**
 * Turns values into what JSON can say, so that `Decoder` gives them back to the letter: `undefined`, NaN, bigints, dates, maps, sets, lists of which only a part
 * was read, and members that throw `Unread` when they are touched. What JSON says by itself stays as it is; the rest is an object with the member `$`.
 *
 * Every object is written once. It has a number, the how-manieth it is to be finished, and where it is met again `{"$": number}` stands for it. An encoder
 * and its decoder count alike, so values must be decoded all, and in the order in which they were encoded.
 */
export class Encoder {
  #numbers = new WeakMap<object, number>();
  #count = 0;
  /** Numbered since `encode` was called: forgotten again if the whole cannot be stored. */
  #fresh: object[] = [];
  readonly #open = new Set<object>();

  /** @throws Unstorable for what has no place in a snapshot; the encoder is then as it was before */
  encode(value: unknown): unknown {
    this.#fresh = [];
    try {
      return this.#toJson(value);
    } catch (error) {
      for (const object of this.#fresh) this.#numbers.delete(object);
      this.#count -= this.#fresh.length;
      this.#open.clear();
      throw error;
    }
  }

  #toJson(value: unknown): unknown {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', of: Object.is(value, -0) ? '-0' : String(value) };
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', of: String(value) };
      case 'object':
        return value === null ? null : this.#toReference(value);
      default:
        throw new Unstorable(`a ${typeof value} cannot be stored`);
    }
  }

  #toReference(object: object): unknown {
    const known = this.#numbers.get(object);
    if (known !== undefined) return { $: known };
    if (this.#open.has(object)) throw new Unstorable('what holds itself cannot be stored');
    this.#open.add(object);
    const json = this.#ofObject(object);
    this.#open.delete(object);
    this.#numbers.set(object, this.#count);
    this.#fresh.push(object);
    this.#count += 1;
    return json;
  }

  #ofObject(object: object): unknown {
    if (Array.isArray(object)) return Array.from(object, (element: unknown) => this.#toJson(element));
    if (object instanceof Listed) return this.#ofList(object.known, object.unread);
    if (object instanceof Map) return { $: 'map', of: [...object].map(([key, value]) => [this.#toJson(key), this.#toJson(value)]) };
    if (object instanceof Set) return { $: 'set', of: [...object].map((element) => this.#toJson(element)) };
    if (object instanceof Date) return { $: 'date', of: this.#toJson(object.getTime()) };
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype !== Object.prototype && prototype !== null)
      throw new Unstorable(`an object of the class ${object.constructor?.name ?? '?'} cannot be stored`);
    if (isIterable(object)) return this.#ofList(...partsOf(object));
    return prototype === null ? { $: 'bare', of: this.#ofMembers(object).map(toEntry) } : this.#ofPlain(object);
  }

  #ofList(known: readonly unknown[], unread: UnreadReason | undefined): unknown {
    const of = this.#toJson(known);
    return unread === undefined ? { $: 'listed', of } : { $: 'listed', of, unread: this.#toJson(unread) };
  }

  #ofPlain(object: object): unknown {
    const members = this.#ofMembers(object);
    const isPlain = members.every(({ name, thrown }) => !thrown && name !== '$');
    return isPlain ? Object.fromEntries(members.map(({ name, json }) => [name, json])) : { $: 'object', of: members.map(toEntry) };
  }

  #ofMembers(object: object): readonly Member[] {
    return Object.keys(object).map((name): Member => {
      const member = touched(object, name);
      return member.read ? { name, json: this.#toJson(member.value) } : { name, json: this.#toJson(member.thrown), thrown: member.kind };
    });
  }
}

interface Member {
  readonly name: string;
  readonly json: unknown;
  /** What a getter threw in place of a value: a refusal, or a bug's error. */
  readonly thrown?: 'unread' | 'error';
}

function toEntry({ name, json, thrown }: Member): readonly unknown[] {
  return thrown ? [name, json, thrown] : [name, json];
}

type Touched =
  | { readonly read: true; readonly value: unknown }
  | { readonly read: false; readonly kind: 'unread' | 'error'; readonly thrown: unknown };

/** A getter gives a value, or throws: then that is what it is. */
function touched(object: object, name: string): Touched {
  try {
    return { read: true, value: Reflect.get(object, name) };
  } catch (error) {
    if (isUnread(error)) return { read: false, kind: 'unread', thrown: error.reason };
    return { read: false, kind: 'error', thrown: toFault(error) };
  }
}

/** A bug's error as it is stored. */
export interface Fault {
  readonly name: string;
  readonly message: string;
}

export function toFault(error: unknown): Fault {
  return error instanceof Error ? { name: error.name, message: error.message } : { name: 'Error', message: String(error) };
}

function isUnread(error: unknown): error is Error & { readonly reason: UnreadReason } {
  return error instanceof Error && error.name === 'Unread' && 'reason' in error;
}

function isIterable(object: object): object is Iterable<unknown> {
  return Symbol.iterator in object;
}

/** What another iterable than `Listed` yields before it ends, or throws. */
function partsOf(iterable: Iterable<unknown>): [readonly unknown[], UnreadReason | undefined] {
  const known: unknown[] = [];
  try {
    for (const element of iterable) known.push(element);
  } catch (error) {
    if (!isUnread(error)) throw error;
    return [known, error.reason];
  }
  return [known, undefined];
}
