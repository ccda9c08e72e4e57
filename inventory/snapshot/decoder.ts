import { Listed, Unread, type UnreadReason } from '../facet.ts';
import { BrokenSnapshot } from './broken-snapshot.ts';

/** Gives back what an `Encoder` has turned into JSON; must be given all that it made, in the same order. What it is given it may change. */
export class Decoder {
  readonly #objects: unknown[] = [];

  /** @throws BrokenSnapshot for what no encoder has made */
  decode(json: unknown): unknown {
    if (typeof json !== 'object' || json === null) return json;
    if (Array.isArray(json)) return this.#finished(this.#elements(json));
    return Object.hasOwn(json, '$') ? this.#special(json) : this.#finished(this.#plain(json));
  }

  #finished<Value>(object: Value): Value {
    this.#objects.push(object);
    return object;
  }

  #elements(json: readonly unknown[]): unknown[] {
    return json.map((element) => this.decode(element));
  }

  #plain(json: object): object {
    for (const name of Object.keys(json)) {
      const member: unknown = Reflect.get(json, name);
      const value = this.decode(member);
      if (value !== member) set(json, name, { value, writable: true });
    }
    return json;
  }

  #special(json: object): unknown {
    const { $: kind, of, unread }: { $?: unknown; of?: unknown; unread?: unknown } = json;
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(of);
      case 'bigint':
        return BigInt(String(of));
      case 'date':
        return this.#finished(new Date(Number(this.decode(of))));
      case 'map':
        return this.#finished(new Map(entriesOf(of).map(([key, value]) => [this.decode(key), this.decode(value)])));
      case 'set':
        return this.#finished(new Set(this.#elements(arrayOf(of))));
      case 'listed':
        return this.#finished(this.#list(of, unread));
      case 'object':
        return this.#finished(this.#members({}, of));
      case 'bare':
        return this.#finished(this.#members(Object.create(null), of));
      default:
        return this.#known(kind);
    }
  }

  #known(number: unknown): unknown {
    if (typeof number !== 'number' || !(number in this.#objects)) throw new BrokenSnapshot('it speaks of something that it does not hold');
    return this.#objects[number];
  }

  #list(of: unknown, unread: unknown): Listed<unknown> {
    const known = arrayOf(this.decode(of));
    return new Listed(known, unread === undefined ? undefined : toReason(this.decode(unread)));
  }

  #members(object: object, of: unknown): object {
    for (const [name, json, thrown] of entriesOf(of)) {
      const value = this.decode(json);
      set(object, String(name), thrown === undefined ? { value, writable: true } : { get: thrower(value, thrown) });
    }
    return object;
  }
}

/** Defined and not assigned: a tag may be called `__proto__`. */
function set(object: object, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(object, name, { ...descriptor, enumerable: true, configurable: true });
}

/** Throws the same each time: a stack trace is dear, and thousands may touch it. */
function thrower(value: unknown, kind: unknown): () => never {
  let error: Error | undefined;
  return () => {
    throw (error ??= kind === 'unread' ? new Unread(toReason(value)) : toError(value));
  };
}

/** The error of a bug, as it was stored. */
export function toError(fault: unknown): Error {
  const { name, message }: { name?: unknown; message?: unknown } = Object(fault);
  return Object.assign(new Error(String(message)), { name: String(name) });
}

/** @throws BrokenSnapshot for what is no reason */
export function toReason(value: unknown): UnreadReason {
  if (isReason(value)) return value;
  throw new BrokenSnapshot('it says of something that it was not read, and not why');
}

function isReason(value: unknown): value is UnreadReason {
  return (
    typeof value === 'object' && value !== null && 'cause' in value && 'operation' in value && 'permissions' in value && 'message' in value
  );
}

function arrayOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new BrokenSnapshot('it has something else where a list should be');
}

function entriesOf(value: unknown): readonly (readonly unknown[])[] {
  return arrayOf(value).map(arrayOf);
}
