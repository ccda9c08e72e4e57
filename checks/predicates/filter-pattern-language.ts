import type { Glob } from './filter-pattern.ts';

/** A set of texts: those that one of the sequences takes from their beginning to their end. */
export type Language = readonly Sequence[];
type Sequence = readonly Place[];

/** A character, or a run of them. */
interface Place {
  readonly on: Characters;
  /** It may be left out. */
  readonly optional: boolean;
  /** It may be repeated. */
  readonly repeated: boolean;
}

/** Ranges of code points, both ends included. */
type Characters = readonly (readonly [number, number])[];

const LAST = 0x10ffff;
const MOST_REPEATS = 100;
const ANY: Characters = [[0, LAST]];
const ANYTHING: Place = { on: ANY, optional: true, repeated: true };

export function globLanguage({ text, anyBefore, anyAfter }: Glob): Language {
  const letters = [...text].map((letter) => ({ on: only(letter), optional: false, repeated: false }));
  return [[...(anyBefore ? [ANYTHING] : []), ...letters, ...(anyAfter ? [ANYTHING] : [])]];
}

/** The one text that a language has, if it has but one. */
export function onlyText(language: Language): string | undefined {
  const [sequence, ...others] = language;
  if (sequence === undefined || others.length > 0) return undefined;
  const letters = sequence.map(({ on, optional, repeated }) => {
    const code = optional || repeated ? undefined : single(on);
    return code === undefined ? undefined : String.fromCodePoint(code);
  });
  return letters.includes(undefined) ? undefined : letters.join('');
}

/**
 * A regular expression, that a part of a text is to match: characters, classes, `.`, `?`, `*`, `+`, `{n,m}`, `|`, and `^` and `$` at the ends of an alternative.
 * There are no parentheses in it. `undefined` for what is not described, and for counts beyond a hundred.
 */
export function regexLanguage(source: string): Language | undefined {
  const sequences = alternativesOf(source).map(toSequence);
  return sequences.every((sequence) => sequence !== undefined) ? sequences : undefined;
}

/** Divided at each `|` that is neither escaped nor in a class. */
function alternativesOf(source: string): readonly string[] {
  const alternatives = [''];
  for (const part of source.match(/\\.|\[(?:\\.|[^\]\\])*\]|[\s\S]/g) ?? []) {
    if (part === '|') alternatives.push('');
    else alternatives.push(`${alternatives.pop() ?? ''}${part}`);
  }
  return alternatives;
}

