/** Longer than anything worth a cell, a field or a line. */
const LONGEST = 2_048;
/** Most text is, and to see that is far quicker than to look for what is not. */
const HARMLESS = /^[\x20-\x7e]*$/;
const BREAKS = /[\t\n\r]+/g;
/** Control characters, what turns or hides text, halves of characters, and what no version of Unicode or XML ever lets be a character. */
const HOSTILE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]+/gu;
const STACKED_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * A stranger's text on one line: nothing in it steers a terminal, turns the writing direction or is invalid in JSON or XML, and it has at most `length`
 * UTF-16 units. What is taken away leaves U+FFFD, so that two names which differ only in it do not look alike. Characters that mean something to a format
 * (`<`, `|`, `=`) are still there: each format escapes its own.
 */
export function toPlain(text: string, length = LONGEST): string {
  if (text.length <= length && HARMLESS.test(text)) return text;
  const plain = text
    .slice(0, length * 2)
    .replace(BREAKS, ' ')
    .replace(HOSTILE, '\ufffd')
    .replace(STACKED_MARKS, '$1');
  return text.length <= length * 2 && plain.length <= length ? plain : `${plain.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Of a value that came from outside: what is deeper, longer or more is cut, and says so. */
const DEEPEST = 6;
const MOST = 50;
const LONGEST_INSIDE = 1_024;

export type PlainValue = string | number | boolean | null | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** Evidence, with every text in it made plain, as JSON can say it. */
export function toPlainValue(value: unknown, depth = 0): PlainValue {
  if (typeof value === 'string') return toPlain(value, LONGEST_INSIDE);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'object') return String(value);
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST).map((item: unknown) => toPlainValue(item, depth + 1));
    return value.length > MOST ? [...items, `… and ${value.length - MOST} more`] : items;
  }
  return toPlainRecord(value, depth);
}

/** The same of what is known to have names: evidence itself, or tags. */
export function toPlainRecord(value: object, depth = 0): Readonly<Record<string, PlainValue>> {
  const entries = Object.entries(value);
  const plain = entries.slice(0, MOST).map(([key, item]): [string, PlainValue] => [toPlain(key, 256), toPlainValue(item, depth + 1)]);
  return Object.fromEntries(entries.length > MOST ? [...plain, ['…', `and ${entries.length - MOST} more`]] : plain);
}
