/**
 * A filter pattern of CloudWatch Logs for JSON log events, as an expression. A selector must lead to a text, a number or a flag: where it leads to an object
 * or a list, neither `=` nor `!=` is true. Case counts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export type FilterPattern =
  | { readonly kind: 'and' | 'or'; readonly of: readonly FilterPattern[] }
  | ({ readonly kind: 'condition'; readonly selector: Selector } & Condition);

/** The steps from the event to a property: names, and numbers of elements of lists. Of the event itself there are none. */
export type Selector = readonly (string | number)[];

export type Condition =
  | { readonly test: 'not exists' | 'is null' | 'is true' | 'is false' }
  | { readonly test: '=' | '!='; readonly text: Glob }
  | { readonly test: '=' | '!='; readonly regex: string }
  | { readonly test: NumericTest; readonly number: number };

export type NumericTest = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A text with a wildcard at its beginning, its end or both. An asterisk within it is an asterisk. */
export interface Glob {
  readonly text: string;
  readonly anyBefore: boolean;
  readonly anyAfter: boolean;
}

/** The pattern that matches every event: an empty one. */
export const EVERY_EVENT: FilterPattern = { kind: 'and', of: [] };

/** How a pattern cannot be read: from where on, or that it is none for JSON. */
export interface Unreadable {
  readonly unreadable: string;
}

/** Reads a pattern. Those for words, or for fields between blanks, and syntax that is not described are not read. */
export function toFilterPattern(text: string): FilterPattern | Unreadable {
  const trimmed = text.trim();
  if (trimmed === '') return EVERY_EVENT;
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return { unreadable: trimmed };
  const reader = new Reader(trimmed.slice(1, -1));
  try {
    const pattern = readAny(reader);
    return reader.rest === '' ? pattern : { unreadable: reader.rest };
  } catch (error) {
    if (error instanceof NotUnderstood) return { unreadable: reader.rest };
    throw error;
  }
}

export function isUnreadable(pattern: FilterPattern | Unreadable): pattern is Unreadable {
  return 'unreadable' in pattern;
}

class NotUnderstood extends Error {}

/** What is left of a text; blanks between tokens are passed over. */
class Reader {
  rest: string;

  constructor(text: string) {
    this.rest = text.trim();
  }

  /** What the expression finds at the beginning, which is then gone; `undefined` if it finds nothing. */
  take(token: RegExp): string | undefined {
    const [whole, part = whole] = token.exec(this.rest) ?? [];
    if (whole === undefined) return undefined;
    this.rest = this.rest.slice(whole.length).trimStart();
    return part;
  }

  demand(token: RegExp): string {
    const found = this.take(token);
    if (found === undefined) throw new NotUnderstood();
    return found;
  }
}

/** Parentheses bind first, then `&&`, then `||`. */
function readAny(reader: Reader): FilterPattern {
  const of = [readAll(reader)];
  while (reader.take(/^\|\|/) !== undefined) of.push(readAll(reader));
  return joined('or', of);
}

function readAll(reader: Reader): FilterPattern {
  const of = [readOne(reader)];
  while (reader.take(/^&&/) !== undefined) of.push(readOne(reader));
  return joined('and', of);
}

function joined(kind: 'and' | 'or', of: readonly FilterPattern[]): FilterPattern {
  const [only, ...more] = of;
  return only !== undefined && more.length === 0 ? only : { kind, of };
}

function readOne(reader: Reader): FilterPattern {
  if (reader.take(/^\(/) === undefined) return { kind: 'condition', selector: readSelector(reader), ...readCondition(reader) };
  const inner = readAny(reader);
  reader.demand(/^\)/);
  return inner;
}

/** `$.users[0].id`; a name with other characters in brackets and quotes: `$['a.b']`, `$.['a.b']`. No blanks. */
const SELECTOR = /^\$(?:\.[\w-]+|\.?\['[^']*'\]|\.?\["[^"]*"\]|\[\d+\])+/;
const STEP = /\.?\['([^']*)'\]|\.?\["([^"]*)"\]|\[(\d+)\]|\.([\w-]+)/g;

function readSelector(reader: Reader): Selector {
  return [...reader.demand(SELECTOR).matchAll(STEP)].map(([, single, double, element, name]) =>
    element === undefined ? (single ?? double ?? name ?? '') : Number(element),
  );
}

const KEYWORDS: Readonly<Record<string, 'not exists' | 'is null' | 'is true' | 'is false'>> = {
  'NOT EXISTS': 'not exists',
  'IS NULL': 'is null',
  'IS TRUE': 'is true',
  'IS FALSE': 'is false',
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

function readCondition(reader: Reader): Condition {
  const keyword = reader.take(/^(?:NOT\s+EXISTS|IS\s+NULL|IS\s+TRUE|IS\s+FALSE)(?![\w-])/i);
  const test = KEYWORDS[keyword?.toUpperCase().replace(/\s+/g, ' ') ?? ''];
  if (test !== undefined) return { test };
  const order = reader.take(/^(?:<=|>=|<|>)/);
  if (order === '<' || order === '<=' || order === '>' || order === '>=') {
    return { test: order, number: Number(reader.demand(/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?=[\s()&|]|$)/i)) };
  }
  return { test: reader.demand(/^(?:!=|=)/) === '=' ? '=' : '!=', ...readValue(reader) };
}

function readValue(reader: Reader): { readonly text: Glob } | { readonly number: number } | { readonly regex: string } {
  const regex = reader.take(/^%((?:\\.|[^%\\])*)%(?=[\s()&|]|$)/);
  if (regex !== undefined) return { regex };
  const quoted = reader.take(/^"((?:\\.|[^"\\])*)"(?=[\s()&|]|$)/);
  if (quoted !== undefined) return { text: toGlob(quoted.replace(/\\(.)/g, '$1')) };
  const plain = reader.demand(/^[^\s()&|"%'!<>={}$,;]+(?=[\s()&|]|$)/);
  return NUMBER.test(plain) ? { number: Number(plain) } : { text: toGlob(plain) };
}

function toGlob(text: string): Glob {
  if (/^\*+$/.test(text)) return { text: '', anyBefore: true, anyAfter: true };
  return { text: text.replace(/^\*/, '').replace(/\*$/, ''), anyBefore: text.startsWith('*'), anyAfter: text.endsWith('*') };
}
