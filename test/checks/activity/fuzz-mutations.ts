import type { Raw } from '../../inventory/events/corpus.ts';

/** A member of a record: names and indexes from its top on. */
export type Path = readonly string[];

/**
 * What a mutation leaves of the meaning of a record. `same`: it is written in another way that CloudTrail has. `absent`: the member is not there, as in
 * other records it may not be. `other`: it has another value that CloudTrail might give. `broken`: it has a form that CloudTrail does not give.
 */
export type Effect = 'same' | 'absent' | 'other' | 'broken';

export interface Mutation {
  readonly kind: string;
  readonly effect: Effect;
  /** In place of the value; `undefined`: it is taken out. */
  readonly value: unknown;
}

const OMITTED = { omitted: true, originalSize: 150_000, reason: 'requestParameters exceeded the size limit' };
/** One of each kind of value. */
const KINDS: Readonly<Record<string, unknown>> = { text: 'x', number: 7, flag: true, list: [], object: {} };

/** Everything that is done to a value: it is dropped, retyped, nested, truncated, repeated, or left out as CloudTrail does. */
export function mutationsOf(value: unknown, isElement: boolean): readonly Mutation[] {
  return [
    // Of an element that is not there nobody can know, but there is none that is null.
    { kind: 'drop', effect: isElement ? 'other' : 'absent', value: undefined },
    { kind: 'null', effect: isElement ? 'broken' : 'absent', value: null },
    { kind: 'nest in an object', effect: 'broken', value: { x: value } },
    // A list of one stands for its element.
    { kind: 'nest in a list', effect: Array.isArray(value) ? 'broken' : 'same', value: [value] },
    { kind: 'nest in two lists', effect: 'broken', value: [[value]] },
    Array.isArray(value)
      ? { kind: 'repeat', effect: 'same', value: [...value, ...value] }
      : { kind: 'repeat', effect: 'broken', value: [value, value] },
    { kind: 'omit', effect: 'broken', value: OMITTED },
    ...truncated(value),
    ...retyped(value),
  ];
}

/** Half of a text is another text, but half of JSON is none. */
function truncated(value: unknown): readonly Mutation[] {
  if (typeof value !== 'string' || value.length < 2) return [];
  const half = value.slice(0, Math.ceil(value.length / 2));
  return [{ kind: 'truncate', effect: /^\s*(\{|%7B)/i.test(value) ? 'broken' : 'other', value: half }];
}

function retyped(value: unknown): readonly Mutation[] {
  const kind = kindOf(value);
  const others = Object.entries(KINDS).filter(([other]) => other !== kind);
  const asText: readonly Mutation[] =
    kind === 'number' || kind === 'flag' ? [{ kind: 'write as text', effect: 'same', value: String(value) }] : [];
  return [...asText, ...others.map(([to, instead]) => ({ kind: `retype to ${to}`, effect: effectOf(value, to), value: instead }))];
}

/** A list may be empty, in either form, or have one element that stands for itself; an element of a list may come without its tag. */
function effectOf(value: unknown, to: string): Effect {
  if (Array.isArray(value)) return 'other';
  if (typeof value !== 'object' || value === null) return 'broken';
  if ('items' in value || 'item' in value) return to === 'list' || to === 'object' ? 'other' : 'broken';
  return 'content' in value && to === 'text' ? 'other' : 'broken';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'flag';
}

/** Every member of a record that holds something, however deep. */
export function pathsOf(value: unknown, above: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[...above, name], ...pathsOf(inner, [...above, name])]));
}

/** What stands at a path, and whether it is an element of a list. */
export function valueAt(record: Raw, path: Path): { readonly value: unknown; readonly isElement: boolean } {
  let value: unknown = record;
  let isElement = false;
  for (const name of path) {
    isElement = Array.isArray(value);
    value = new Map(Object.entries(Object(value))).get(name);
  }
  return { value, isElement };
}

/** A copy of the record with another value at the path. */
export function withValueAt(record: Raw, [name = '', ...further]: Path, instead: unknown): Raw {
  const entries = Object.entries(record).map(([member, inner]) => [member, member === name ? replaced(inner, further, instead) : inner]);
  return Object.fromEntries(entries.filter(([member, inner]) => member !== name || inner !== undefined));
}

function replaced(value: unknown, path: Path, instead: unknown): unknown {
  if (path.length === 0) return instead;
  const changed = withValueAt(Object(value), path, instead);
  return Array.isArray(value) ? Object.values(changed) : changed;
}
