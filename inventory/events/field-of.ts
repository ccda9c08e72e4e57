import { Unread, type UnreadCause } from '../facet.ts';
import { type PolicyDocument, toPolicyDocument } from '../policy-document.ts';
import type { Field } from './field.ts';
import { isObject, type JsonObject, memberOf, onlyElement } from './member.ts';

interface Origin {
  /** `cloudtrail:` and the event's name. */
  readonly operation: string;
  /** The part of the record: `requestParameters`. */
  readonly part: string;
}

const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const NOTHING: readonly never[] = [];

/** The field of what stands in a part of a record, such as its `requestParameters`. */
export function fieldOf(value: unknown, event: string, part: string): Field {
  return isAbsent(value) ? ABSENT : new Present(value, { operation: `cloudtrail:${event}`, part }, part);
}

/** The field of a part that CloudTrail left out altogether. */
export function leftOutField(event: string, part: string): Field {
  return new LeftOut({ operation: `cloudtrail:${event}`, part }, part);
}

/** Whether CloudTrail left out an object for its size and put a mark in its place. A mark that makes no sense is one all the same. */
export function isOmitted(value: unknown): boolean {
  if (!isObject(value) || !Object.hasOwn(value, 'omitted')) return false;
  const { omitted } = value;
  return omitted !== false && omitted !== 'false' && omitted !== null && omitted !== undefined;
}

/** `""` stands for an empty object in what was XML; S3 writes its queries without value as `[""]`. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 1 && value[0] === '');
}

const ABSENT: Field = Object.freeze({
  at: () => ABSENT,
  exists: false,
  text: undefined,
  number: undefined,
  flag: undefined,
  list: NOTHING,
  names: NOTHING,
  json: undefined,
  policy: undefined,
});

/** Values are normalised when asked for: most of a record is never looked at. */
class Present implements Field {
  readonly #value: unknown;
  readonly #origin: Origin;
  readonly #path: string;

  constructor(value: unknown, origin: Origin, path: string) {
    this.#value = value;
    this.#origin = origin;
    this.#path = path;
  }

  at(...names: readonly string[]): Field {
    let field: Field = this;
    for (const name of names) field = field instanceof Present ? field.#member(name) : field.at(name);
    return field;
  }

