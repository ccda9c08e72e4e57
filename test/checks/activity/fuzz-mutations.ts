export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A member of a record: names and indexes from its top on. */
export type Path = readonly string[];

/**
 * What a mutation leaves of what a record means. `same`: another of CloudTrail's encodings of it. `absent`: the member is not there. `other`: another value
 * that CloudTrail might give. `broken`: a form that it does not give.
 */
export type Effect = 'same' | 'absent' | 'other' | 'broken';

export interface Mutation {
  readonly kind: string;
  readonly effect: Effect;
  /** In place of the value; `undefined`: it is taken out. */
  readonly value: Json | undefined;
}

const OMITTED: Json = { omitted: true, originalSize: 150_000, reason: 'requestParameters exceeded size limit' };

/** Everything that is done to a value: it is dropped, retyped, nested, truncated, repeated, or left out as CloudTrail does. */
export function mutationsOf(value: Json, isElement: boolean): readonly Mutation[] {
  return [
    // Of an element that is not there nobody can know, but there is none that is null.
    { kind: 'drop', effect: isElement ? 'other' : 'absent', value: undefined },
    { kind: 'null', effect: isElement ? 'broken' : 'absent', value: null },
    { kind: 'nest in object', effect: 'broken', value: { x: value } },
    { kind: 'nest in list', effect: Array.isArray(value) ? 'broken' : 'same', value: [value] },
    { kind: 'nest in two lists', effect: 'broken', value: [[value]] },
    { kind: 'repeat', ...repeated(value, isElement) },
    { kind: 'omit', effect: 'broken', value: OMITTED },
    ...truncated(value),
    ...retyped(value),
  ];
}

function repeated(value: Json, isElement: boolean): Pick<Mutation, 'effect' | 'value'> {
  if (Array.isArray(value)) return { effect: 'same', value: [...value, ...value] };
  return { effect: isElement ? 'broken' : 'broken', value: [value, value] };
}

function truncated(value: Json): readonly Mutation[] {
  if (typeof value !== 'string' || value.length < 2) return [];
  const half = value.slice(0, Math.ceil(value.length / 2));
  return [{ kind: 'truncate', effect: /^\s*(\{|%7B)/i.test(value) ? 'broken' : 'other', value: half }];
}

const KINDS: Readonly<Record<string, Json>> = { text: 'x', number: 7, flag: true, list: [], object: {} };

/** A number or a flag as a text is the same, and a text for a list is a list of one. */
function retyped(value: Json): readonly Mutation[] {
  const kind = kindOf(value);
  const others = Object.entries(KINDS).filter(([other]) => other !== kind);
  const asText: readonly Mutation[] =
    kind === 'number' || kind === 'flag' ? [{ kind: 'write as text', effect: 'same', value: String(value) }] : [];
  return [...asText, ...others.map(([other, instead]) => ({ kind: `retype to ${other}`, effect: effectOf(kind, other), value: instead }))];
}

function effectOf(from: string, to: string): Effect {
  const isScalar = to === 'text' || to === 'number' || to === 'flag';
  if (from === 'list' && isScalar) return 'other';
  if (from === 'list' && to === 'object') return 'other';
  return 'broken';
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' ? 'number' : 'flag';
}

/** Every member of a record, however deep. */
export function pathsOf(value: Json, above: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...above, name], ...pathsOf(inner, [...above, name])]);
}