const ATOM = /^(\\.|\[(?:\\.|[^\]\\])+\]|[A-Za-z0-9:_#=@/;,. -])(\?|\*|\+|\{(?:\d{1,3})(?:,\d{0,3})?\})?/;

function toSequence(alternative: string): Sequence | undefined {
  const fromStart = alternative.startsWith('^');
  const toEnd = /(?:^|[^\\])(?:\\\\)*\$$/.test(alternative);
  const inner = toPlaces(alternative.slice(fromStart ? 1 : 0, toEnd ? -1 : undefined));
  return inner && [...(fromStart ? [] : [ANYTHING]), ...inner, ...(toEnd ? [] : [ANYTHING])];
}

function toPlaces(source: string): Sequence | undefined {
  const places: Place[] = [];
  let rest = source;
  while (rest !== '') {
    const [whole = '', atom = '', quantifier = ''] = ATOM.exec(rest) ?? [];
    const on = charactersOf(atom);
    const taken = on && whole !== '' ? repeated(on, quantifier) : undefined;
    if (taken === undefined) return undefined;
    places.push(...taken);
    rest = rest.slice(whole.length);
  }
  return places;
}

function repeated(on: Characters, quantifier: string): readonly Place[] | undefined {
  const once = { on, optional: false, repeated: false };
  if (quantifier === '') return [once];
  if (quantifier === '?') return [{ ...once, optional: true }];
  if (quantifier === '*') return [{ on, optional: true, repeated: true }];
  if (quantifier === '+') return [{ ...once, repeated: true }];
  const [, least = '', comma, most = ''] = /^\{(\d+)(,)?(\d*)\}$/.exec(quantifier) ?? [];
  return counted(once, Number(least), comma === undefined ? Number(least) : most === '' ? undefined : Number(most));
}

/** `most` is `undefined` where there is no end to it. */
function counted(once: Place, least: number, most: number | undefined): readonly Place[] | undefined {
  if (least > MOST_REPEATS || (most ?? least) > MOST_REPEATS || (most ?? least) < least) return undefined;
  const needed = Array.from({ length: least }, () => once);
  if (most === undefined) return [...needed, { ...once, optional: true, repeated: true }];
  return [...needed, ...Array.from({ length: most - least }, () => ({ ...once, optional: true }))];
}

const DIGITS: Characters = [[48, 57]];
const WORD: Characters = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const BLANKS: Characters = [
  [9, 13],
  [32, 32],
];
const CLASSES: Readonly<Record<string, Characters>> = {
  '\\d': DIGITS,
  '\\w': WORD,
  '\\s': BLANKS,
  '\\D': allBut(DIGITS),
  '\\W': allBut(WORD),
  '\\S': allBut(BLANKS),
};

function charactersOf(atom: string): Characters | undefined {
  if (atom === '.') return ANY;
  if (atom.startsWith('[')) return classOf(atom.slice(1, -1));
  if (!atom.startsWith('\\')) return only(atom);
  return CLASSES[atom] ?? (/\\[A-Za-z0-9]/.test(atom) ? undefined : only(atom.slice(1)));
}

function classOf(inner: string): Characters | undefined {
  const isNegated = inner.startsWith('^');
  const members = [...(isNegated ? inner.slice(1) : inner).matchAll(/(\\.|[^\\])(?:-(\\.|[^\\]))?/gs)];
  const ranges = members.map(([, first = '', last]) => (last === undefined ? member(first) : range(member(first), member(last))));
  if (ranges.length === 0 || ranges.includes(undefined)) return undefined;
  const all = ranges.flatMap((each) => each ?? []);
  return isNegated ? allBut(all) : all;
}

/** In a class the dot is a dot. */
function member(atom: string): Characters | undefined {
  return atom === '.' ? only(atom) : charactersOf(atom);
}

/** Between two characters: a class such as `\d` is no end of a range. */
function range(from: Characters | undefined, to: Characters | undefined): Characters | undefined {
  const [start, end] = [single(from), single(to)];
  return start !== undefined && end !== undefined && start <= end ? [[start, end]] : undefined;
}

/** The code point of the only one of some characters. */
function single(characters: Characters = []): number | undefined {
  const [range, ...more] = characters;
  return more.length === 0 && range?.[0] === range?.[1] ? range?.[0] : undefined;
}

function only(letter: string): Characters {
  const code = letter.codePointAt(0) ?? 0;
  return [[code, code]];
}

function allBut(ranges: Characters): Characters {
  const gaps: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    if (from > next) gaps.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next <= LAST ? [...gaps, [next, LAST]] : gaps;
}

/** Where a reading of a text stands in each sequence of a language. */
export type Standing = readonly (readonly number[])[];

export function beginningOf(language: Language): Standing {
  return language.map((sequence) => closure(sequence, [0]));
}

export function advanced(language: Language, standing: Standing, code: number): Standing {
  return language.map((sequence, index) => {
    const next = (standing[index] ?? []).flatMap((at) => {
      const place = sequence[at];
      if (!place?.on.some(([from, to]) => from <= code && code <= to)) return [];
      return place.repeated ? [at, at + 1] : [at + 1];
    });
    return closure(sequence, next);
  });
}

export function isAccepted(language: Language, standing: Standing): boolean {
  return language.some((sequence, index) => standing[index]?.includes(sequence.length));
}

export function holds(language: Language, text: string): boolean {
  let standing = beginningOf(language);
  for (const letter of text) standing = advanced(language, standing, letter.codePointAt(0) ?? 0);
  return isAccepted(language, standing);
}

/** What optional places lead to without a character. */
function closure(sequence: Sequence, from: readonly number[]): readonly number[] {
  const reached = new Set<number>();
  for (const start of from) {
    for (let at = start; !reached.has(at); at += 1) {
      reached.add(at);
      if (sequence[at]?.optional !== true) break;
    }
  }
  return [...reached].sort((one, other) => one - other);
}

/** Every code point at which some place of the languages begins to take characters, or no longer does. */
export function bordersOf(languages: readonly Language[]): readonly number[] {
  const ranges = languages.flat(2).flatMap(({ on }) => on);
  return [...new Set([0, ...ranges.flatMap(([from, to]) => [from, to + 1])])].filter((code) => code <= LAST).sort((a, b) => a - b);
}