  #member(name: string): Field {
    const object = onlyElement(this.#value);
    if (!isObject(object)) return new Broken(this.#origin, this.#path, 'no object');
    if (isOmitted(object)) return new LeftOut(this.#origin, this.#path);
    const found = memberNamed(object, name);
    return isAbsent(found) ? ABSENT : new Present(found, this.#origin, `${this.#path}.${name}`);
  }

  get exists(): boolean {
    this.#refuseOmitted();
    return true;
  }

  get text(): string | undefined {
    const value = this.#scalar('no text');
    return value === undefined ? undefined : String(value);
  }

  get number(): number | undefined {
    const value = this.#scalar('no number');
    if (value === undefined || typeof value === 'number') return value;
    if (typeof value !== 'string' || !NUMBER.test(value)) return refuse(this.#origin, this.#path, 'no number');
    return Number(value);
  }

  get flag(): boolean | undefined {
    const value = this.#scalar('no flag');
    if (value === undefined || typeof value === 'boolean') return value;
    const word = String(value).toLowerCase();
    if (word !== 'true' && word !== 'false') return refuse(this.#origin, this.#path, 'no flag');
    return word === 'true';
  }

  get list(): readonly Field[] {
    this.#refuseOmitted();
    return elementsOf(this.#value).map((element, index) => {
      const path = `${this.#path}[${index}]`;
      return isAbsent(element) ? new Broken(this.#origin, path, 'empty') : new Present(element, this.#origin, path);
    });
  }

  get names(): readonly string[] {
    this.#refuseOmitted();
    const object = onlyElement(this.#value);
    return isObject(object) ? Object.keys(object) : refuse(this.#origin, this.#path, 'no object');
  }

  get json(): unknown {
    const held = onlyElement(this.#value);
    const object = typeof held === 'string' ? parsed(held) : held;
    if (holdsOmission(object)) return refuseLeftOut(this.#origin, this.#path);
    return isObject(object) ? object : refuse(this.#origin, this.#path, 'no JSON object');
  }

  get policy(): PolicyDocument {
    const object = this.json;
    return isObject(object) ? toPolicyDocument(object, this.#origin.operation) : refuse(this.#origin, this.#path, 'no policy');
  }

  /** The value as one that has no parts. `{tag, content}` is an element of a list that was XML. */
  #scalar(complaint: string): string | number | boolean | undefined {
    this.#refuseOmitted();
    const [only, ...others] = Array.isArray(this.#value) || isWrappedList(this.#value) ? elementsOf(this.#value) : [this.#value];
    const value = isObject(only) && Object.hasOwn(only, 'content') ? only.content : only;
    if (value === '' && others.length === 0) return undefined;
    if (others.length > 0 || !isScalar(value)) return refuse(this.#origin, this.#path, complaint);
    return value;
  }

  #refuseOmitted(): void {
    if (isOmitted(this.#value)) refuseLeftOut(this.#origin, this.#path);
  }
}

/** What cannot be had, whatever it is asked for. */
class Missing implements Field {
  readonly #refuse: () => never;

  constructor(refuse: () => never) {
    this.#refuse = refuse;
  }

  at(): Field {
    return this;
  }
  get exists(): never {
    return this.#refuse();
  }
  get text(): never {
    return this.#refuse();
  }
  get number(): never {
    return this.#refuse();
  }
  get flag(): never {
    return this.#refuse();
  }
  get list(): never {
    return this.#refuse();
  }
  get names(): never {
    return this.#refuse();
  }
  get json(): never {
    return this.#refuse();
  }
  get policy(): never {
    return this.#refuse();
  }
}

class LeftOut extends Missing {
  constructor(origin: Origin, path: string) {
    super(() => refuseLeftOut(origin, path));
  }
}

class Broken extends Missing {
  constructor(origin: Origin, path: string, complaint: string) {
    super(() => refuse(origin, path, complaint));
  }
}

function memberNamed(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name) && !isAbsent(object[name])) return object[name];
  const first = name.charAt(0);
  const other = (first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase()) + name.slice(1);
  return Object.hasOwn(object, other) ? object[other] : undefined;
}

function isWrappedList(value: unknown): boolean {
  return isObject(value) && (Object.hasOwn(value, 'items') || Object.hasOwn(value, 'item'));
}

function elementsOf(value: unknown): readonly unknown[] {
  const inner = isWrappedList(value) ? (memberOf(value, 'items') ?? memberOf(value, 'item')) : value;
  if (isAbsent(inner) || (isObject(inner) && Object.keys(inner).length === 0)) return NOTHING;
  return Array.isArray(inner) ? inner : [inner];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** What a text of JSON holds, URL-encoded or not; `undefined` if it holds none. */
function parsed(text: string): unknown {
  return tryParse(text) ?? (text.includes('%') ? tryParse(decoded(text)) : undefined);
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Walks by a list of its own: what somebody sent may be nested deeper than our stack. */
function holdsOmission(value: unknown): boolean {
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isOmitted(next)) return true;
    if (typeof next === 'object' && next !== null) for (const inner of Object.values(next)) if (typeof inner === 'object') open.push(inner);
  }
  return false;
}

function refuseLeftOut({ operation, part }: Origin, path: string): never {
  return throwUnread('no-data', operation, `${path} is not known: CloudTrail left out ${part} or a part of them for their size`);
}

function refuse({ operation }: Origin, path: string, complaint: string): never {
  return throwUnread('malformed', operation, `${path} is ${complaint}`);
}

function throwUnread(cause: UnreadCause, operation: string, message: string): never {
  throw new Unread({ cause, operation, permissions: [], message });
}
